import Testing
import Training

@Suite struct LearningRateScheduleTests {
  struct Reference: Decodable {
    let rounds: Int
    let factors: [String: [Double]]
  }

  static let shapes: [(name: String, shape: LearningRateSchedule.Shape)] = [
    ("step", .step(every: 6, factor: 0.3)), ("exponential", .exponential(decay: 0.9)),
    ("cosine", .cosine(finalFraction: 0.1)),
  ]

  @Test(arguments: 0..<3, [0, 5])
  func everyFactorIsPyTorchs(index: Int, warmupRounds: Int) throws {
    let reference = try reference("schedules.json", as: Reference.self)
    let (name, shape) = Self.shapes[index]
    let expected = try #require(reference.factors[warmupRounds == 0 ? name : "\(name), warm-up"])
    #expect(expected.count == reference.rounds)
    let schedule = LearningRateSchedule(shape, warmupRounds: warmupRounds)
    for round in 1...reference.rounds {
      let factor = schedule.factor(round: round, of: reference.rounds)
      #expect((factor - expected[round - 1]).magnitude < 1e-14, "\(name), round \(round)")
    }
  }

  @Test func aConstantIsExactlyOne() {
    let schedule = LearningRateSchedule(.constant)
    #expect((1...9).map { schedule.factor(round: $0, of: 9) } == [Double](repeating: 1, count: 9))
    let warmed = LearningRateSchedule(.constant, warmupRounds: 4)
    #expect((1...6).map { warmed.factor(round: $0, of: 6) } == [0.25, 0.5, 0.75, 1, 1, 1])
  }

  @Test func theInverseSquareRootIsOfTheRound() {
    let schedule = LearningRateSchedule(.inverseSquareRoot)
    #expect([1, 4, 16, 100].map { schedule.factor(round: $0, of: 100) } == [1, 0.5, 0.25, 0.1])
  }

  /// Vaswani et al. 2017, equation 3, divided by its highest value: `min(t / w, sqrt(w / t))`.
  @Test func theInverseSquareRootGoesOnFromItsWarmUp() {
    let schedule = LearningRateSchedule(.inverseSquareRoot, warmupRounds: 9)
    for round in 1...50 {
      let t = Double(round)
      let expected = min(t / 9, (9 / t).squareRoot())
      let factor = schedule.factor(round: round, of: 50)
      #expect((factor - expected).magnitude < 1e-15)
    }
  }

  /// A run may be no longer than its warm-up.
  @Test func aWarmUpMayOutlastTheRun() {
    let schedule = LearningRateSchedule(.cosine(finalFraction: 0), warmupRounds: 10)
    #expect(schedule.factor(round: 3, of: 3) == 0.3)
    #expect(schedule.factor(round: 10, of: 10) == 1)
  }

  @Test func aRoundBeyondTheRunIsRefused() async {
    await #expect(processExitsWith: .failure) {
      _ = LearningRateSchedule(.constant).factor(round: 5, of: 4)
    }
  }
}
