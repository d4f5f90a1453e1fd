public import Foundation

/// Every key of experiment files, as Markdown.
public struct ExperimentReference: Sendable {
  /// A line of a table.
  private struct Row: Hashable {
    let path: String
    let values: String
    let standard: String
    let meaning: String
  }

  public init() {}

  /// The text of the reference.
  public func document() -> Data {
    var lines = [
      "# Keys of an experiment file", "",
      "Written by `tradeoff schema --markdown`. A key without a default must be there, unless it is said "
        + "of its mapping that one of several is. A value in braces is one key with its value, such as "
        + "`{dirichlet: 0.3}`.",
      "",
      "Files that train models protect *clients*, or *examples* that lie in one place or in *silos*; "
        + "files that count words ask for *next-words* or a *word-list*. A word in parentheses says "
        + "which of them have a key.",
      "", "## Every file", "",
    ]
    lines += Self.table(
      of: ExperimentLayout.header.flatMap { Self.rows(of: $0, at: $0.name) }.map { ($0, "") })
    for section in ExperimentLayout.sectionNames { lines += Self.section(section) }
    lines += ["", "## `tuning`", ""]
    lines += Self.table(
      of: Self.rows(of: ExperimentLayout.tuning, at: "tuning").map { ($0, "") })
    lines += Self.sweep
    return Data((lines.joined(separator: "\n") + "\n").utf8)
  }

  private static func section(_ name: String) -> [String] {
    var layouts: [(name: String, rows: [Row])] = []
    for layout in ExperimentLayout.allCases {
      guard let key = layout.sections.first(where: { $0.name == name }) else { continue }
      layouts.append((layout.rawValue, rows(of: key, at: name)))
    }
    var all: [Row] = []
    for row in layouts.flatMap(\.rows) where !all.contains(row) {
      // Beside the other rows of its path.
      let place = all.lastIndex { $0.path == row.path }.map { $0 + 1 } ?? all.count
      all.insert(row, at: place)
    }
    let marked = all.map { row in
      let names = layouts.filter { $0.rows.contains(row) }.map(\.name)
      return (row, names.count == layouts.count ? "" : kinds(names))
    }
    return ["", "## `\(name)`", ""] + table(of: marked)
  }

  private static func kinds(_ layouts: [String]) -> String {
    switch layouts {
    case ["clients", "examples", "silos"]: "models"
    case ["next-words", "word-list"]: "words"
    default: layouts.joined(separator: ", ")
    }
  }

  private static func table(of rows: [(row: Row, layouts: String)]) -> [String] {
    ["| key | values | default | meaning |", "|---|---|---|---|"]
      + rows.map { row, layouts in
        let meaning = layouts.isEmpty ? row.meaning : "(\(layouts)) \(row.meaning)"
        return "| `\(row.path)` | \(cell(row.values)) | \(cell(row.standard)) | \(cell(meaning)) |"
      }
  }

  private static func cell(_ text: String) -> String {
    text.replacingOccurrences(of: "|", with: "\\|")
  }

  private static func rows(of key: FileKey, at path: String) -> [Row] {
    let standard =
      switch key.presence {
      case .required: ""
      case .optional(let value): value.map { "`\($0)`" } ?? "none"
      }
    return [Row(path: path, values: key.form.words, standard: standard, meaning: key.summary)]
      + inner(key.form, at: path)
  }

  /// Of what stands inside a value.
  private static func inner(_ form: ValueForm, at path: String) -> [Row] {
    switch form {
    case .mapping(let mapping):
      mapping.keys.flatMap { rows(of: $0, at: "\(path).\($0.name)") }
    case .choice(let choices):
      choices.flatMap { choice -> [Row] in
        guard let form = choice.form else { return [] }
        let path = "\(path).\(choice.name)"
        return [Row(path: path, values: form.words, standard: "", meaning: choice.summary)]
          + inner(form, at: path)
      }
    case .named(let form): inner(form, at: "\(path).<name>")
    case .list(let form, _): inner(form, at: "\(path)[]")
    case .either(let forms): forms.flatMap { inner($0, at: path) }
    case .text, .wholeNumber, .among, .number, .flag, .scalar: []
    }
  }

  private static let sweep = [
    "", "## `sweep`", "", "\(sentence(ExperimentLayout.sweep.summary))", "",
    "| key | values | meaning |", "|---|---|---|",
    "| a dotted path into a section | list of values | one setting a value |",
    "| a dotted path to a number | `{range: {from: 10, to: 50, step: 10}}` | evenly from one end to the other |",
    "| a dotted path to a number | `{log_range: {from: 0.5, to: 8, count: 5}}` | so many, by a constant factor |",
    "| `cases` | list of mappings: `case`, a name, and dotted paths with a value each | named settings |",
    "| `zip` | list of mappings: dotted paths with equally many values | axes that change together |",
    "| `exclude` | list of mappings: dotted paths with a value or several | what matches one is left out |",
    "",
    "Ranges may also stand in a list, and inside one of its values: `[none, {target_epsilon: "
      + "{log_range: {from: 0.5, to: 8, count: 5}}}]`.",
    "", "## `smoke`", "",
    "\(sentence(ExperimentLayout.smoke.summary)) Any key of the file, or dotted path into a section, with "
      + "its value; `sweep` replaces the whole sweep.",
  ]
}

extension ValueForm {
  /// What may be written, in words.
  fileprivate var words: String {
    switch self {
    case .text(let pattern): pattern.map { "text like `\($0)`" } ?? "text"
    case .wholeNumber(let range):
      range.upperBound == Int.max
        ? "whole number, at least \(range.lowerBound)"
        : "whole number from \(range.lowerBound) to \(range.upperBound)"
    case .among(let values): values.map { "`\($0)`" }.joined(separator: ", ")
    case .number(let interval): "number: \(interval)"
    case .flag: "`true` or `false`"
    case .scalar: "text or number"
    case .choice(let choices):
      choices.map { choice in
        choice.form == nil
          ? "`\(choice.name)` (\(choice.summary))" : "`{\(choice.name): ...}`"
      }.joined(separator: ", ")
    case .mapping(let mapping):
      (["mapping"] + mapping.rules.compactMap(\.words)).joined(separator: "; ")
    case .named(let form): "mapping of your names to: \(form.words)"
    case .list(let form, let counts):
      counts.lowerBound == counts.upperBound
        ? "list of \(counts.lowerBound): \(form.words)" : "list of: \(form.words)"
    case .either(let forms): forms.map(\.words).joined(separator: "; or ")
    }
  }
}

extension KeyRule {
  fileprivate var words: String? {
    func names(_ names: [String]) -> String {
      names.map { "`\($0)`" }.joined(separator: ", ")
    }
    return switch self {
    case .exactlyOne(let keys): "exactly one of \(names(keys))"
    case .atMostOne(let keys): "at most one of \(names(keys))"
    case .goes(let key, let other, let values, _):
      "`\(key)` where `\(other)` is \(names(values))"
    case .together(let keys): "all of \(names(keys)), or none"
    case .inside(let name, let key, let other): "`\(name).\(key)` where there is `\(other)`"
    }
  }
}
