internal import Yams

/// Settings of a sweep that are left out: those in which every named setting has one of the values that
/// stand with it.
struct SweepExclusion {
  private let conditions: [(path: String, values: [Node])]
  private let line: Int?

  /// The `exclude` list of a `sweep` section.
  static func all(
    of sweep: SettingsReader, sections: [String]
  ) throws(ExperimentError) -> [SweepExclusion] {
    guard sweep.contains("exclude") else { return [] }
    var exclusions: [SweepExclusion] = []
    for node in try sweep.sequence("exclude") {
      let entry = try SettingsReader(
        node, file: sweep.file, path: sweep.child("exclude.\(exclusions.count + 1)"))
      guard !entry.mapping.isEmpty else {
        throw entry.problem(
          .inconsistent(reason: "it names no setting, and would leave out all"))
      }
      var conditions: [(path: String, values: [Node])] = []
      for (key, value) in entry.mapping {
        let path = key.string ?? describe(key)
        try entry.checkPath(path, isIn: sections)
        // A list is several values, or one value that is a list.
        conditions.append((path, [value] + (value.sequence.map(Array.init) ?? [])))
      }
      exclusions.append(SweepExclusion(conditions: conditions, line: node.mark?.line))
    }
    return exclusions
  }

  func matches(_ document: SettingsReader) -> Bool {
    conditions.allSatisfy { path, values in
      guard let found = document.value(atPath: path) else { return false }
      return values.contains { isSameSetting($0, found) }
    }
  }

  /// An exclusion that excludes nothing is a slip.
  func unmatched(in sweep: SettingsReader, at index: Int) -> ExperimentError {
    ExperimentError(
      file: sweep.file, line: line, path: sweep.child("exclude.\(index + 1)"),
      problem: .inconsistent(reason: "no setting of the sweep is like that, so it excludes nothing")
    )
  }
}

extension SettingsReader {
  /// The value at a dotted path; nil where there is none.
  fileprivate func value(atPath path: String) -> Node? {
    var node = Node.mapping(mapping)
    for name in path.split(separator: ".", omittingEmptySubsequences: false) {
      guard let inner = node.mapping?[String(name)] else { return nil }
      node = inner
    }
    return node
  }
}

/// Whether two nodes say the same, however their numbers are written.
private func isSameSetting(_ left: Node, _ right: Node) -> Bool {
  switch (left, right) {
  case (.scalar(let left), .scalar(let right)):
    if left.string == right.string { return true }
    guard let left = Double(left.string), let right = Double(right.string) else { return false }
    return left == right
  case (.sequence(let left), .sequence(let right)):
    return left.count == right.count && zip(left, right).allSatisfy(isSameSetting)
  case (.mapping(let left), .mapping(let right)):
    return left.count == right.count
      && left.allSatisfy { key, value in right[key].map { isSameSetting(value, $0) } ?? false }
  default:
    return false
  }
}
