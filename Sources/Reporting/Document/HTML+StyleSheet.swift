extension HTML {
  /// Two schemes of color, one column of text that tables and figures may leave, and a version for paper.
  static let styleSheet = """
    :root {
      color-scheme: light dark;
      --paper: #ffffff; --text: #1c2126; --soft: #565f69; --rule: #d5dae0; --firm: #8a939d;
      --link: #005a94; --tint: #f3f5f7;
    }
    @media screen and (prefers-color-scheme: dark) {
      :root {
        --paper: #15191e; --text: #e4e8ec; --soft: #a4adb7; --rule: #353c44; --firm: #737d88;
        --link: #7cc0ee; --tint: #1e242b;
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    body {
      margin: 0; background: var(--paper); color: var(--text); overflow-wrap: break-word;
      font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans",
        "Liberation Sans", "DejaVu Sans", sans-serif;
    }
    main { max-width: 66rem; margin: 0 auto; padding: 2.5rem 1.25rem 5rem; }
    h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; font-weight: 650; }
    h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.3rem); margin: 0 0 .75rem; letter-spacing: -.015em; }
    h2 {
      font-size: 1.35rem; margin: 3.25rem 0 1rem; padding-top: 1.25rem;
      border-top: 1px solid var(--rule);
    }
    h3 { font-size: 1.1rem; margin: 2.25rem 0 .75rem; }
    h4 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
    h2, h3, h4, figure, caption, li { scroll-margin-top: 1rem; }
    p, ul, ol { max-width: 44rem; }
    p { margin: 0 0 1rem; }
    ul, ol { padding-left: 1.3rem; margin: 0 0 1rem; }
    li { margin: .3rem 0; }
    li::marker { color: var(--soft); }
    header p { color: var(--soft); }
    a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .18em; }
    a:focus-visible, summary:focus-visible, .scroll:focus-visible, pre:focus-visible {
      outline: 2px solid var(--link); outline-offset: 2px;
    }
    nav { display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; margin: 1.5rem 0 0; font-size: .95rem; }
    code, pre {
      font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono",
        monospace;
      font-size: .875em;
    }
    code { overflow-wrap: anywhere; }
    th code, td code { overflow-wrap: normal; }
    thead code { font-weight: 600; }
    pre {
      background: var(--tint); border-radius: 6px; padding: .9rem 1.1rem; overflow-x: auto;
      line-height: 1.5; margin: 0 0 1rem; max-width: 100%;
    }
    pre code { font-size: .8125rem; overflow-wrap: normal; }
    dl { margin: 0 0 1.25rem; border-bottom: 1px solid var(--rule); }
    dl div {
      display: grid; grid-template-columns: minmax(9rem, 15rem) minmax(0, 1fr); gap: .1rem 1.5rem;
      padding: .5rem 0; border-top: 1px solid var(--rule);
    }
    dt { font-weight: 600; overflow-wrap: anywhere; }
    dt code { font-weight: 400; }
    dd { margin: 0; max-width: 44rem; font-variant-numeric: tabular-nums; }
    .table { margin: 0 0 1.75rem; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; font-size: .925rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
    caption {
      text-align: left; padding: 0 0 .6rem; color: var(--soft);
      max-width: min(44rem, calc(100vw - 2.5rem));
    }
    th, td { padding: .36rem .9rem .36rem 0; text-align: left; vertical-align: baseline; }
    th:last-child, td:last-child { padding-right: 0; }
    thead th { border-top: 2px solid var(--firm); border-bottom: 1px solid var(--firm); font-weight: 600; vertical-align: bottom; }
    tbody th { font-weight: 400; min-width: 8rem; overflow-wrap: break-word; }
    tbody tr + tr > * { border-top: 1px solid var(--rule); }
    tbody tr:last-child > * { border-bottom: 2px solid var(--firm); }
    .number { text-align: right; white-space: nowrap; }
    thead .number { white-space: normal; }
    .notes { color: var(--soft); font-size: .875rem; line-height: 1.5; padding-top: .6rem; }
    .notes p { margin: 0 0 .35rem; }
    .figures {
      display: grid; gap: 2.25rem 2.5rem; margin: 1.5rem 0 2rem;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr));
    }
    figure { margin: 0; min-width: 0; max-width: 36rem; }
    .plot { display: block; width: 100%; height: auto; overflow: visible; }
    .plot text { font-variant-numeric: tabular-nums; }
    figcaption { color: var(--soft); font-size: .875rem; line-height: 1.5; margin-top: .3rem; }
    figcaption strong { color: var(--text); font-weight: 600; }
    details { margin: 0 0 1rem; }
    summary { cursor: pointer; color: var(--link); padding: .25rem 0; width: fit-content; }
    details[open] > summary { margin-bottom: .6rem; }
    .references { padding-left: 1.6rem; font-size: .925rem; }
    .references li:target { background: var(--tint); }
    @media (max-width: 40rem) {
      main { padding-top: 1.5rem; }
      dl div { grid-template-columns: minmax(0, 1fr); }
      h2 { margin-top: 2.5rem; }
    }
    @media print {
      @page { margin: 16mm 15mm; }
      body { font-size: 9.5pt; line-height: 1.45; }
      main { max-width: none; padding: 0; }
      nav { display: none; }
      h1 { font-size: 18pt; }
      h2 { font-size: 13pt; margin-top: 18pt; }
      h3 { font-size: 11pt; }
      h1, h2, h3, h4, caption, summary { break-after: avoid; }
      figure, tr, dl div, .references li { break-inside: avoid; }
      p, li { orphans: 3; widows: 3; }
      .scroll, pre { overflow: visible; }
      table, .notes, figcaption { font-size: 8pt; }
      th, td { padding-right: 7pt; }
      tbody th { min-width: 0; }
      .figures { grid-template-columns: 1fr 1fr; gap: 14pt; }
      pre { white-space: pre-wrap; background: none; border: 1px solid var(--rule); }
      pre code { font-size: 7.5pt; overflow-wrap: anywhere; }
      details::details-content { content-visibility: visible; }
      a { color: inherit; text-decoration: none; }
    }
    """
}
