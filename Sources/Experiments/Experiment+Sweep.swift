internal import Yams

extension Experiment {
  /// In one sweep.
  private static let mostSettings = 10_000

  /// The settings of the sweep: the product of its axes, the last one changing fastest. Without a
  /// sweep, the document itself.
  static func points(of document: SettingsReader) throws(ExperimentError) -> [Point] {
    var combinations: [[SweepValue]] = [[]]
    if document.contains("sweep") {
      let sweep = try document.reader("sweep")
      let sections = TaskSettings.keys(of: document)
      for key in sweep.mapping.keys {
        let name = key.string ?? describe(key)
        let values =
          name == "cases" ? try sweep.cases(of: sections) : try sweep.axis(name, of: sections)
        guard combinations.count * values.count <= mostSettings else {
          throw sweep.problem(
            .inconsistent(
              reason: "its axes make more than \(mostSettings) settings; sweep over fewer values, "
                + "or in several experiments"), at: name)
        }
        combinations = combinations.flatMap { chosen in values.map { chosen + [$0] } }
      }
    }
    // A value that the sweep replaces everywhere must make sense all the same.
    _ = try TaskSettings(document)
    var points: [Point] = []
    for combination in combinations {
      var changed = document
      for (path, value) in combination.flatMap(\.changes) {
        changed = try SettingsReader(
          try changed.replacing(path, with: value), file: document.file)
      }
      let privacy = try changed.reader("privacy")
      points.append(
        Point(
          label: combination.map(\.label).joined(separator: ";"), task: try TaskSettings(changed),
          noiseLine: try privacy.node("noise").mark?.line,
          clippingLine: privacy.mapping["clipping"]?.mark?.line,
          mechanismLine: privacy.mapping["mechanism"]?.mark?.line,
          participationLine: changed.contains("training")
            ? try changed.reader("training").mapping["participation"]?.mark?.line : nil))
    }
    return points
  }
}

/// One value of an axis of the sweep.
private struct SweepValue {
  /// Its part of the setting's name.
  let label: String
  let changes: [(path: String, value: Node)]
}

extension SettingsReader {
  /// An axis that varies one setting: a dotted path with its values.
  fileprivate func axis(
    _ path: String, of sections: [String]
  ) throws(ExperimentError) -> [SweepValue] {
    try checkPath(path, isIn: sections)
    let values = try sequence(path)
    guard !values.isEmpty else {
      throw problem(.inconsistent(reason: "an axis needs at least one value"), at: path)
    }
    return values.map { SweepValue(label: "\(path)=\(flowText($0))", changes: [(path, $0)]) }
  }

  /// The axis whose values vary several settings together: each has a name under `case`, and dotted
  /// paths with one value each.
  fileprivate func cases(of sections: [String]) throws(ExperimentError) -> [SweepValue] {
    var values: [SweepValue] = []
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
      values.append(SweepValue(label: "case=\(name)", changes: changes))
    }
    guard !values.isEmpty else {
      throw problem(.inconsistent(reason: "an axis needs at least one value"), at: "cases")
    }
    return values
  }

  private func checkPath(
    _ path: String, isIn sections: [String]
  ) throws(ExperimentError) {
    guard sections.contains(where: { path.hasPrefix("\($0).") }) else {
      throw problem(
        .inconsistent(
          reason: "an axis is a dotted path into \(sections.joined(separator: ", ")), "
            + "such as privacy.noise, or cases"),
        at: path)
    }
  }
}

extension SettingsReader {
  /// The document with every `dotted.path: value` of `changes` in place. A change of `sweep` replaces
  /// the whole sweep.
  func applying(_ changes: SettingsReader) throws(ExperimentError) -> SettingsReader {
    var document = self
    for (key, value) in changes.mapping {
      let path = key.string ?? describe(key)
      document = try SettingsReader(try document.replacing(path, with: value), file: file)
    }
    return document
  }

  /// The mapping with the value at a dotted path in place. A last name that was not there is added:
  /// whether it is one to know shows when the settings are read.
  func replacing(_ path: String, with value: Node) throws(ExperimentError) -> Node {
    let parts = path.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      .map(String.init)
    var changed = mapping
    if parts.count == 1 {
      if changed[path] == nil {
        // The new key takes the place of its value, so that errors have a line.
        let key = Node.scalar(Node.Scalar(path, .implicit, .any, value.mark))
        changed = Node.Mapping(
          Array(changed) + [(key, value)], changed.tag, changed.style, changed.mark)
      } else {
        changed[path] = value
      }
    } else {
      guard let old = changed[parts[0]] else {
        let known = Array(mapping.keys.compactMap(\.string))
        throw ExperimentError(
          file: file, line: value.mark?.line, path: child(path),
          problem: .unknownKey(nearest: nearestName(to: parts[0], among: known), known: known))
      }
      let inner = try SettingsReader(old, file: file, path: child(parts[0]))
      changed[parts[0]] = try inner.replacing(parts[1], with: value)
    }
    return .mapping(changed)
  }
}

/// A node as one line of text.
private func flowText(_ node: Node) -> String {
  switch node {
  case .scalar(let scalar): scalar.string
  case .mapping(let mapping):
    mapping.map { "\(flowText($0.key)):\(flowText($0.value))" }.joined(separator: " ")
  case .sequence(let sequence):
    "[\(sequence.map(flowText).joined(separator: " "))]"
  case .alias: "*"
  }
}
