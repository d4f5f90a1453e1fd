import Accounting
import Randomness
import Testing

@testable import Analytics

/// No count without a bill.
struct PrivateHistogramTests {
  struct DiskFull: Error, Equatable {}

  struct Recorder: ~Copyable, EventRecorder {
    var kept: [PrivacyEvent] = []
    let isFull: Bool

    init(isFull: Bool) { self.isFull = isFull }

    mutating func record(_ event: PrivacyEvent) throws(DiskFull) {
      guard !isFull else { throw DiskFull() }
      kept.append(event)
    }
  }

  private static let limit = ContributionLimit(keysPerUser: 2)

  private func histogram(_ limit: ContributionLimit? = Self.limit) -> UserHistogram<String> {
    var histogram = UserHistogram<String>(limit: limit)
    for keys in [["a", "b"], ["b"], ["b", "c"], ["c"]] { histogram.add(userWith: keys) }
    return histogram
  }

  @Test func theReleaseIsChargedAsItWasMade() throws {
    let mechanism = ThresholdedGaussian(
      limit: Self.limit, noiseMultiplier: 0.01, failureProbability: 1e-6)
    var recorder = Recorder(isFull: false)
    let released = try mechanism.release(histogram(), noise: StreamKey(seed: 1)).charge(&recorder)
    let kept = recorder.kept
    #expect(
      kept == [.composed([.gaussian(noiseMultiplier: 0.01), .failure(probability: 1e-6)])])
    #expect(released.entries.map(\.key) == ["b", "c"])
    #expect(released.entries.map { $0.count.rounded() } == [3, 2])
  }

  @Test func aRecorderThatFailsYieldsNoCounts() {
    var recorder = Recorder(isFull: true)
    #expect(throws: DiskFull()) {
      _ = try ExactHistogram(limit: Self.limit).release(histogram(), noise: StreamKey(seed: 1))
        .charge(&recorder)
    }
  }

  @Test(arguments: [nil, PrivateHistogramTests.limit])
  func countsAsTheyAreHaveNoPrivacy(limit: ContributionLimit?) throws {
    var ledger = Ledger()
    let released = try ExactHistogram(limit: limit)
      .release(histogram(limit), noise: StreamKey(seed: 1)).charge(&ledger)
    #expect(ledger.runs.map(\.event) == [.nonPrivate])
    #expect(released.entries.map(\.key) == ["b", "c", "a"])
    #expect(released.entries.map(\.count) == [3, 2, 1])
    #expect(released.top(2) == ["b", "c"])
    #expect(released.top(9) == ["b", "c", "a"])
  }

  @Test func aHistogramMadeForOtherBoundsIsRefused() async {
    await #expect(processExitsWith: .failure) {
      let mechanism = ThresholdedGaussian(
        limit: ContributionLimit(keysPerUser: 2), noiseMultiplier: 1, failureProbability: 1e-6)
      let histogram = UserHistogram<Int>(limit: ContributionLimit(keysPerUser: 3))
      _ = mechanism.release(histogram, noise: StreamKey(seed: 1))
    }
  }
}
