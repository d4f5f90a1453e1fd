internal import Foundation

/// A bibliography that BibTeX and biber read, in plain ASCII.
struct BibTeX: CustomStringConvertible {
  let description: String

  init(_ references: [Reference]) {
    description = references.map(Self.entry).joined(separator: "\n")
  }

  private static func entry(_ reference: Reference) -> String {
    let work = reference.work
    var fields: [(String, String)] = [
      ("author", work.authors.map(encoded).joined(separator: " and ")),
      // In two braces, so that no style changes its capitals.
      ("title", "{\(encoded(work.title))}"),
    ]
    let kind: String
    switch work.venue {
    case .journal(let name, let volume, let number):
      kind = "article"
      fields.append(("journal", encoded(name)))
      if let volume { fields.append(("volume", volume)) }
      if let number { fields.append(("number", encoded(number))) }
    case .proceedings(let name):
      kind = "inproceedings"
      fields.append(("booktitle", encoded(name)))
    case .repository(let name):
      kind = "misc"
      fields.append(("howpublished", encoded(name)))
    }
    if let pages = work.pages { fields.append(("pages", encoded(pages))) }
    fields.append(("year", String(work.year)))
    if let doi = work.doi { fields.append(("doi", doi)) }
    if let arXiv = work.arXiv {
      fields += [("eprint", arXiv), ("archiveprefix", "arXiv")]
    }
    if let url = work.url { fields.append(("url", url)) }
    let lines = fields.map { "  \($0) = {\($1)},\n" }.joined()
    return "@\(kind){\(reference.key),\n\(lines)}\n"
  }

  /// Letters with accents as commands in braces, which every style sorts and shortens correctly.
  static func encoded(_ text: String) -> String {
    let accents: [Unicode.Scalar: String] = [
      "\u{300}": "`", "\u{301}": "'", "\u{302}": "^", "\u{303}": "~", "\u{308}": "\"",
      "\u{30A}": "r ", "\u{30C}": "v ", "\u{327}": "c ",
    ]
    return text.map { character in
      let scalars = Array(String(character).decomposedStringWithCanonicalMapping.unicodeScalars)
      if scalars.count == 2, let accent = accents[scalars[1]] {
        return "{\\\(accent)\(scalars[0])}"
      }
      return switch character {
      case "&": "\\&"
      case "–": "--"
      default: String(character)
      }
    }.joined()
  }
}
