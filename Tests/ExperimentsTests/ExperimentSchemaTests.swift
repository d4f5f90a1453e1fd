import Foundation
import Testing

@testable import Experiments

@Suite struct ExperimentSchemaTests {
  private static func committed(_ name: String) throws -> Data {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try Data(contentsOf: root.appending(path: "experiments/\(name)"))
  }

  @Test func theCommittedCopiesAreThese() throws {
    #expect(
      try Self.committed("experiment.schema.json") == ExperimentSchema().document(),
      "write it again: tradeoff schema > experiments/experiment.schema.json")
    #expect(
      try Self.committed("keys.md") == ExperimentReference().document(),
      "write it again: tradeoff schema --markdown > experiments/keys.md")
  }

  private static func document() throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: ExperimentSchema().document()) as? [String: Any])
  }

  @Test func everyReferenceLeadsSomewhere() throws {
    let document = try Self.document()
    let definitions = try #require(document["definitions"] as? [String: Any])
    var references: Set<String> = []
    func visit(_ value: Any) {
      switch value {
      case let object as [String: Any]:
        if let reference = object["$ref"] as? String { references.insert(reference) }
        for inner in object.values { visit(inner) }
      case let list as [Any]: for inner in list { visit(inner) }
      default: break
      }
    }
    visit(document)
    #expect(references == Set(definitions.keys.map { "#/definitions/\($0)" }))
  }

  /// Every key, choice with a value, and axis explains itself to whoever points at it.
  @Test func everyDefinitionIsDescribed() throws {
    let definitions = try #require(Self.document()["definitions"] as? [String: [String: Any]])
    for (name, definition) in definitions
    where !name.hasPrefix("axis:") && !["range", "log_range"].contains(name) {
      let description = try #require(definition["description"] as? String, "\(name)")
      #expect(description.hasSuffix("."), "\(name)")
    }
  }

  @Test func axesAreListsOrRangesOfNumbers() throws {
    let definitions = try #require(Self.document()["definitions"] as? [String: [String: Any]])
    for path in ["training.rounds", "privacy.noise.target_epsilon", "privacy.noise.multiplier"] {
      let forms = try #require(definitions["axis:\(path)"]?["anyOf"] as? [[String: Any]])
      #expect(
        forms.compactMap { $0["$ref"] as? String } == [
          "#/definitions/range", "#/definitions/log_range",
        ], "\(path)")
    }
    #expect(definitions["axis:privacy.unit"]?["type"] as? String == "array")
    #expect(definitions["axis:privacy.unit"]?["anyOf"] == nil)
  }

  /// A number is in a schema's range where it is in the reader's.
  @Test(arguments: [
    NumberInterval.finite, .positive, .clippingNorm, .noiseMultiplier, .openUnit, .rate, .momentum,
    .fraction, .notNegative, .overSelection, .upTo(3), .floatFactor, .granularity, .floatOffset,
    .repetitionShape, .repetitionMean,
  ])
  func rangesOfNumbersAreTheReaders(interval: NumberInterval) throws {
    let schema = ValueForm.number(interval).schema { _, _, _ in .object([:]) }
    guard case .object(let members) = schema else { return }
    func bound(_ name: String) -> Double? {
      if case .number(let value)? = members[name] { value } else { nil }
    }
    let ends = ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"].compactMap(bound)
    var candidates: [Double] = [-1, 0.5, 7]
    for end in ends { candidates += [end, end.nextUp, end.nextDown, end * 1.5, end - 1] }
    for value in candidates {
      let isInside =
        (bound("minimum").map { value >= $0 } ?? true)
        && (bound("exclusiveMinimum").map { value > $0 } ?? true)
        && (bound("maximum").map { value <= $0 } ?? true)
        && (bound("exclusiveMaximum").map { value < $0 } ?? true)
      #expect(interval.contains(value) == isInside, "\(interval): \(value)")
    }
  }

  @Test func theReferenceNamesEverySetting() {
    let text = String(decoding: ExperimentReference().document(), as: UTF8.self)
    for path in ExperimentSchema().settingPaths {
      #expect(text.contains("| `\(path)` |"), "\(path)")
    }
    for name in ["`sweep`", "`smoke`", "`cases`", "`zip`", "`exclude`", "log_range"] {
      #expect(text.contains(name))
    }
  }
}
