// What is wrong with a page, as a list of sentences. Colors are those that a reader sees.
(() => {
  const problems = [];
  const name = (element) =>
    `${element.localName} "${(element.textContent || "").trim().slice(0, 40)}"`;

  const page = document.scrollingElement;
  if (page.scrollWidth > innerWidth)
    problems.push(`is ${page.scrollWidth} wide in a window of ${innerWidth}`);

  // Pictures have a size, and words for those who do not see them.
  for (const picture of document.querySelectorAll("img, svg")) {
    const { width, height } = picture.getBoundingClientRect();
    if (!(width > 0 && height > 0)) problems.push(`${picture.localName} has no size`);
    const ids = (picture.getAttribute("aria-labelledby") || "").split(" ");
    const text = picture.alt || ids.map((id) => document.getElementById(id)?.textContent || "").join("");
    if (!text.trim()) problems.push(`${picture.localName} has no words`);
    const box = picture.getBoundingClientRect();
    for (const label of picture.querySelectorAll("text")) {
      const place = label.getBoundingClientRect();
      if (place.left < box.left - 2 || place.right > box.right + 2 || place.bottom > box.bottom + 2 || place.top < box.top - 2)
        problems.push(`${name(label)} reaches out of its plot`);
    }
  }

  // Labels of a plot do not lie over each other.
  for (const plot of document.querySelectorAll("svg")) {
    const labels = [...plot.querySelectorAll("text")].map((label) => [label, label.getBoundingClientRect()]);
    labels.forEach(([label, a], i) => {
      for (const [other, b] of labels.slice(i + 1)) {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 1 && high > 0.35 * Math.min(a.height, b.height))
          problems.push(`${name(label)} lies over ${name(other)}`);
      }
    });
  }

  // Names are unique, links lead somewhere.
  const seen = new Set();
  for (const { id } of document.querySelectorAll("[id]")) {
    if (seen.has(id)) problems.push(`the id ${id} stands twice`);
    seen.add(id);
  }
  for (const link of document.querySelectorAll("a[href^='#']"))
    if (!document.getElementById(link.hash.slice(1))) problems.push(`${name(link)} leads nowhere`);
  for (const use of document.querySelectorAll("use"))
    if (!document.getElementById(use.href.baseVal.slice(1))) problems.push(`a mark of a plot is missing`);

  // Headings go down one step at a time, from one at the top.
  let level = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const next = Number(heading.localName[1]);
    if (next > level + 1 || (next === 1 && level > 0)) problems.push(`${name(heading)} is out of order`);
    level = next;
  }

  for (const header of document.querySelectorAll("th"))
    if (!["row", "col"].includes(header.scope)) problems.push(`${name(header)} has no scope`);
  for (const table of document.querySelectorAll("table")) {
    if (!table.caption) problems.push("a table has no caption");
    const widths = new Set([...table.rows].map((row) => row.cells.length));
    if (widths.size !== 1) problems.push("rows of a table differ in length");
  }

  // Contrast by WCAG 2: 4.5 for text; 3 for what draws a plot's curves.
  const channels = (color) => (color.match(/[\d.]+/g) || []).map(Number);
  const luminance = (color) => {
    const [r, g, b] = channels(color).slice(0, 3).map((c) => {
      const v = c / 255;
      return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  const paper = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const color = getComputedStyle(e).backgroundColor;
      const parts = channels(color);
      if (parts.length === 3 || parts[3] > 0) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const element = words.currentNode.parentElement;
    if (!words.currentNode.textContent.trim() || ["title", "desc", "style"].includes(element.localName)) continue;
    const style = getComputedStyle(element);
    const isDrawn = element.closest("svg") !== null;
    const color = isDrawn ? style.fill : style.color;
    if (color === "none") continue;
    const ratio = contrast(color, paper(element));
    if (ratio < 4.5) problems.push(`${name(element)} has a contrast of ${ratio.toFixed(2)}`);
  }
  for (const curve of document.querySelectorAll("svg use, svg path[stroke]:not(.gridline)")) {
    if (curve.closest("defs")) continue;
    const style = getComputedStyle(curve);
    const color = curve.localName === "use" ? style.color : style.stroke;
    // Halos are as the paper.
    if (color === paper(curve)) continue;
    const ratio = contrast(color, paper(curve));
    if (ratio < 2) problems.push(`a curve has a contrast of ${ratio.toFixed(2)}`);
  }
  return [...new Set(problems)];
})();
