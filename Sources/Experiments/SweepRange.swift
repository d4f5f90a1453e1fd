internal import Foundation
internal import Yams

/// Values of an axis that are given by their ends.
extension SettingsReader {
  /// The values under a dotted path: a list, a `range` or a `log_range`, which may also stand in a list
  /// and inside one of its values, as in `[none, {target_epsilon: {log_range: ...}}]`.
  func axisValues(_ path: String) throws(ExperimentError) -> [Node] {
    let node = try node(path)
    var values: [Node] = []
    if case .sequence(let sequence) = node {
      for value in sequence { values += try expanded(value, at: path) ?? [value] }
    } else if let range = try expanded(node, at: path) {
      values = range
    } else {
      throw problem(
        .wrongType(
          expected: "a list, {range: {from: 1, to: 9, step: 2}} or "
            + "{log_range: {from: 0.5, to: 8, count: 5}}", found: describe(node)),
        at: path)
    }
    guard !values.isEmpty else {
      throw problem(.inconsistent(reason: "an axis needs at least one value"), at: path)
    }
    return values
  }

  /// What a node stands for if there is a range in it; nil where it is a value like any other.
  private func expanded(_ node: Node, at path: String) throws(ExperimentError) -> [Node]? {
    guard case .mapping(let mapping) = node, mapping.count == 1, let (key, value) = mapping.first
    else { return nil }
    switch key.string {
    case "range":
      return try SettingsReader(value, file: file, path: child("\(path).range")).linearRange()
        .map { .scalar(Node.Scalar($0, .implicit, .plain, value.mark)) }
    case "log_range":
      return try SettingsReader(value, file: file, path: child("\(path).log_range"))
        .logarithmicRange()
        .map { .scalar(Node.Scalar($0, .implicit, .plain, value.mark)) }
    default:
      let inner = try expanded(value, at: "\(path).\(key.string ?? describe(key))")
      return inner?.map {
        .mapping(Node.Mapping([(key, $0)], mapping.tag, mapping.style, mapping.mark))
      }
    }
  }

  /// `from`, `from + step`, ... up to `to`, in decimal arithmetic: three steps of 0.1 from 0 are 0.3.
  private func linearRange() throws(ExperimentError) -> [String] {
    try expectOnly(["from", "to", "step"])
    let (from, to, step) = (try decimal("from"), try decimal("to"), try decimal("step"))
    guard step > 0 else {
      throw problem(.outOfRange(allowed: "above 0", found: "\(step)"), at: "step")
    }
    guard from <= to else {
      throw problem(.outOfRange(allowed: "at least from, \(from)", found: "\(to)"), at: "to")
    }
    guard (to - from) / step < Decimal(SweepAxis.mostSettings) else {
      throw problem(
        .inconsistent(reason: "it takes more than \(SweepAxis.mostSettings) steps to get there"),
        at: "step")
    }
    var values: [String] = []
    var value = from
    while value <= to {
      values.append("\(value)")
      value += step
    }
    return values
  }

  /// `count` values from `from` to `to`, each the same factor above the one before. Those between the ends
  /// are rounded to 4 significant digits, so that they read well and are the same on every machine.
  private func logarithmicRange() throws(ExperimentError) -> [String] {
    try expectOnly(["from", "to", "count"])
    let from = try number("from", in: .positive)
    let to = try number("to", in: .positive)
    let count = try integer("count", in: 2...SweepAxis.mostSettings)
    guard from < to else {
      throw problem(.outOfRange(allowed: "above from, \(plain(from))", found: plain(to)), at: "to")
    }
    var values = [from]
    for place in 1..<(count - 1) {
      let exact = from * pow(to / from, Double(place) / Double(count - 1))
      values.append(Double(String(format: "%.3e", exact)) ?? exact)
    }
    values.append(to)
    guard zip(values, values.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw problem(
        .inconsistent(reason: "so many values do not differ in 4 significant digits"), at: "count")
    }
    return values.map(plain)
  }

  private func decimal(_ key: String) throws(ExperimentError) -> Decimal {
    // Checks type and form; the text is read again, since a Double would not hold 0.1.
    let value = try number(key, in: .finite)
    guard let text = try node(key).scalar?.string.filter({ $0 != "_" }),
      let decimal = Decimal(string: text, locale: nil), decimal.isFinite, abs(value) < 1e30
    else {
      throw problem(.outOfRange(allowed: "below 1e30", found: "\(value)"), at: key)
    }
    return decimal
  }

  /// Whole numbers without a point, so that they may stand for whole settings.
  private func plain(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
  }
}
