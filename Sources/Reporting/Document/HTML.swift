internal import Foundation

/// A document as one page that needs nothing else: no script, no font, no picture from elsewhere.
struct HTML: CustomStringConvertible {
  let description: String

  init(_ document: Document) {
    description = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(Self.escaped(document.title))</title>
      <style>
      \(Self.styleSheet)
      \(Ink.pageRules)
      </style>
      </head>
      <body>
      <main>
      <header>
      <h1>\(Self.escaped(document.title))</h1>
      \(document.opening.map(Self.block).joined(separator: "\n"))
      \(Self.contents(document.sections))
      </header>
      \(document.sections.map { Self.section($0, level: 2) }.joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  /// Text for the inside of elements and of quoted attributes. What no page may hold is shown as missing.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\t", "\n": escaped.unicodeScalars.append(scalar)
      case _ where scalar.properties.generalCategory == .control: escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static func contents(_ sections: [Section]) -> String {
    let links = sections.map { "<a href=\"#\($0.anchor)\">\(escaped($0.title))</a>" }
    return "<nav aria-label=\"Contents\">\(links.joined(separator: "\n"))</nav>"
  }

  private static func section(_ section: Section, level: Int) -> String {
    """
    <section aria-labelledby="\(section.anchor)">
    <h\(level) id="\(section.anchor)">\(escaped(section.title))</h\(level)>
    \((section.blocks.map(block)
      + section.sections.map { self.section($0, level: level + 1) }).joined(separator: "\n"))
    </section>
    """
  }

  private static func block(_ block: Block) -> String {
    switch block {
    case .paragraph(let prose):
      return "<p>\(inline(prose))</p>"
    case .list(let items):
      return "<ul>\n\(items.map { "<li>\(inline($0))</li>" }.joined(separator: "\n"))\n</ul>"
    case .definitions(let definitions):
      let entries = definitions.map {
        "<div><dt>\(inline($0.term))</dt><dd>\(inline($0.description))</dd></div>"
      }
      return "<dl>\n\(entries.joined(separator: "\n"))\n</dl>"
    case .table(let table):
      return self.table(table)
    case .figures(let figures):
      return "<div class=\"figures\">\n\(figures.map(figure).joined(separator: "\n"))\n</div>"
    case .verbatim(let text):
      return "<pre tabindex=\"0\"><code>\(escaped(text))</code></pre>"
    case .disclosure(let summary, let blocks):
      return """
        <details>
        <summary>\(escaped(summary))</summary>
        \(blocks.map(self.block).joined(separator: "\n"))
        </details>
        """
    case .references(let references):
      let entries = references.map { "<li id=\"\(anchor(of: $0))\">\(reference($0))</li>" }
      return "<ol class=\"references\">\n\(entries.joined(separator: "\n"))\n</ol>"
    }
  }

  private static func inline(_ prose: Prose) -> String {
    prose.spans.map { span in
      switch span {
      case .plain(let text): escaped(text)
      case .code(let text): "<code>\(breakable(escaped(text)))</code>"
      case .strong(let text): "<strong>\(escaped(text))</strong>"
      case .citation(let reference):
        "<a href=\"#\(anchor(of: reference))\">\(escaped(reference.label))</a>"
      }
    }.joined()
  }

  /// Dotted and joined names may be broken after their marks.
  private static func breakable(_ code: String) -> String {
    code.replacingOccurrences(of: "_", with: "_<wbr>").replacingOccurrences(of: ".", with: ".<wbr>")
  }

  private static func table(_ table: Table) -> String {
    let header = table.columns.map {
      "<th scope=\"col\"\($0.isNumeric ? " class=\"number\"" : "")>\(inline($0.title))</th>"
    }
    let rows = table.rows.map { row in
      let cells = zip(table.columns, row).enumerated().map { index, cell in
        let (column, prose) = cell
        return index == 0
          ? "<th scope=\"row\">\(inline(prose))</th>"
          : "<td\(column.isNumeric ? " class=\"number\"" : "")>\(inline(prose))</td>"
      }
      return "<tr>\(cells.joined())</tr>"
    }
    let notes = table.notes.map { "<p>\(inline($0))</p>" }.joined(separator: "\n")
    return """
      <div class="table">
      <div class="scroll" role="region" tabindex="0" aria-labelledby="\(table.name)">
      <table>
      <caption id="\(table.name)">\(inline(table.caption))</caption>
      <thead><tr>\(header.joined())</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      </div>
      \(notes.isEmpty ? "" : "<div class=\"notes\">\n\(notes)\n</div>")
      </div>
      """
  }

  private static func figure(_ figure: Figure) -> String {
    """
    <figure id="\(figure.name)">
    \(figure.drawing.inline(
      name: figure.name, title: figure.title, description: figure.description))\
    <figcaption><strong>\(escaped(figure.title)).</strong> \(inline(figure.caption))</figcaption>
    </figure>
    """
  }

  private static func reference(_ reference: Reference) -> String {
    let text = escaped(reference.citation)
    guard let link = reference.link else { return text }
    return "\(text) <a href=\"\(escaped(link))\">\(escaped(link))</a>"
  }

  private static func anchor(of reference: Reference) -> String { "reference-\(reference.key)" }
}
