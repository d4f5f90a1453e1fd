extension ValueForm {
  /// The JSON Schema of a value.
  ///
  /// - Parameter schema: of the form under a name inside this one: a key of a mapping, or a choice.
  func schema(
    of inner: (_ name: String, _ form: ValueForm, _ description: String) -> JSONValue
  ) -> JSONValue {
    switch self {
    case .text(let pattern):
      let type: JSONValue = .object(["type": .string("string")])
      return pattern.map { type.adding(["pattern": .string("^(?:\($0))$")]) } ?? type
    case .wholeNumber(let range):
      var members: [String: JSONValue] = [
        "type": .string("integer"), "minimum": .integer(range.lowerBound),
      ]
      if range.upperBound < Int.max { members["maximum"] = .integer(range.upperBound) }
      return .object(members)
    case .among(let values): return .object(["enum": .array(values.map(JSONValue.integer))])
    case .number(let interval): return interval.schema
    case .flag: return .object(["type": .string("boolean")])
    case .scalar: return .object(["type": .strings(["string", "number", "boolean"])])
    case .choice(let choices): return Self.schema(of: choices, inner)
    case .mapping(let mapping): return mapping.schema(of: inner)
    case .named(let form):
      return .object([
        "type": .string("object"), "additionalProperties": inner("*", form, ""),
        "minProperties": .integer(1),
      ])
    case .list(let form, let counts):
      var members: [String: JSONValue] = ["type": .string("array"), "items": inner("*", form, "")]
      if counts.lowerBound > 0 { members["minItems"] = .integer(counts.lowerBound) }
      if counts.upperBound < Int.max { members["maxItems"] = .integer(counts.upperBound) }
      return .object(members)
    case .either(let forms): return .object(["anyOf": .array(forms.map { $0.schema(of: inner) })])
    }
  }

  private static func schema(
    of choices: [Choice], _ inner: (String, ValueForm, String) -> JSONValue
  ) -> JSONValue {
    var alternatives: [JSONValue] = []
    let bare = choices.filter { $0.form == nil }
    if !bare.isEmpty {
      alternatives.append(
        .object([
          "enum": .strings(bare.map(\.name)), "enumDescriptions": .strings(bare.map(\.summary)),
        ]))
    }
    let keyed = choices.compactMap { choice in
      choice.form.map { (choice.name, inner(choice.name, $0, sentence(choice.summary))) }
    }
    if !keyed.isEmpty {
      alternatives.append(
        .object([
          "type": .string("object"), "properties": .object(Dictionary(uniqueKeysWithValues: keyed)),
          "additionalProperties": .flag(false), "minProperties": .integer(1),
          "maxProperties": .integer(1),
        ]))
    }
    return alternatives.count == 1 ? alternatives[0] : .object(["anyOf": .array(alternatives)])
  }

  /// Whether an axis of values may be a range.
  var isNumber: Bool {
    switch self {
    case .wholeNumber, .number: true
    default: false
    }
  }
}

extension FileMapping {
  fileprivate func schema(of inner: (String, ValueForm, String) -> JSONValue) -> JSONValue {
    var alternatives: Set<String> = []
    for case .exactlyOne(let names) in rules { alternatives.formUnion(names) }
    let required = keys.filter { $0.isRequired && !alternatives.contains($0.name) }.map(\.name)
    var members: [String: JSONValue] = [
      "type": .string("object"), "additionalProperties": .flag(false),
      "properties": .object(
        Dictionary(
          uniqueKeysWithValues: keys.map { ($0.name, inner($0.name, $0.form, $0.description)) })),
    ]
    if !required.isEmpty { members["required"] = .strings(required) }
    if !rules.isEmpty { members["allOf"] = .array(rules.map(\.schema)) }
    return .object(members)
  }
}

extension FileKey {
  var description: String {
    let meaning = sentence(summary)
    guard case .optional(default: let value?) = presence else { return meaning }
    return "\(meaning) Default: \(value)."
  }
}

/// A summary as it stands by itself.
func sentence(_ summary: String) -> String {
  "\(summary.prefix(1).uppercased())\(summary.dropFirst())."
}

extension KeyRule {
  fileprivate var schema: JSONValue {
    func needs(_ name: String) -> JSONValue { .object(["required": .strings([name])]) }
    func forbids(_ name: String) -> JSONValue {
      .object(["properties": .object([name: .flag(false)])])
    }
    switch self {
    case .exactlyOne(let names):
      return .object(["oneOf": .array(names.map(needs))])
    case .atMostOne(let names):
      return .object(["not": .object(["required": .strings(names)])])
    case .goes(let key, let other, let values, let isNeeded):
      let condition: JSONValue = .object([
        "properties": .object([other: .object(["enum": .strings(values)])]),
        "required": .strings([other]),
      ])
      return .object([
        "if": condition, "then": isNeeded ? needs(key) : .object([:]), "else": forbids(key),
      ])
    case .together(let names):
      return .object([
        "dependencies": .object(
          Dictionary(
            uniqueKeysWithValues: names.map { name in (name, .strings(names.filter { $0 != name }))
            }))
      ])
    case .inside(let name, let key, let other):
      func inMapping(_ demand: JSONValue) -> JSONValue {
        .object([
          "properties": .object([
            name: .object(["if": .object(["type": .string("object")]), "then": demand])
          ])
        ])
      }
      return .object([
        "if": needs(other), "then": inMapping(needs(key)), "else": inMapping(forbids(key)),
      ])
    }
  }
}

extension NumberInterval {
  fileprivate var schema: JSONValue {
    func number(_ bounds: [String: Double]) -> JSONValue {
      .object(["type": .string("number")]).adding(bounds.mapValues(JSONValue.number))
    }
    return switch self {
    case .finite: number([:])
    case .positive: number(["exclusiveMinimum": 0])
    case .clippingNorm: number(["minimum": 1e-30, "maximum": 1e30])
    case .noiseMultiplier: number(["minimum": 1e-6, "maximum": 1e12])
    case .openUnit: number(["exclusiveMinimum": 0, "exclusiveMaximum": 1])
    case .rate: number(["exclusiveMinimum": 0, "maximum": 1])
    case .momentum: number(["minimum": 0, "exclusiveMaximum": 1])
    case .fraction: number(["minimum": 0, "maximum": 1])
    case .notNegative: number(["minimum": 0])
    case .overSelection: number(["minimum": 1, "maximum": 1000])
    case .upTo(let limit): number(["exclusiveMinimum": 0, "maximum": Double(limit)])
    case .floatFactor: number(["minimum": 1e-18, "maximum": 1e18])
    case .granularity: number(["minimum": 1e-8, "maximum": 1e6])
    case .floatOffset: number(["minimum": -1e18, "maximum": 1e18])
    case .repetitionShape: number(["minimum": 0, "maximum": 100])
    case .repetitionMean: number(["minimum": 1, "maximum": 1000])
    }
  }
}
