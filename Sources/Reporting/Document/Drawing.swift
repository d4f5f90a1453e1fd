internal import Foundation

/// A plot by gnuplot as SVG that a style sheet can color, so that it reads on light and on dark paper.
struct Drawing: Hashable, Sendable {
  /// In user units; the plot scales with the page. Letters are 13 high.
  static let width = 420
  /// Of a plot without a key below.
  static let height = 300
  private let width = Drawing.width
  private let height: Int
  /// What stands between `<svg>` and `</svg>`; names of its parts begin with ``partMark``.
  private let content: String

  /// Stands in names of parts until a figure's name takes its place: a page has several drawings.
  private static let partMark = "plot-part-"

  /// - Parameter script: data and style for gnuplot.
  init(_ script: String, height: Int = Drawing.height) throws(ReportingError) {
    self.height = height
    let svg = try Gnuplot.svg(script, width: Self.width, height: height)
    content = Self.cleaned(svg)
  }

  /// `<svg>` for a page that holds ``Ink/pageRules``.
  func inline(name: String, title: String, description: String) -> String {
    element(name: name, title: title, description: description, attributes: "class=\"plot\"")
  }

  /// A file of its own: on its own paper, light or dark as the reader prefers.
  func standalone(name: String, title: String, description: String) -> String {
    let paper = "<rect width=\"\(width)\" height=\"\(height)\" fill=\"\(Ink.paper.light)\"/>"
    let attributes =
      "xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
      + "class=\"plot\" width=\"\(width)\" height=\"\(height)\" font-family=\"sans-serif\""
    return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
      + element(
        name: name, title: title, description: description, attributes: attributes,
        before: "<style>\(Ink.fileRules)</style>\n\(paper)\n")
  }

  private func element(
    name: String, title: String, description: String, attributes: String, before: String = ""
  ) -> String {
    """
    <svg \(attributes) viewBox="0 0 \(width) \(height)" role="img" \
    aria-labelledby="\(name)-title \(name)-description">
    <title id="\(name)-title">\(HTML.escaped(title))</title>
    <desc id="\(name)-description">\(HTML.escaped(description))</desc>
    \(before)\(content.replacingOccurrences(of: Self.partMark, with: "\(name)-"))
    </svg>

    """
  }

  /// Without what gnuplot says of itself, with one spelling for each color, and without groups that
  /// hold nothing.
  private static func cleaned(_ svg: String) -> String {
    var text = svg
    if let start = text.range(of: "<g id=\"gnuplot_canvas\">"),
      let end = text.range(of: "</svg>", options: .backwards)
    {
      text = String(text[start.lowerBound..<end.lowerBound])
    }
    func replace(_ pattern: String, _ replacement: String) {
      text = text.replacingOccurrences(
        of: pattern, with: replacement, options: .regularExpression)
    }
    replace("(?s)<title>.*?</title>", "")
    replace("(?s)<filter .*?</filter>", "")
    for ink in Ink.all {
      let channels = ink.channels.map { "\\s*\($0)" }.joined(separator: ",")
      replace("rgb\\(\(channels)\\)", ink.light)
    }
    replace("(['\"])white\\1", "\"\(Ink.paper.light)\"")
    replace("(['\"])(black|gray)\\1", "\"\(Ink.text.light)\"")
    replace(" (fill|stroke|color) = ", " $1=")
    replace("=\\s*'([^'\"<>]*)'", "=\"$1\"")
    replace(" font-family=\"[^\"]*\"", "")
    replace("id=\"gnuplot_", "id=\"\(partMark)")
    replace("(id=\"|href=\"#)gp", "$1\(partMark)gp")
    // The same plot comes twice, as itself and in the key.
    replace("<g id=\"\(partMark)plot_[0-9]+[a-z]?\" *>", "<g>")
    var before = ""
    while before != text {
      before = text
      replace("<g [^>]*>\\s*</g>\\s*", "")
    }
    replace("\\n\\s*", "\n")
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
