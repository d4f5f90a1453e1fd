internal import Yams

extension Experiment {
  /// The settings of the sweep: the product of its axes, the last one changing fastest, without those
  /// that it excludes. Without a sweep, the document itself.
  static func points(of document: SettingsReader) throws(ExperimentError) -> [Point] {
    // A value that the sweep replaces everywhere must make sense all the same.
    _ = try TaskSettings(document)
    guard document.contains("sweep") else { return [try point(document, label: "")] }
    let sweep = try document.reader("sweep")
    let sections = TaskSettings.keys(of: document)
    let axes = try SweepAxis.all(of: sweep, sections: sections)
    let exclusions = try SweepExclusion.all(of: sweep, sections: sections)
    var unmatched = Set(exclusions.indices)
    var points: [Point] = []
    for combination in try SweepAxis.product(of: axes, in: sweep) {
      var changed = document
      for (path, value) in combination.flatMap(\.changes) {
        changed = try SettingsReader(
          try changed.replacing(path, with: value), file: document.file)
      }
      let matching = exclusions.indices.filter { exclusions[$0].matches(changed) }
      unmatched.subtract(matching)
      guard matching.isEmpty else { continue }
      points.append(
        try point(changed, label: combination.map(\.label).joined(separator: ";")))
    }
    if let index = unmatched.min() { throw exclusions[index].unmatched(in: sweep, at: index) }
    guard !points.isEmpty else {
      throw document.problem(.inconsistent(reason: "it excludes every setting"), at: "sweep")
    }
    return points
  }

  private static func point(
    _ document: SettingsReader, label: String
  ) throws(ExperimentError) -> Point {
    let privacy = try document.reader("privacy")
    return Point(
      label: label, task: try TaskSettings(document),
      noiseLine: try privacy.node("noise").mark?.line,
      clippingLine: privacy.mapping["clipping"]?.mark?.line,
      mechanismLine: privacy.mapping["mechanism"]?.mark?.line,
      participationLine: document.contains("training")
        ? try document.reader("training").mapping["participation"]?.mark?.line : nil)
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
      if Self.alternatives.contains(child(parts[0])) {
        let key = Node.scalar(Node.Scalar(parts[1], .implicit, .any, value.mark))
        changed[parts[0]] = .mapping(Node.Mapping([(key, value)], .implicit, .any, value.mark))
      } else {
        let inner = try SettingsReader(old, file: file, path: child(parts[0]))
        changed[parts[0]] = try inner.replacing(parts[1], with: value)
      }
    }
    return .mapping(changed)
  }

  /// Settings that are one of several keys: a value for one of them replaces the other, so that
  /// `privacy.noise.target_epsilon` may be an axis whatever the noise is without it.
  private static let alternatives = ["privacy.noise"]
}
