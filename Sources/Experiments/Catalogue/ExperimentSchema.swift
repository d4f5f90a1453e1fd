public import Foundation
public import Results

/// The JSON Schema (draft-07) of experiment files, which editors complete and explain them by.
///
/// Draft-07 is the latest that the YAML language server promises to understand.
public struct ExperimentSchema: Sendable {
  /// By dotted path; where kinds of experiments differ, with their names before it.
  private var definitions: [String: JSONValue] = [:]
  private var namesOfPath: [String: [String]] = [:]
  /// Paths into sections whose values are numbers.
  private var numericPaths: Set<String> = []
  private var root: JSONValue = .object([:])

  public init() {
    let sections = ExperimentLayout.allCases.map { layout in
      (layout, layout.sections.map { ($0, define($0, at: $0.name, for: layout)) })
    }
    for key in ExperimentLayout.header + [ExperimentLayout.tuning] {
      _ = define(key, at: key.name, for: .clients)
    }
    addSweep()
    addSmoke()
    root = rootSchema(sections)
  }

  /// The bytes of `experiment.schema.json`.
  public func document() throws(ResultsError) -> Data {
    try CanonicalJSON.document(root.adding(["definitions": .object(definitions)]))
  }

  /// Settings that a sweep may vary, each by its dotted path.
  var settingPaths: [String] { namesOfPath.keys.filter { $0.contains(".") }.sorted() }

  private mutating func define(
    _ key: FileKey, at path: String, for layout: ExperimentLayout
  ) -> JSONValue {
    define(key.form, key.description, at: path, for: layout)
  }

  private mutating func define(
    _ form: ValueForm, _ description: String, at path: String, for layout: ExperimentLayout
  ) -> JSONValue {
    if form.isNumber { numericPaths.insert(path) }
    let value = form.schema { name, inner, description in
      // What is in lists, or under names of the author's own, has no path.
      name == "*" || path.contains("*")
        ? Self.inline(inner, description)
        : define(inner, description, at: "\(path).\(name)", for: layout)
    }.adding(["description": .string(description)])
    let names = namesOfPath[path] ?? []
    if let known = names.first(where: { definitions[$0] == value }) { return reference(known) }
    let name = names.isEmpty ? path : "\(layout.rawValue):\(path)"
    namesOfPath[path, default: []].append(name)
    definitions[name] = value
    return reference(name)
  }

  private static func inline(_ form: ValueForm, _ description: String) -> JSONValue {
    let value = form.schema { _, inner, description in inline(inner, description) }
    return description.isEmpty ? value : value.adding(["description": .string(description)])
  }

  private func reference(_ name: String) -> JSONValue {
    .object(["$ref": .string("#/definitions/\(name)")])
  }

  /// The value of a setting in an experiment of any kind.
  private func value(at path: String) -> JSONValue {
    let references = (namesOfPath[path] ?? []).map(reference)
    return references.count == 1 ? references[0] : .object(["anyOf": .array(references)])
  }

  private func properties(_ schema: (String) -> JSONValue) -> [String: JSONValue] {
    Dictionary(uniqueKeysWithValues: settingPaths.map { ($0, schema($0)) })
  }

  /// Settings of columns, whose names are the author's.
  private static let columns = #"^dataset\.csv\.columns\..+$"#

  private mutating func addSweep() {
    let positive: JSONValue = .object([
      "type": .string("number"), "exclusiveMinimum": .integer(0),
    ])
    definitions["range"] = Self.range(
      "range", ends: .object(["type": .string("number")]), "step", positive)
    definitions["log_range"] = Self.range(
      "log_range", ends: positive, "count",
      .object([
        "type": .string("integer"), "minimum": .integer(2),
        "maximum": .integer(SweepAxis.mostSettings),
      ]))
    for path in settingPaths { definitions["axis:\(path)"] = axis(at: path) }
    let axes = properties { reference("axis:\($0)") }
    let values = properties(value)
    let columnAxis: JSONValue = .object([
      "type": .strings(["array", "object"])
    ])
    func object(_ properties: [String: JSONValue], columns: JSONValue, least: Int) -> JSONValue {
      .object([
        "type": .string("object"), "properties": .object(properties),
        "patternProperties": .object([Self.columns: columns]),
        "additionalProperties": .flag(false), "minProperties": .integer(least),
      ])
    }
    func list(_ items: JSONValue, _ description: String) -> JSONValue {
      .object([
        "type": .string("array"), "items": items, "minItems": .integer(1),
        "description": .string(description),
      ])
    }
    let name: JSONValue = .object([
      "type": .strings(["string", "number"]), "pattern": .string("^[^;=]+$"),
      "description": .string("The name of the case, of its own."),
    ])
    let cases = list(
      object(values.merging(["case": name]) { $1 }, columns: .object([:]), least: 1)
        .adding(["required": .strings(["case"])]),
      "An axis of named cases, each of which sets several settings by dotted path.")
    let zip = list(
      object(axes, columns: columnAxis, least: 2),
      "Groups of axes with as many values each, which change together.")
    let exclude = list(
      .object([
        "type": .string("object"), "minProperties": .integer(1),
        "propertyNames": .object([
          "anyOf": .array([
            .object(["enum": .strings(settingPaths)]), .object(["pattern": .string(Self.columns)]),
          ])
        ]),
      ]),
      "Settings that are left out: those where every path has the value, or one of the values.")
    let own = ["cases": cases, "zip": zip, "exclude": exclude]
    definitions["sweep"] = object(
      axes.merging(own) { $1 }, columns: columnAxis, least: 1
    ).adding(["description": .string(sentence(ExperimentLayout.sweep.summary))])
  }

  /// A list, or a range of numbers, which may also stand in a list and inside one of its values.
  private func axis(at path: String) -> JSONValue {
    let ranges = [reference("range"), reference("log_range")]
    let isNumeric = numericPaths.contains(path)
    let inner = settingPaths.filter {
      numericPaths.contains($0) && $0.hasPrefix("\(path).")
        && !$0.dropFirst(path.count + 1).contains(".")
    }
    let ranged: JSONValue = .object([
      "type": .string("object"), "minProperties": .integer(1), "maxProperties": .integer(1),
      "additionalProperties": .flag(false),
      "properties": .object(
        Dictionary(
          uniqueKeysWithValues: inner.map {
            (String($0.dropFirst(path.count + 1)), .object(["anyOf": .array(ranges)]))
          })),
    ])
    let items = [value(at: path)] + (isNumeric ? ranges : []) + (inner.isEmpty ? [] : [ranged])
    let list: JSONValue = .object([
      "type": .string("array"), "minItems": .integer(1),
      "items": items.count == 1 ? items[0] : .object(["anyOf": .array(items)]),
    ])
    let alternatives = [list] + (isNumeric ? ranges : []) + (inner.isEmpty ? [] : [ranged])
    return alternatives.count == 1 ? list : .object(["anyOf": .array(alternatives)])
  }

  /// - Parameters:
  ///   - end: both ends.
  ///   - third: what is said besides them.
  private static func range(
    _ name: String, ends end: JSONValue, _ third: String, _ type: JSONValue
  ) -> JSONValue {
    let ends: JSONValue = .object([
      "type": .string("object"), "required": .strings(["from", "to", third]),
      "additionalProperties": .flag(false),
      "properties": .object(["from": end, "to": end, third: type]),
    ])
    return .object([
      "type": .string("object"), "required": .strings([name]), "additionalProperties": .flag(false),
      "properties": .object([name: ends]),
    ])
  }

  private mutating func addSmoke() {
    var members = properties(value)
    for key in ExperimentLayout.header + [ExperimentLayout.tuning] {
      members[key.name] = reference(key.name)
    }
    for section in ExperimentLayout.sectionNames { members[section] = value(at: section) }
    members["sweep"] = reference("sweep")
    definitions["smoke"] = .object([
      "type": .string("object"), "properties": .object(members),
      "patternProperties": .object([Self.columns: .object([:])]),
      "additionalProperties": .flag(false),
      "description": .string(sentence(ExperimentLayout.smoke.summary)),
    ])
  }

  private func rootSchema(
    _ sections: [(layout: ExperimentLayout, keys: [(key: FileKey, reference: JSONValue)])]
  ) -> JSONValue {
    let header = ExperimentLayout.header
    var properties: [String: JSONValue] = [:]
    for key in header + [ExperimentLayout.tuning] { properties[key.name] = reference(key.name) }
    for name in ["sweep", "smoke"] { properties[name] = reference(name) }
    for name in ExperimentLayout.sectionNames { properties[name] = .object([:]) }
    func branch(_ layout: ExperimentLayout) -> JSONValue {
      let keys = sections.first { $0.layout == layout }?.keys ?? []
      let others = ExperimentLayout.sectionNames.filter { name in
        !keys.contains { $0.key.name == name }
      }
      return .object([
        "required": .strings(keys.map(\.key).filter(\.isRequired).map(\.name)),
        "properties": .object(
          Dictionary(
            uniqueKeysWithValues: keys.map { ($0.key.name, $0.reference) }
              + others.map { ($0, .flag(false)) })),
      ])
    }
    func has(_ value: String, at path: [String]) -> JSONValue {
      path.reversed().reduce(.object(["const": .string(value)])) { inner, name in
        .object(["properties": .object([name: inner]), "required": .strings([name])])
      }
    }
    let holders: JSONValue = .object([
      "properties": .object([
        "dataset": .object([
          "anyOf": .array(
            ["clients", "partition"].map { .object(["required": .strings([$0])]) })
        ])
      ])
    ])
    func choose(_ condition: JSONValue, _ yes: JSONValue, _ no: JSONValue) -> JSONValue {
      .object(["if": condition, "then": yes, "else": no])
    }
    return .object([
      "$schema": .string("http://json-schema.org/draft-07/schema#"),
      "title": .string("Tradeoff experiment"),
      "description": .string("One question, and the settings whose answers are compared."),
      "type": .string("object"), "required": .strings(header.filter(\.isRequired).map(\.name)),
      "properties": .object(properties), "additionalProperties": .flag(false),
      "allOf": .array([
        choose(
          .object(["required": .strings(["analytics"])]),
          choose(
            has("word-list", at: ["analytics", "kind"]), branch(.wordList), branch(.nextWords)),
          choose(
            has("example", at: ["privacy", "unit"]),
            choose(holders, branch(.silos), branch(.examples)), branch(.clients)))
      ]),
      "dependencies": .object(["tuning": .strings(["sweep"])]),
    ])
  }
}
