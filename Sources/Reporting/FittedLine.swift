/// A line made of parts, each of which has shorter forms for where there is little room.
struct FittedLine {
  private let parts: [[String]]
  private let order: [Int]

  /// - Parameters:
  ///   - parts: from left to right; the forms of each from the longest to the shortest, which may be
  ///     empty.
  ///   - order: which part takes its next form, step by step, while the line is too long.
  init(_ parts: [[String]], givingWay order: [Int]) {
    self.parts = parts
    self.order = order
  }

  /// At most `columns` wide.
  func text(columns: Int) -> String {
    var forms = parts.map { _ in 0 }
    var line = joined(forms)
    for part in order where width(line) > columns {
      forms[part] = min(forms[part] + 1, parts[part].count - 1)
      line = joined(forms)
    }
    return cut(line, to: columns)
  }

  private func joined(_ forms: [Int]) -> String {
    zip(parts, forms).map { printable($0[$1]) }.filter { !$0.isEmpty }.joined(separator: "  ")
  }
}

/// Columns that a text takes on a terminal, or fewer: what is not ASCII may be wide.
func width(_ text: String) -> Int { text.reduce(0) { $0 + ($1.isASCII ? 1 : 2) } }

/// The beginning of a text, with dots in the place of what is left out.
func cut(_ text: String, to columns: Int) -> String {
  guard width(text) > columns else { return text }
  let dots = String(repeating: ".", count: max(0, min(columns, 3)))
  var kept = ""
  for character in text {
    guard width(kept) + width(String(character)) + dots.count <= columns else { break }
    kept.append(character)
  }
  return kept + dots
}

/// Without what would move the cursor.
private func printable(_ text: String) -> String {
  String(
    String.UnicodeScalarView(
      text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
}
