import Accounting
import Randomness
import Testing

@testable import Mechanisms

/// No value without a bill.
@Suite struct PrivateUpdateTests {
  struct DiskFull: Error, Equatable {}

  /// Keeps events until it is full; then it tries, and fails.
  struct Recorder: ~Copyable, EventRecorder {
    var kept: [PrivacyEvent] = []
    var attempts = 0
    let capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    mutating func record(_ event: PrivacyEvent) throws(DiskFull) {
      attempts += 1
      guard kept.count < capacity else { throw DiskFull() }
      kept.append(event)
    }
  }

  @Test func theRecordedEventIsTheAmplifiedOne() throws {
    var recorder = Recorder(capacity: 1)
    let update = PrivateUpdate(Release(mean: [1, 2]), event: .gaussian(noiseMultiplier: 2))
    #expect(update.event == .gaussian(noiseMultiplier: 2))
    let release = try update.charge(&recorder) { .poissonSampled($0, samplingRate: 0.1) }
    #expect(release == Release(mean: [1, 2]))
    let kept = recorder.kept
    #expect(kept == [.poissonSampled(.gaussian(noiseMultiplier: 2), samplingRate: 0.1)])
  }

  @Test func aRecorderThatFailsYieldsNoValue() {
    var recorder = Recorder(capacity: 0)
    var release: Release?
    do throws(DiskFull) {
      let update = PrivateUpdate(Release(mean: [1, 2]), event: .nonPrivate)
      release = try update.charge(&recorder) { $0 }
    } catch {
      #expect(error == DiskFull())
    }
    #expect(release == nil)
    let attempts = recorder.attempts
    #expect(attempts == 1)
  }

  @Test func everyChargeIsRecordedOnce() throws {
    var recorder = Recorder(capacity: 5)
    for multiplier in 1...5 {
      let event = PrivacyEvent.gaussian(noiseMultiplier: Double(multiplier))
      _ = try PrivateUpdate(Release(mean: []), event: event).charge(&recorder) { $0 }
    }
    let kept = recorder.kept
    #expect(kept == (1...5).map { .gaussian(noiseMultiplier: Double($0)) })
  }
}
