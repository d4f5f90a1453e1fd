import Accounting
import Foundation
import Testing

/// Forms A and B are what `json.dumps` of dp-accounting 0.6.0's `to_named_tuple()` gives, as it is and
/// with `_asdict()` at every level; see `dp_accounting_events.json`.
@Suite struct RecordedEventTests {
  private static let gaussian = PrivacyEvent.gaussian(noiseMultiplier: 1.1)

  private func decode(_ json: String) throws -> RecordedEvent {
    try JSONDecoder().decode(RecordedEvent.self, from: Data(json.utf8))
  }

  @Test(
    arguments: [
      (#"{"kind": "gaussian", "noise_multiplier": 1.1}"#, gaussian),
      (
        #"[{"event": {"kind": "gaussian", "noise_multiplier": 1.1}, "count": 7}]"#,
        .composed([.repeated(gaussian, count: 7)])
      ),
      (#"[]"#, .composed([])),
      (#"{"class_name": "GaussianDpEvent", "noise_multiplier": 1.1}"#, gaussian),
      (
        #"{"class_name": "SelfComposedDpEvent", "count": 3, "event": ["#
          + #""dp_accounting.dp_event", "GaussianDpEvent", 1.1]}"#,
        .repeated(gaussian, count: 3)
      ),
      (
        #"{"class_name": "ComposedDpEvent", "events": [{"kind": "gaussian", "#
          + #""noise_multiplier": 1.1}, {"class_name": "NonPrivateDpEvent"}]}"#,
        .composed([gaussian, .nonPrivate])
      ),
    ] as [(String, PrivacyEvent)])
  func everyFormIsRead(json: String, event: PrivacyEvent) throws {
    #expect(try decode(json) == decode(json))
    #expect(try decode(json).event == event)
  }

  /// What dp-accounting itself wrote, both ways, for the same events.
  @Test func whatDPAccountingWritesIsRead() throws {
    let expected: [String: PrivacyEvent] = [
      "no_op": .composed([]),
      "non_private": .nonPrivate,
      "gaussian": Self.gaussian,
      "laplace": .laplace(noiseMultiplier: 0.7),
      "discrete_laplace": .discreteLaplace(scale: (1 / 0.3).nextDown, sensitivity: 4),
      "randomized_response": .randomizedResponse(noiseParameter: 0.25, bucketCount: 10),
      "poisson_sampled": .poissonSampled(Self.gaussian, samplingRate: 0.01),
      "sampled_without_replacement": .sampledWithoutReplacement(
        Self.gaussian, cohortSize: 30, populationSize: 1000),
      "ledger": .composed([
        .repeated(.poissonSampled(Self.gaussian, samplingRate: 0.01), count: 1000),
        .laplace(noiseMultiplier: 0.7),
      ]),
      "repeat_and_select": .repeatAndSelect(
        .poissonSampled(Self.gaussian, samplingRate: 0.01),
        repetitions: .truncatedNegativeBinomial(shape: 0.5, mean: 10)),
    ]
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/dp_accounting_events.json")
    let document = try JSONDecoder().decode(DPAccountingDocument.self, from: Data(contentsOf: path))
    #expect(Set(document.objects.keys) == Set(expected.keys))
    for (name, event) in expected {
      #expect(document.objects[name]?.event == event, "\(name)")
      #expect(document.tuples[name]?.event == event, "\(name)")
    }
  }

  private struct DPAccountingDocument: Decodable {
    let objects: [String: RecordedEvent]
    let tuples: [String: RecordedEvent]
  }

  @Test func aLedgerLineSaysWhatItIsAbout() throws {
    let record = try decode(
      #"{"events": [{"count": 2, "event": {"kind": "non_private"}}], "trial": "d93a6e1d650afd7b","#
        + #" "neighboring_relation": "zero-out", "privacy_unit": "client"}"#)
    #expect(record.event == .composed([.repeated(.nonPrivate, count: 2)]))
    #expect(record.neighboringRelation == .zeroOut)
    #expect(record.privacyUnit == .client)
  }

  @Test(arguments: [
    (
      #"{"class_name": "RandomAllocationDpEvent", "event": {}}"#,
      "RandomAllocationDpEvent cannot be priced: no accountant here has a bound for random"
    ),
    (
      #"["dp_accounting.dp_event", "SingleEpochTreeAggregationDpEvent", 1.0, 3]"#,
      "SingleEpochTreeAggregationDpEvent cannot be priced: no accountant here has a bound for tree"
    ),
    (
      #"{"class_name": "SampledWithReplacementDpEvent"}"#,
      "SampledWithReplacementDpEvent cannot be priced: "
    ),
    (#"{"class_name": "GausianDpEvent"}"#, #""GausianDpEvent" is no known event of dp-accounting"#),
    (
      #"{"class_name": "GaussianDpEvent", "noise_multiplier": 1, "bias": 2}"#,
      "GaussianDpEvent has the unknown field bias, which may change what it means"
    ),
    (
      #"["dp_accounting.dp_event", "GaussianDpEvent", 1.1, 3]"#,
      "GaussianDpEvent has 2 values; its fields are noise_multiplier"
    ),
    (
      #"["dp_accounting.dp_event", "NoOpDpEvent", 3]"#,
      "NoOpDpEvent has 1 value; its fields are none"
    ),
    (
      #"{"module_name": "elsewhere", "class_name": "GaussianDpEvent", "noise_multiplier": 1}"#,
      #"module_name is "elsewhere"; it must be "dp_accounting.dp_event""#
    ),
    (
      #"{"event": {"sampling_probability": 0.01, "event": {"noise_multiplier": 1}}, "count": 10}"#,
      #"neither "kind" nor "class_name" says what this event is"#
    ),
    (
      #"{"class_name": "GaussianDpEvent", "noise_multiplier": 0}"#,
      "noise_multiplier is 0.0; it must be a finite number greater than 0"
    ),
    (
      #"{"class_name": "DiscreteLaplaceDpEvent", "noise_parameter": 0, "sensitivity": 1}"#,
      "noise_parameter is 0.0; it must be a finite number greater than 0"
    ),
    (
      #"["dp_accounting.dp_event", "SelfComposedDpEvent", {"kind": "non_private"}, -1]"#,
      "count is -1; it must be from 0 to 9007199254740992"
    ),
  ])
  func whatHasNoTheoremIsRefusedByName(json: String, message: String) {
    let error = #expect(throws: DecodingError.self) { try decode(json) }
    guard case .dataCorrupted(let context) = error else {
      Issue.record("not a refusal of the data: \(String(describing: error))")
      return
    }
    #expect(context.debugDescription.hasPrefix(message), "\(context.debugDescription)")
  }

  @Test(arguments: [
    #"{"class_name": "GaussianDpEvent"}"#, #"{"class_name": "SelfComposedDpEvent", "count": 1}"#,
    #"["dp_accounting.dp_event"]"#, "3", "null", #""gaussian""#, #"{"events": 3}"#,
    #"{"events": [], "neighboring_relation": "near"}"#,
    #"["dp_accounting.dp_event", "GaussianDpEvent", "1"]"#,
  ])
  func whatIsNoEventIsRefused(json: String) {
    #expect(throws: DecodingError.self) { try decode(json) }
  }
}
