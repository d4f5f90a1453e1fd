internal import Yams

/// One axis of a sweep: the values that some settings take together, one after another.
struct SweepAxis {
  /// Its key in the `sweep` section.
  let key: String
  let values: [Value]

  struct Value {
    /// Its part of the setting's name, such as `training.rounds=20`.
    let label: String
    let changes: [(path: String, value: Node)]
  }

  /// Settings of a sweep at most: a slip in one axis multiplies them.
  static let mostSettings = 10_000

  /// All axes of a `sweep` section, in their order.
  static func all(
    of sweep: SettingsReader, sections: [String]
  ) throws(ExperimentError) -> [SweepAxis] {
    var axes: [SweepAxis] = []
    for key in sweep.mapping.keys {
      let name = key.string ?? describe(key)
      switch name {
      case "cases": axes.append(try sweep.cases(of: sections))
      case "zip": axes += try sweep.zippedAxes(of: sections)
      case "exclude": break
      default: axes.append(try sweep.axis(name, of: sections))
      }
    }
    return axes
  }

  /// Every choice of one value an axis, the last axis changing fastest.
  static func product(
    of axes: [SweepAxis], in sweep: SettingsReader
  ) throws(ExperimentError) -> [[Value]] {
    var combinations: [[Value]] = [[]]
    for axis in axes {
      guard combinations.count * axis.values.count <= mostSettings else {
        throw sweep.problem(
          .inconsistent(
            reason:
              "its axes make more than \(mostSettings) settings; sweep over fewer values, or in "
              + "several experiments"), at: axis.key)
      }
      combinations = combinations.flatMap { chosen in axis.values.map { chosen + [$0] } }
    }
    return combinations
  }
}

extension SettingsReader {
  /// An axis that varies one setting: a dotted path with its values.
  fileprivate func axis(
    _ path: String, of sections: [String]
  ) throws(ExperimentError) -> SweepAxis {
    try checkPath(path, isIn: sections)
    return SweepAxis(
      key: path,
      values: try axisValues(path).map { value in
        SweepAxis.Value(label: label(path, value), changes: [(path, value)])
      })
  }

  /// Axes that each vary several settings side by side: the first values together, then the second, and so
  /// on. Every entry of the list is one axis: dotted paths with as many values each.
  fileprivate func zippedAxes(
    of sections: [String]
  ) throws(ExperimentError) -> [SweepAxis] {
    var axes: [SweepAxis] = []
    for node in try sequence("zip") {
      let entry = try SettingsReader(node, file: file, path: child("zip.\(axes.count + 1)"))
      var columns: [(path: String, values: [Node])] = []
      for key in entry.mapping.keys {
        let path = key.string ?? describe(key)
        try entry.checkPath(path, isIn: sections)
        columns.append((path, try entry.axisValues(path)))
      }
      guard columns.count > 1 else {
        throw entry.problem(
          .inconsistent(reason: "it takes two settings or more to go side by side"))
      }
      let count = columns[0].values.count
      if let other = columns.first(where: { $0.values.count != count }) {
        throw entry.problem(
          .inconsistent(
            reason:
              "it has \(other.values.count) values, and \(columns[0].path) has \(count): side "
              + "by side, both need as many"), at: other.path)
      }
      axes.append(
        SweepAxis(
          key: "zip",
          values: (0..<count).map { place in
            let changes = columns.map { (path: $0.path, value: $0.values[place]) }
            return SweepAxis.Value(
              label: changes.map { label($0.path, $0.value) }.joined(separator: ";"),
              changes: changes)
          }))
    }
    return axes
  }

  /// The axis whose values vary several settings together: each has a name under `case`, and dotted
  /// paths with one value each.
  fileprivate func cases(of sections: [String]) throws(ExperimentError) -> SweepAxis {
    var values: [SweepAxis.Value] = []
    for node in try sequence("cases") {
      let entry = try SettingsReader(node, file: file, path: child("cases.\(values.count + 1)"))
      let name = try entry.string("case")
      guard name.wholeMatch(of: /[^;=]+/) != nil,
        !values.contains(where: { $0.label == "case=\(name)" })
      else {
        throw entry.problem(
          .outOfRange(allowed: "a name of its own without ; and =", found: "\"\(name)\""),
          at: "case")
      }
      var changes: [(path: String, value: Node)] = []
      for (key, value) in entry.mapping where key.string != "case" {
        let path = key.string ?? describe(key)
        try entry.checkPath(path, isIn: sections)
        changes.append((path, value))
      }
      values.append(SweepAxis.Value(label: "case=\(name)", changes: changes))
    }
    guard !values.isEmpty else {
      throw problem(.inconsistent(reason: "an axis needs at least one value"), at: "cases")
    }
    return SweepAxis(key: "cases", values: values)
  }

  func checkPath(_ path: String, isIn sections: [String]) throws(ExperimentError) {
    guard sections.contains(where: { path.hasPrefix("\($0).") }) else {
      throw problem(
        .inconsistent(
          reason: "an axis is a dotted path into \(sections.joined(separator: ", ")), "
            + "such as privacy.noise, or cases, zip or exclude"),
        at: path)
    }
  }

  private func label(_ path: String, _ value: Node) -> String { "\(path)=\(flowText(value))" }
}

/// A node as one line of text.
func flowText(_ node: Node) -> String {
  switch node {
  case .scalar(let scalar): scalar.string
  case .mapping(let mapping):
    mapping.map { "\(flowText($0.key)):\(flowText($0.value))" }.joined(separator: " ")
  case .sequence(let sequence):
    "[\(sequence.map(flowText).joined(separator: " "))]"
  case .alias: "*"
  }
}
