internal import Yams

extension Experiment {
  /// The settings of the sweep: the product of its axes, the last one changing fastest. Without a
  /// sweep, the document itself.
  static func points(of document: SettingsReader) throws(ExperimentError) -> [Point] {
    var choices: [[(path: String, value: Node)]] = [[]]
    if document.contains("sweep") {
      let sweep = try document.reader("sweep")
      for key in sweep.mapping.keys {
        let path = key.string ?? describe(key)
        let sections = TaskSettings.keys(of: document)
        guard sections.contains(where: { path.hasPrefix("\($0).") }) else {
          throw sweep.problem(
            .inconsistent(
              reason: "an axis is a dotted path into \(sections.joined(separator: ", ")), "
                + "such as training.rounds"),
            at: path)
        }
        let values = try sweep.sequence(path)
        guard !values.isEmpty else {
          throw sweep.problem(.inconsistent(reason: "an axis needs at least one value"), at: path)
        }
        choices = choices.flatMap { choice in values.map { choice + [(path, $0)] } }
      }
    }
    // A value that the sweep replaces everywhere must make sense all the same.
    _ = try TaskSettings(document)
    var points: [Point] = []
    for choice in choices {
      var changed = document
      for (path, value) in choice {
        changed = try SettingsReader(
          try changed.replacing(path, with: value), file: document.file)
      }
      let label = choice.map { "\($0.path)=\(flowText($0.value))" }.joined(separator: ";")
      let privacy = try changed.reader("privacy")
      points.append(
        Point(
          label: label, task: try TaskSettings(changed),
          noiseLine: try privacy.node("noise").mark?.line,
          clippingLine: privacy.mapping["clipping"]?.mark?.line))
    }
    return points
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
