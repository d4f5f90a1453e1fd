internal import Accounting
internal import Yams

/// Reads one YAML mapping strictly: every key must be known, every value of its type and in range,
/// and every complaint names file, line and dotted path.
struct SettingsReader {
  let file: String
  let path: String
  let mapping: Node.Mapping

  init(_ node: Node, file: String, path: String = "") throws(ExperimentError) {
    self.file = file
    self.path = path
    guard case .mapping(let mapping) = node else {
      throw ExperimentError(
        file: file, line: node.mark?.line, path: path,
        problem: .wrongType(expected: "a mapping of keys to values", found: describe(node)))
    }
    self.mapping = mapping
  }

  /// Refuses keys outside `known`.
  func expectOnly(_ known: [String]) throws(ExperimentError) {
    for (key, _) in mapping {
      let name = key.string ?? describe(key)
      guard known.contains(name) else {
        throw ExperimentError(
          file: file, line: key.mark?.line, path: child(name),
          problem: .unknownKey(nearest: nearestName(to: name, among: known), known: known))
      }
    }
  }

  /// Refuses keys outside `known`, and says of keys of the other privacy unit what to do instead.
  func expectOnly(
    _ known: [String], unit: PrivacyUnit, insteadOf others: [String: String]
  ) throws(ExperimentError) {
    for case let key? in mapping.keys.map(\.string) {
      if let mend = others[key] {
        throw problem(Self.misplaced(for: unit, mend: mend), at: key)
      }
    }
    try expectOnly(known)
  }

  static func misplaced(for unit: PrivacyUnit, mend: String) -> ExperimentError.Problem {
    let other = unit == .client ? PrivacyUnit.example : .client
    return .inconsistent(
      reason: "belongs to unit: \(other.rawValue), and privacy.unit is \(unit.rawValue); \(mend)")
  }

  func contains(_ key: String) -> Bool { mapping[key] != nil }

  func node(_ key: String) throws(ExperimentError) -> Node {
    guard let node = mapping[key] else {
      throw ExperimentError(
        file: file, line: mapping.mark?.line, path: child(key), problem: .missingKey)
    }
    return node
  }

  func reader(_ key: String) throws(ExperimentError) -> SettingsReader {
    try SettingsReader(try node(key), file: file, path: child(key))
  }

  func string(_ key: String) throws(ExperimentError) -> String {
    let node = try node(key)
    guard case .scalar(let scalar) = node, node.null == nil else {
      throw problem(.wrongType(expected: "text", found: describe(node)), at: key)
    }
    return scalar.string
  }

  func integer(_ key: String, in range: ClosedRange<Int>) throws(ExperimentError) -> Int {
    try integer(try node(key), in: range, at: key)
  }

  /// A list of whole numbers.
  func integers(_ key: String, in range: ClosedRange<Int>) throws(ExperimentError) -> [Int] {
    var values: [Int] = []
    for node in try sequence(key) { values.append(try integer(node, in: range, at: key)) }
    return values
  }

  func number(_ key: String, in range: NumberInterval) throws(ExperimentError) -> Double {
    try number(try node(key), in: range, at: key)
  }

  /// A list of numbers.
  func numbers(_ key: String, in range: NumberInterval) throws(ExperimentError) -> [Double] {
    try sequence(key).map { node throws(ExperimentError) in
      try number(node, in: range, at: key)
    }
  }

  func flag(_ key: String) throws(ExperimentError) -> Bool {
    let node = try node(key)
    switch plainText(node, matching: /true|false/) {
    case "true": return true
    case "false": return false
    default:
      throw problem(.wrongType(expected: "true or false", found: describe(node)), at: key)
    }
  }

  private func number(
    _ node: Node, in range: NumberInterval, at key: String
  ) throws(ExperimentError) -> Double {
    guard let digits = plainText(node, matching: decimalNumber), let value = node.float else {
      throw problem(.wrongType(expected: "a number", found: describe(node)), at: key)
    }
    guard range.contains(value) else {
      throw problem(.outOfRange(allowed: range.description, found: digits), at: key)
    }
    return value
  }

  private func integer(
    _ node: Node, in range: ClosedRange<Int>, at key: String
  ) throws(ExperimentError) -> Int {
    guard let digits = plainText(node, matching: decimalInteger) else {
      throw problem(.wrongType(expected: "a whole number", found: describe(node)), at: key)
    }
    guard let value = node.int, range.contains(value) else {
      let allowed =
        range.upperBound == .max
        ? "at least \(range.lowerBound) and below 2^63"
        : "from \(range.lowerBound) to \(range.upperBound)"
      throw problem(.outOfRange(allowed: allowed, found: digits), at: key)
    }
    return value
  }

  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, of type: Choice.Type = Choice.self
  ) throws(ExperimentError) -> Choice {
    let text = try string(key)
    guard let choice = Choice(rawValue: text) else { throw unknownChoice(text, of: type, at: key) }
    return choice
  }

  /// A sequence of values under one key.
  func sequence(_ key: String) throws(ExperimentError) -> [Node] {
    let node = try node(key)
    guard case .sequence(let sequence) = node else {
      throw problem(.wrongType(expected: "a list", found: describe(node)), at: key)
    }
    return Array(sequence)
  }

  /// A choice that is either a bare name (`iid`) or one key with its value (`dirichlet: 0.3`).
  func variant(_ key: String) throws(ExperimentError) -> Variant {
    try variant(of: try node(key), path: child(key))
  }

  /// A list of such choices, with their lines. Their paths count from 1.
  func variants(_ key: String) throws(ExperimentError) -> [(variant: Variant, line: Int?)] {
    var variants: [(variant: Variant, line: Int?)] = []
    for node in try sequence(key) {
      let path = child("\(key).\(variants.count + 1)")
      variants.append((try variant(of: node, path: path), node.mark?.line))
    }
    return variants
  }

  private func variant(of node: Node, path: String) throws(ExperimentError) -> Variant {
    if case .scalar(let scalar) = node { return .name(scalar.string) }
    let reader = try SettingsReader(node, file: file, path: path)
    guard reader.mapping.count == 1, let name = reader.mapping.first?.key.string else {
      throw ExperimentError(
        file: file, line: node.mark?.line, path: path,
        problem: .wrongType(
          expected: "a name, or one key with its value", found: describe(node)))
    }
    return .keyed(name, reader)
  }

  func unknownChoice<Choice: RawRepresentable<String> & CaseIterable>(
    _ text: String, of type: Choice.Type, at key: String
  ) -> ExperimentError {
    unknownChoice(text, choices: type.allCases.map(\.rawValue), at: key)
  }

  /// - Parameter choices: as written in a file, such as `iid` or `{dirichlet: 0.3}`.
  func unknownChoice(
    _ text: String, choices: [String], at key: String, line: Int? = nil
  ) -> ExperimentError {
    let names = choices.map { String($0.trimmingPrefix("{").prefix { $0 != ":" }) }
    let nearest = nearestName(to: text, among: names).flatMap(names.firstIndex)
    return problem(
      .unknownChoice(found: text, nearest: nearest.map { choices[$0] }, choices: choices), at: key,
      line: line)
  }

  /// - Parameter line: nil for the line of the key's value.
  func problem(
    _ problem: ExperimentError.Problem, at key: String, line: Int? = nil
  ) -> ExperimentError {
    ExperimentError(
      file: file, line: line ?? mapping[key]?.mark?.line ?? mapping.mark?.line, path: child(key),
      problem: problem)
  }

  /// A problem of the whole mapping.
  func problem(_ problem: ExperimentError.Problem) -> ExperimentError {
    ExperimentError(file: file, line: mapping.mark?.line, path: path, problem: problem)
  }

  func child(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}

/// A bare name, or a name with settings of its own.
enum Variant {
  case name(String)
  case keyed(String, SettingsReader)

  var name: String {
    switch self {
    case .name(let name), .keyed(let name, _): name
    }
  }
}

/// What a node is, in words for an error.
func describe(_ node: Node) -> String {
  switch node {
  case .scalar(let scalar): node.null == nil ? "\"\(scalar.string)\"" : "nothing"
  case .mapping: "a mapping"
  case .sequence: "a list"
  case .alias: "an alias"
  }
}

/// The text of an unquoted scalar of this form.
private func plainText(_ node: Node, matching form: Regex<Substring>) -> String? {
  guard let scalar = node.scalar, scalar.style == .plain,
    scalar.string.wholeMatch(of: form) != nil
  else { return nil }
  return scalar.string
}

// YAML 1.1 also reads 010 as eight and 1:30 as ninety, which no author of an experiment means.
private var decimalInteger: Regex<Substring> { /[-+]?(?:0|[1-9][0-9_]*)/ }
private var decimalNumber: Regex<Substring> {
  /[-+]?(?:[0-9][0-9_]*(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?i:inf)|\.(?i:nan)/
}
