internal import Foundation

/// Tables for a paper, ruled as the package `booktabs` does it.
struct LaTeX: CustomStringConvertible {
  let description: String

  /// - Parameter tables: their notes go below them.
  init(_ tables: [Table]) {
    let preamble = """
      % \\usepackage[utf8]{inputenc} \\usepackage[T1]{fontenc} \\usepackage{booktabs}
      % Citations are keys of references.bib.
      """
    description = ([preamble] + tables.map(Self.table)).joined(separator: "\n\n") + "\n"
  }

  /// Text that is set as it is. What has no place in T1 fonts is left to engines that know Unicode.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    var last: Character?
    for character in text {
      switch character {
      case "\\": escaped += "\\textbackslash{}"
      case "{", "}", "$", "&", "#", "%", "_": escaped += "\\\(character)"
      case "~": escaped += "\\textasciitilde{}"
      case "^": escaped += "\\textasciicircum{}"
      case "<": escaped += "\\textless{}"
      case ">": escaped += "\\textgreater{}"
      case "|": escaped += "\\textbar{}"
      case "\"": escaped += "\\textquotedbl{}"
      case "`": escaped += "\\textasciigrave{}"
      case "'" where last == "'": escaped += "{}'"
      case "-" where last == "-": escaped += "{}-"
      // After the end of a row these are arguments.
      case "[", "]", "*": escaped += "{\(character)}"
      case "ε": escaped += "\\(\\varepsilon\\)"
      case "δ": escaped += "\\(\\delta\\)"
      case "≤": escaped += "\\(\\le\\)"
      case "–": escaped += "--"
      case _ where character.isNewline: escaped += " "
      case _ where character.unicodeScalars.contains { $0.properties.generalCategory == .control }:
        escaped += "?"
      default: escaped.append(character)
      }
      last = character
    }
    return escaped
  }

  private static func table(_ table: Table) -> String {
    let alignments = table.columns.map { $0.isNumeric ? "r" : "l" }.joined()
    let notes = table.notes.map { "\\par\\footnotesize \(inline($0))" }
    return """
      \\begin{table}
      \\centering
      \\caption{\(inline(table.caption))}
      \\label{tab:\(table.name)}
      \\small
      \\begin{tabular}{@{}\(alignments)@{}}
      \\toprule
      \(row(table.columns.map(\.title)))
      \\midrule
      \(table.rows.map(row).joined(separator: "\n"))
      \\bottomrule
      \\end{tabular}
      \(notes.isEmpty ? "" : "\\par\\smallskip\n\(notes.joined(separator: "\n"))\n")\\end{table}
      """
  }

  private static func row(_ cells: [Prose]) -> String {
    cells.map(inline).joined(separator: " & ") + " \\\\"
  }

  private static func inline(_ prose: Prose) -> String {
    prose.spans.map { span in
      switch span {
      case .plain(let text): escaped(text)
      case .code(let text): "\\texttt{\(escaped(text))}"
      case .strong(let text): "\\textbf{\(escaped(text))}"
      case .citation(let reference): "\\cite{\(reference.key)}"
      }
    }.joined()
  }
}
