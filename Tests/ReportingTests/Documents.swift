@testable import Reporting

/// Documents to render.
enum Documents {
  /// Marks that mean something to a browser, a Markdown reader or LaTeX.
  static let hostile =
    #"</p><script>alert('1')</script> & "x" | `code` * _a_ [l](u) #1 50 % $x$ \n {b} ~ ^"#

  /// The text in every place that takes one.
  static func holding(_ text: String) -> Document {
    let table = Table(
      name: "table", caption: Prose(text), columns: [.text("name"), .number(Prose(text))],
      rows: [[Prose(text), .code(text)]], notes: ["\(strong: text): \(text)"], isResult: true)
    return Document(
      title: text, opening: [.paragraph(Prose(text))],
      sections: [
        Section(
          title: text, anchor: "first",
          blocks: [
            .paragraph("\(text) \(code: text) \(strong: text) \(cite: [.abadi2016, .li2020])"),
            .list([Prose(text)]), .definitions([.init(.code(text), Prose(text))]), .table(table),
            .verbatim(text), .disclosure(summary: text, [.paragraph(Prose(text))]),
            .references([.abadi2016, .li2020]),
          ],
          sections: [Section(title: text, anchor: "second")])
      ])
  }
}
