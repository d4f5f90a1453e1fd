import Accounting
import Testing

@Suite struct AccountingErrorTests {
  @Test(
    arguments: [
      (
        .outOfRange(argument: "delta", given: 1, allowed: .openUnitInterval),
        "delta is 1.0; it must be a number greater than 0 and less than 1"
      ),
      (
        .countOutOfRange(argument: "cohort_size", given: 7, allowed: 1...5),
        "cohort_size is 7; it must be from 1 to 5"
      ),
      (
        .unsupported(
          event: .poissonSampled(.gaussian(noiseMultiplier: 1), samplingRate: 0.5),
          accountant: .rdp,
          relation: .replaceOne, reason: .poissonNeedsAddOrRemove),
        "the rdp accountant cannot price poisson_sampled under replace-one: Poisson sampling is amplified "
          + "under add-or-remove-one and zero-out only; use one of these, or sample without replacement"
      ),
    ] as [(AccountingError, String)])
  func descriptionsNameTheValueAndTheMend(error: AccountingError, text: String) {
    #expect(error.description == text)
  }

  @Test func refusalsGiveTheReasonForEachRelation() {
    let gaussian = PrivacyEvent.gaussian(noiseMultiplier: 1)
    let laplace = PrivacyEvent.laplace(noiseMultiplier: 1)
    let report = PrivacyEvent.randomizedResponse(noiseParameter: 0.5, bucketCount: 2)
    let cases: [(PrivacyEvent, NeighboringRelation, UnsupportedReason)] = [
      (.poissonSampled(gaussian, samplingRate: 0.5), .replaceOne, .poissonNeedsAddOrRemove),
      (
        .sampledWithoutReplacement(gaussian, cohortSize: 1, populationSize: 2), .zeroOut,
        .withoutReplacementNeedsReplaceOne
      ),
      (
        .poissonSampled(.repeated(laplace, count: 2), samplingRate: 0.5), .addOrRemoveOne,
        .onlyGaussianAnswersShareCohorts
      ),
      (.poissonSampled(laplace, samplingRate: 0.5), .replaceOne, .poissonNeedsAddOrRemove),
      (
        .sampledWithoutReplacement(
          .composed([gaussian, laplace]), cohortSize: 1, populationSize: 2),
        .replaceOne, .onlyGaussianAnswersShareCohorts
      ),
      (.poissonSampled(report, samplingRate: 0.5), .zeroOut, .reportsShowTheCohort),
      (report, .addOrRemoveOne, .reportsShowPresence),
      (
        .poissonSampled(.poissonSampled(gaussian, samplingRate: 0.5), samplingRate: 0.5),
        .addOrRemoveOne, .nestedSampling
      ),
      (.takingTurns(gaussian, unitCount: 3), .addOrRemoveOne, .turnsShowPresence),
      (
        .poissonSampled(.takingTurns(gaussian, unitCount: 3), samplingRate: 0.5), .zeroOut,
        .turnsInsideOfSampling
      ),
      (
        .takingTurns(.takingTurns(gaussian, unitCount: 3), unitCount: 2), .replaceOne,
        .turnsInsideOfSampling
      ),
    ]
    for (event, relation, reason) in cases {
      var accountant = RenyiAccountant(relation: relation)
      #expect(
        throws: AccountingError.unsupported(
          event: event, accountant: .rdp, relation: relation, reason: reason)
      ) { try accountant.compose(event) }
    }
  }
}
