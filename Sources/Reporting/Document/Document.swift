/// A report before it is rendered. The renderers show the same of it, so that they cannot disagree.
struct Document: Sendable {
  let title: String
  let opening: [Block]
  let sections: [Section]

  /// All that is cited, each work once, in the order of its first place.
  var citations: [Reference] {
    var references: [Reference] = []
    for reference in opening.flatMap(\.citations) + sections.flatMap(\.citations)
    where !references.contains(reference) {
      references.append(reference)
    }
    return references
  }

  var tables: [Table] { opening.flatMap(\.tables) + sections.flatMap(\.tables) }

  var figures: [Figure] { opening.flatMap(\.figures) + sections.flatMap(\.figures) }
}

struct Section: Sendable {
  let title: String
  /// Names the section in links: lower-case words joined by hyphens, unique in the document.
  let anchor: String
  var blocks: [Block] = []
  var sections: [Section] = []

  fileprivate var citations: [Reference] {
    blocks.flatMap(\.citations) + sections.flatMap(\.citations)
  }

  fileprivate var tables: [Table] { blocks.flatMap(\.tables) + sections.flatMap(\.tables) }

  fileprivate var figures: [Figure] { blocks.flatMap(\.figures) + sections.flatMap(\.figures) }
}

enum Block: Sendable {
  case paragraph(Prose)
  case list([Prose])
  case definitions([Definition])
  case table(Table)
  /// Side by side where there is room.
  case figures([Figure])
  /// As it is, in letters of one width.
  case verbatim(String)
  /// Closed until somebody opens it, where the medium can do that.
  case disclosure(summary: String, [Block])
  case references([Reference])

  struct Definition: Hashable, Sendable {
    let term: Prose
    let description: Prose

    init(_ term: Prose, _ description: Prose) {
      self.term = term
      self.description = description
    }
  }

  fileprivate var citations: [Reference] {
    switch self {
    case .paragraph(let prose): prose.citations
    case .list(let items): items.flatMap(\.citations)
    case .definitions(let definitions):
      definitions.flatMap { $0.term.citations + $0.description.citations }
    case .table(let table):
      table.caption.citations + table.rows.joined().flatMap(\.citations)
        + table.notes.flatMap(\.citations)
    case .figures(let figures): figures.flatMap(\.caption.citations)
    case .verbatim, .references: []
    case .disclosure(_, let blocks): blocks.flatMap(\.citations)
    }
  }

  fileprivate var tables: [Table] {
    switch self {
    case .table(let table): [table]
    case .disclosure(_, let blocks): blocks.flatMap(\.tables)
    default: []
    }
  }

  fileprivate var figures: [Figure] {
    switch self {
    case .figures(let figures): figures
    case .disclosure(_, let blocks): blocks.flatMap(\.figures)
    default: []
    }
  }
}

/// Rows under named columns. The first cell of a row names it.
struct Table: Sendable {
  struct Column: Hashable, Sendable {
    let title: Prose
    let isNumeric: Bool

    static func text(_ title: Prose) -> Column { Column(title: title, isNumeric: false) }
    static func number(_ title: Prose) -> Column { Column(title: title, isNumeric: true) }
  }

  /// Names the table in links and files, unique in the document.
  let name: String
  let caption: Prose
  let columns: [Column]
  /// As many cells as columns.
  let rows: [[Prose]]
  /// Below the table: without them its numbers cannot be read.
  var notes: [Prose] = []
  /// Whether papers want it, as against a list for reference.
  var isResult = false
}

struct Figure: Sendable {
  /// Names the figure in links and files, unique in the document.
  let name: String
  let title: String
  let caption: Prose
  /// What it shows, for those who do not see it.
  let description: String
  let drawing: Drawing
}
