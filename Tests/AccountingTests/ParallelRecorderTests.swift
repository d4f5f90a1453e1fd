import Accounting
import Testing

@Suite struct ParallelRecorderTests {
  static let event = sampled(noiseMultiplier: 1, samplingRate: 0.1)

  static func sampled(noiseMultiplier: Double, samplingRate: Double) -> PrivacyEvent {
    .poissonSampled(.gaussian(noiseMultiplier: noiseMultiplier), samplingRate: samplingRate)
  }

  /// What is recorded for parts that make these releases.
  static func ledger(of parts: [[PrivacyEvent]]) throws -> Ledger {
    var recorder = ParallelRecorder(Ledger())
    for part in parts {
      recorder.beginPart()
      for event in part { try recorder.record(event) }
    }
    return recorder.recorder
  }

  @Test func equalPartsCostWhatOneDoes() throws {
    let part = [PrivacyEvent](repeating: Self.event, count: 5)
    let one = try Self.ledger(of: [part])
    #expect(try Self.ledger(of: [part, part, part]) == one)
    #expect(one.runs.map(\.count) == [5])
  }

  @Test(arguments: [
    event, sampled(noiseMultiplier: 1.5, samplingRate: 0.1),
    sampled(noiseMultiplier: 1, samplingRate: 0.05),
    sampled(noiseMultiplier: 3, samplingRate: 0.01),
  ]) func aCheaperPartCostsNothing(cheaper: PrivacyEvent) throws {
    #expect(
      try Self.ledger(of: [[Self.event, Self.event], [cheaper, cheaper]])
        == Self.ledger(of: [[Self.event, Self.event]]))
  }

  /// Less noise, a higher rate, or what cannot be compared.
  @Test(arguments: [
    sampled(noiseMultiplier: 0.9, samplingRate: 0.1),
    sampled(noiseMultiplier: 1, samplingRate: 0.2),
    sampled(noiseMultiplier: 0.9, samplingRate: 0.05),
    .gaussian(noiseMultiplier: 1), .laplace(noiseMultiplier: 9), .nonPrivate,
  ]) func aDearerReleaseIsCharged(dearer: PrivacyEvent) throws {
    let ledger = try Self.ledger(of: [[Self.event, Self.event], [Self.event, dearer]])
    let events = ledger.runs.map(\.event)
    #expect(events == [Self.event, dearer])
    // The next part finds the place paid for.
    #expect(
      try Self.ledger(of: [[Self.event, Self.event], [Self.event, dearer], [Self.event, dearer]])
        == ledger)
  }

  @Test func aLongerPartIsChargedInFull() throws {
    let ledger = try Self.ledger(of: [[Self.event], [Self.event, Self.event, Self.event], []])
    #expect(ledger.runs.map(\.count) == [3])
  }

  /// The price of what is recorded is no lower than that of any part, by an accountant.
  @Test func noLessIsChargedThanAnyPartSpent() throws {
    let cheap = Self.sampled(noiseMultiplier: 2, samplingRate: 0.02)
    let dear = Self.sampled(noiseMultiplier: 0.8, samplingRate: 0.2)
    let parts = [
      [cheap, dear, cheap], [dear, dear], [cheap, cheap, cheap, cheap], [dear, cheap, Self.event],
    ]
    func epsilon(_ event: PrivacyEvent) throws -> Double {
      var accountant = PrivacyLossAccountant(relation: .addOrRemoveOne)
      try accountant.compose(event)
      return try accountant.epsilon(atDelta: 1e-5).lower
    }
    let charged = try epsilon(try Self.ledger(of: parts).event)
    for part in parts { #expect(try epsilon(.composed(part)) <= charged) }
  }

  /// What the order of prices rests on, by an accountant: more noise and lower rates cost less.
  @Test func theOrderOfEventsIsThatOfTheirPrices() throws {
    let events = [0.7, 1, 2].flatMap { noise in
      [0.01, 0.1, 0.5].map { Self.sampled(noiseMultiplier: noise, samplingRate: $0) }
    }
    func epsilon(_ event: PrivacyEvent) throws -> PrivacyBound {
      var accountant = PrivacyLossAccountant(relation: .addOrRemoveOne)
      try accountant.compose(.repeated(event, count: 20))
      return try accountant.epsilon(atDelta: 1e-5)
    }
    let prices = try events.map(epsilon)
    for (cheaper, price) in zip(events, prices) {
      for (dearer, other) in zip(events, prices)
      where try Self.ledger(of: [[dearer], [cheaper]]).runs.map(\.event) == [dearer] {
        #expect(price.lower <= other.upper)
      }
    }
  }

  struct DiskFull: Error, Equatable {}

  struct FailingRecorder: EventRecorder {
    func record(_ event: PrivacyEvent) throws(DiskFull) { throw DiskFull() }
  }

  @Test func whatIsNotRecordedIsNotPaidFor() {
    var recorder = ParallelRecorder(FailingRecorder())
    #expect(throws: DiskFull()) { try recorder.record(Self.event) }
    recorder.beginPart()
    #expect(throws: DiskFull()) { try recorder.record(Self.event) }
  }
}
