import Mechanisms
import Testing

@testable import Training

@Suite struct RoundDiagnosticsTests {
  @Test func anEmptyCohortHasNoMeans() {
    let diagnostics = RoundDiagnostics(cohortSize: 0, outcomes: ClipOutcomes())
    #expect(diagnostics.clippedFraction == nil)
    #expect(diagnostics.meanUpdateNorm == nil)
  }

  @Test func theMeansAreOverTheCohort() {
    var outcomes = ClipOutcomes()
    for norm in [5.0, 1, 0, 10] { outcomes.note(ClipOutcome(norm: norm, wasClipped: norm > 2)) }
    let diagnostics = RoundDiagnostics(cohortSize: 4, outcomes: outcomes)
    #expect(diagnostics.clippedFraction == 0.5)
    #expect(diagnostics.meanUpdateNorm == 4)
  }

  @Test func whatIsNotMeasuredHasNoMean() {
    var outcomes = ClipOutcomes()
    outcomes.noteUnmeasured(4)
    let diagnostics = RoundDiagnostics(cohortSize: 4, outcomes: outcomes)
    #expect(diagnostics.clippedFraction == 0)
    #expect(diagnostics.meanUpdateNorm == nil)
  }
}
