/// The speakers of one play, from its Markdown.
///
/// - A line `**NAME**` begins a speech of `NAME`. A line that begins with `#` is a heading: what follows
///   it is nobody's until the next name.
/// - Stage directions are left out: italics, such as `_Exit_` or `*Exit*`, and brackets, such as
///   `\[Aside]`. They may run over lines, and end with their paragraph at the latest.
/// - All else is spoken. A line of which nothing is left is none.
///
/// - Throws: ``DatasetError/malformedPlay(path:line:reason:)`` with `file` as its path.
func speakers(
  ofPlay play: String, markdown: [UInt8], file: String
) throws(DatasetError) -> [Speaker] {
  var speakers: [Speaker] = []
  var places: [String: Int] = [:]
  var name: String?
  var direction = StageDirection()
  let lines = markdown.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  for (index, bytes) in lines.enumerated() {
    guard let line = String(validating: bytes, as: UTF8.self) else {
      throw .malformedPlay(path: file, line: index + 1, reason: "it is not UTF-8 text")
    }
    let text = oneSpaced(line)
    if text.isEmpty {
      direction = StageDirection()
    } else if text.hasPrefix("#") {
      direction = StageDirection()
      name = nil
    } else if text.hasPrefix("**") {
      guard let found = text.wholeMatch(of: /\*\*([^*]+)\*\*/)?.1 else {
        throw .malformedPlay(
          path: file, line: index + 1, reason: "expected a name such as **HAMLET**, found \(text)")
      }
      direction = StageDirection()
      name = String(found)
    } else {
      let spoken = oneSpaced(direction.removed(from: text))
      guard let name, !spoken.isEmpty else { continue }
      if let place = places[name] {
        speakers[place].lines.append(spoken)
      } else {
        places[name] = speakers.count
        speakers.append(Speaker(play: play, name: name, lines: [spoken]))
      }
    }
  }
  return speakers
}

/// The words of a text with one space between them.
private func oneSpaced(_ text: String) -> String {
  text.utf8.split {
    $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r")
  }
  .map { String(Substring($0)) }.joined(separator: " ")
}

/// Where in a stage direction a text is, from one line of a paragraph to the next.
private struct StageDirection {
  /// The marker that ends the italics, which may hold brackets.
  private var italics: UInt8?
  private var isInBrackets = false
  /// Whether a bracket has just closed: some lack the marker before it, and have the one behind.
  private var hasJustClosed = false

  /// What is left of a line, and of its escapes, without directions.
  mutating func removed(from line: String) -> String {
    var spoken: [UInt8] = []
    for byte in line.utf8 where byte != UInt8(ascii: "\\") {
      let follows = hasJustClosed
      hasJustClosed = false
      switch byte {
      case UInt8(ascii: "]") where isInBrackets:
        isInBrackets = false
        hasJustClosed = italics == nil
      case _ where isInBrackets:
        break
      case UInt8(ascii: "["):
        isInBrackets = true
      case UInt8(ascii: "_"), UInt8(ascii: "*"):
        if italics == byte {
          italics = nil
        } else if italics == nil {
          if follows { hasJustClosed = true } else { italics = byte }
        }
      case _ where italics == nil:
        spoken.append(byte)
      default:
        break
      }
    }
    return String(decoding: spoken, as: UTF8.self)
  }
}
