internal import Foundation

/// A document as Markdown that reads well on any Git host, with its figures as files beside it.
struct Markdown: CustomStringConvertible {
  let description: String

  /// - Parameter figureFolder: where the figures are, seen from the document.
  init(_ document: Document, figureFolder: String) {
    let writer = Writer(figureFolder: figureFolder)
    let parts =
      ["# \(Self.line(document.title))"] + document.opening.map(writer.block)
      + document.sections.flatMap { writer.section($0, level: 2) }
    description = parts.joined(separator: "\n\n") + "\n"
  }

  /// Text that is shown as it is, in the middle of a line.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "&", "#", "$":
        escaped += "\\\(character)"
      case _ where character.isNewline: escaped += " "
      default: escaped.append(character)
      }
    }
    return escaped
  }

  /// Text that is shown as it is, at the beginning of a line, where more marks mean something.
  static func line(_ text: String) -> String { guarded(escaped(text)) }

  /// What is rendered already, kept from meaning a list, a heading or a rule by its first mark.
  fileprivate static func guarded(_ rendered: String) -> String {
    if let mark = rendered.first, "-+=:".contains(mark) { return "\\\(rendered)" }
    let digits = rendered.prefix { $0.isASCII && $0.isNumber }
    let rest = rendered.dropFirst(digits.count)
    guard !digits.isEmpty, let mark = rest.first, mark == "." || mark == ")" else {
      return rendered
    }
    return "\(digits)\\\(rest)"
  }

  /// Code in a fence of more marks than it holds in a row.
  fileprivate static func code(_ text: String) -> String {
    let text = String(text.map { $0.isNewline ? " " : $0 })
    let fence = String(repeating: "`", count: longestRun(in: text) + 1)
    let padding = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
    return text.isEmpty ? "" : "\(fence)\(padding)\(text)\(padding)\(fence)"
  }

  fileprivate static func longestRun(in text: String) -> Int {
    text.split { $0 != "`" }.map(\.count).max() ?? 0
  }
}

private struct Writer {
  let figureFolder: String

  func section(_ section: Section, level: Int) -> [String] {
    ["\(String(repeating: "#", count: level)) \(Markdown.line(section.title))"]
      + section.blocks.map(block)
      + section.sections.flatMap { self.section($0, level: level + 1) }
  }

  func block(_ block: Block) -> String {
    switch block {
    case .paragraph(let prose): paragraph(prose)
    case .list(let items): items.map { "- \(paragraph($0))" }.joined(separator: "\n")
    case .definitions(let definitions):
      definitions.map { "- **\(inline($0.term))**: \(inline($0.description))" }
        .joined(separator: "\n")
    case .table(let table): self.table(table)
    case .figures(let figures): figures.map(figure).joined(separator: "\n\n")
    case .verbatim(let text): verbatim(text)
    case .disclosure(let summary, let blocks):
      """
      <details>
      <summary>\(HTML.escaped(summary))</summary>

      \(blocks.map(self.block).joined(separator: "\n\n"))

      </details>
      """
    case .references(let references):
      references.enumerated().map { index, reference in
        "\(index + 1). \(Markdown.line(reference.citation))"
          + (reference.link.map { " <\($0)>" } ?? "")
      }.joined(separator: "\n")
    }
  }

  private func paragraph(_ prose: Prose) -> String { Markdown.guarded(inline(prose)) }

  private func inline(_ prose: Prose) -> String {
    prose.spans.map { span in
      switch span {
      case .plain(let text): Markdown.escaped(text)
      case .code(let text): Markdown.code(text)
      case .strong(let text): text.isEmpty ? "" : "**\(Markdown.escaped(text))**"
      case .citation(let reference): Markdown.escaped(reference.label)
      }
    }.joined()
  }

  private func table(_ table: Table) -> String {
    let header = table.columns.map { cell($0.title) }
    let rule = table.columns.map { $0.isNumeric ? "---:" : "---" }
    let rows = [header, rule] + table.rows.map { $0.map(cell) }
    let lines = rows.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
    return ([paragraph(table.caption), lines] + table.notes.map(paragraph))
      .joined(separator: "\n\n")
  }

  /// In a table even code must not hold a bar by itself.
  private func cell(_ prose: Prose) -> String {
    prose.spans.map { span in
      if case .code(let text) = span {
        Markdown.code(text).replacingOccurrences(of: "|", with: "\\|")
      } else {
        inline(Prose([span]))
      }
    }.joined()
  }

  private func figure(_ figure: Figure) -> String {
    """
    ![\(Markdown.escaped(figure.description))](\(figureFolder)/\(figure.name).svg)

    **\(Markdown.escaped(figure.title)).** \(inline(figure.caption))
    """
  }

  private func verbatim(_ text: String) -> String {
    let fence = String(repeating: "`", count: max(3, Markdown.longestRun(in: text) + 1))
    return "\(fence)\n\(text.hasSuffix("\n") ? text : text + "\n")\(fence)"
  }
}
