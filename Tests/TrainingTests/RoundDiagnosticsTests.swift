import Mechanisms
import Testing

@testable import Training

@Suite struct RoundDiagnosticsTests {
  @Test func anEmptyCohortHasNoMeans() {
    let diagnostics = diagnostics(cohortSize: 0, ClipOutcomes())
    #expect(diagnostics.clippedFraction == nil)
    #expect(diagnostics.meanUpdateNorm == nil)
  }

  @Test func theMeansAreOverTheCohort() {
    var outcomes = ClipOutcomes()
    for norm in [5.0, 1, 0, 10] { outcomes.note(ClipOutcome(norm: norm, wasClipped: norm > 2)) }
    let diagnostics = diagnostics(cohortSize: 4, outcomes)
    #expect(diagnostics.clippedFraction == 0.5)
    #expect(diagnostics.meanUpdateNorm == 4)
  }

  @Test func whatIsNotMeasuredHasNoMean() {
    var outcomes = ClipOutcomes()
    outcomes.noteUnmeasured(4)
    let diagnostics = diagnostics(cohortSize: 4, outcomes)
    #expect(diagnostics.clippedFraction == 0)
    #expect(diagnostics.meanUpdateNorm == nil)
  }

  @Test func bytesAddUp() {
    var (one, other) = (UpdateOutcomes(), UpdateOutcomes())
    one.note(ClipOutcome(norm: 1, wasClipped: true), bytesUp: 40)
    other.note(ClipOutcome(norm: 3, wasClipped: false), bytesUp: 7)
    one.add(other)
    let diagnostics = RoundDiagnostics(
      cohortSize: 2, outcomes: one, bytesDown: 80, isSkipped: false)
    #expect(diagnostics.bytesUp == 47)
    #expect(diagnostics.clippedFraction == 0.5)
    #expect(diagnostics.meanUpdateNorm == 2)
  }

  private func diagnostics(cohortSize: Int, _ outcomes: ClipOutcomes) -> RoundDiagnostics {
    RoundDiagnostics(
      cohortSize: cohortSize, outcomes: UpdateOutcomes(clipping: outcomes), bytesDown: 0,
      isSkipped: false)
  }
}
