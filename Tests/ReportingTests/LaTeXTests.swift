import Testing

@testable import Reporting

@Suite struct LaTeXTests {
  @Test(arguments: [
    ("50 % & #1_a", ##"50 \% \& \#1\_a"##), (#"\ { } $"#, #"\textbackslash{} \{ \} \$"#),
    ("~^", #"\textasciitilde{}\textasciicircum{}"#), ("--smoke", "-{}-smoke"),
    (
      "<a> | \"b\" `c`",
      #"\textless{}a\textgreater{} \textbar{} \textquotedbl{}b\textquotedbl{} \textasciigrave{}c\textasciigrave{}"#
    ),
    ("[x]*", "{[}x{]}{*}"), ("ε ≤ 8, δ", #"\(\varepsilon\) \(\le\) 8, \(\delta\)"#),
    ("two\nlines", "two lines"), ("Tramèr", "Tramèr"),
  ])
  func textIsSetAsItIs(text: String, escaped: String) {
    #expect(LaTeX.escaped(text) == escaped)
  }

  @Test func aTableIsRuled() {
    let table = Table(
      name: "results", caption: "What it costs", columns: [.text("setting"), .number("ε")],
      rows: [["a_b", "≤ 8"]], notes: ["as \(cite: [.abadi2016]) says"])
    #expect(
      LaTeX([table]).description == #"""
        % \usepackage[utf8]{inputenc} \usepackage[T1]{fontenc} \usepackage{booktabs}
        % Citations are keys of references.bib.

        \begin{table}
        \centering
        \caption{What it costs}
        \label{tab:results}
        \small
        \begin{tabular}{@{}lr@{}}
        \toprule
        setting & \(\varepsilon\) \\
        \midrule
        a\_b & \(\le\) 8 \\
        \bottomrule
        \end{tabular}
        \par\smallskip
        \par\footnotesize as (\cite{abadi2016}) says
        \end{table}

        """#)
  }
}
