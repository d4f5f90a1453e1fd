import Accounting
import Foundation
import Testing

@Suite struct PrivacyEventTests {
  static let gaussian = PrivacyEvent.gaussian(noiseMultiplier: 1.25)

  @Test(
    arguments: [
      (#"{"kind":"non_private"}"#, .nonPrivate),
      (#"{"kind":"gaussian","noise_multiplier":1.25}"#, gaussian),
      (#"{"kind":"laplace","noise_multiplier":0.5}"#, .laplace(noiseMultiplier: 0.5)),
      (
        #"{"kind":"discrete_gaussian","sensitivity":2147483648,"standard_deviation":0.5}"#,
        .discreteGaussian(standardDeviation: 0.5, sensitivity: 1 << 31)
      ),
      (
        #"{"kind":"discrete_laplace","scale":2.5,"sensitivity":3}"#,
        .discreteLaplace(scale: 2.5, sensitivity: 3)
      ),
      (
        #"{"bucket_count":2,"kind":"randomized_response","noise_parameter":1}"#,
        .randomizedResponse(noiseParameter: 1, bucketCount: 2)
      ),
      (
        #"{"event":{"kind":"gaussian","noise_multiplier":1.25},"kind":"poisson_sampled","sampling_rate":0.125}"#,
        .poissonSampled(gaussian, samplingRate: 0.125)
      ),
      (
        #"{"cohort_size":3,"event":{"kind":"gaussian","noise_multiplier":1.25},"#
          + #""kind":"sampled_without_replacement","population_size":10}"#,
        .sampledWithoutReplacement(gaussian, cohortSize: 3, populationSize: 10)
      ),
      (
        #"{"events":[{"kind":"gaussian","noise_multiplier":1.25},{"kind":"non_private"}],"kind":"composed"}"#,
        .composed([gaussian, .nonPrivate])
      ),
      (
        #"{"count":9007199254740992,"event":{"kind":"gaussian","noise_multiplier":1.25},"kind":"repeated"}"#,
        .repeated(gaussian, count: 1 << 53)
      ),
      (
        #"{"event":{"kind":"gaussian","noise_multiplier":1.25},"kind":"taking_turns","unit_count":4}"#,
        .takingTurns(gaussian, unitCount: 4)
      ),
      (#"{"kind":"failure","probability":0.125}"#, .failure(probability: 0.125)),
      (
        #"{"contributor_count":100,"dimension":64,"kind":"distributed_discrete_gaussian","#
          + #""l1_sensitivity":24,"squared_l2_sensitivity":9,"standard_deviation":1.5}"#,
        .distributedDiscreteGaussian(
          standardDeviation: 1.5, contributorCount: 100,
          sensitivity: GridSensitivity(squaredL2: 9, l1: 24, dimension: 64))
      ),
      (
        #"{"dimension":64,"kind":"skellam","l1_sensitivity":24,"squared_l2_sensitivity":9,"variance":2.5}"#,
        .skellam(
          variance: 2.5, sensitivity: GridSensitivity(squaredL2: 9, l1: 24, dimension: 64))
      ),
      (
        #"{"kind":"local_gaussian","noise_multiplier":1.25}"#,
        .localGaussian(noiseMultiplier: 1.25)
      ),
    ] as [(String, PrivacyEvent)])
  func jsonIsStable(json: String, event: PrivacyEvent) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    #expect(String(decoding: try encoder.encode(event), as: UTF8.self) == json)
    #expect(try JSONDecoder().decode(PrivacyEvent.self, from: Data(json.utf8)) == event)
  }

  @Test(arguments: [
    (#"{"kind":"gaussian","noise_multiplier":0}"#, "noise_multiplier is 0.0"),
    (#"{"kind":"laplace","noise_multiplier":-2}"#, "noise_multiplier is -2.0"),
    (
      #"{"kind":"discrete_gaussian","standard_deviation":0,"sensitivity":1}"#,
      "standard_deviation is 0.0"
    ),
    (
      #"{"kind":"discrete_gaussian","standard_deviation":1,"sensitivity":0}"#,
      "sensitivity is 0; it must be from 1 to 2147483648"
    ),
    (#"{"kind":"discrete_laplace","scale":-1,"sensitivity":1}"#, "scale is -1.0"),
    (
      #"{"kind":"discrete_laplace","scale":1,"sensitivity":2147483649}"#,
      "sensitivity is 2147483649"
    ),
    (
      #"{"kind":"randomized_response","noise_parameter":0,"bucket_count":2}"#,
      "noise_parameter is 0.0; it must be a number greater than 0 and at most 1"
    ),
    (
      #"{"kind":"randomized_response","noise_parameter":0.5,"bucket_count":1}"#,
      "bucket_count is 1; it must be from 2 to"
    ),
    (
      #"{"kind":"poisson_sampled","sampling_rate":1.5,"event":{"kind":"non_private"}}"#,
      "sampling_rate is 1.5"
    ),
    (
      #"{"kind":"sampled_without_replacement","cohort_size":11,"population_size":10,"#
        + #""event":{"kind":"non_private"}}"#,
      "cohort_size is 11; it must be from 1 to 10"
    ),
    (#"{"kind":"repeated","count":-1,"event":{"kind":"non_private"}}"#, "count is -1"),
    (
      #"{"kind":"taking_turns","unit_count":0,"event":{"kind":"non_private"}}"#,
      "unit_count is 0; it must be from 1 to 9007199254740992"
    ),
    (#"{"kind":"failure","probability":0}"#, "probability is 0.0"),
    (
      #"{"kind":"skellam","variance":0,"squared_l2_sensitivity":9,"l1_sensitivity":9,"dimension":1}"#,
      "variance is 0.0"
    ),
    (
      #"{"kind":"skellam","variance":1,"squared_l2_sensitivity":0,"l1_sensitivity":9,"dimension":1}"#,
      "squared_l2_sensitivity is 0; it must be from 1 to 1152921504606846976"
    ),
    (
      #"{"kind":"distributed_discrete_gaussian","standard_deviation":1,"contributor_count":0,"#
        + #""squared_l2_sensitivity":9,"l1_sensitivity":9,"dimension":1}"#,
      "contributor_count is 0; it must be from 1 to 2147483648"
    ),
    (#"{"kind":"local_gaussian","noise_multiplier":-1}"#, "noise_multiplier is -1.0"),
    (
      #"{"kind":"composed","events":[{"kind":"gaussian","noise_multiplier":-1}]}"#,
      "noise_multiplier is -1.0"
    ),
    (#"{"kind":"gausian","noise_multiplier":1}"#, "\"gausian\" is no kind of privacy event"),
  ])
  func decodingRefusesAndNamesWhatIsWrong(json: String, message: String) {
    let error = #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(PrivacyEvent.self, from: Data(json.utf8))
    }
    guard case .dataCorrupted(let context) = error else {
      Issue.record("not a refusal of the data: \(String(describing: error))")
      return
    }
    #expect(context.debugDescription.contains(message))
  }

  @Test func missingNumbersAreRefused() {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(PrivacyEvent.self, from: Data(#"{"kind":"gaussian"}"#.utf8))
    }
  }

  @Test func validationNamesArgumentValueAndRange() {
    #expect(
      throws: AccountingError.outOfRange(
        argument: "sampling_rate", given: 2, allowed: .probabilityAboveZero)
    ) {
      try PrivacyEvent.composed([
        Self.gaussian, .poissonSampled(.gaussian(noiseMultiplier: -1), samplingRate: 2),
      ]).validate()
    }
    #expect(
      throws: AccountingError.countOutOfRange(
        argument: "population_size", given: 0, allowed: 1...1 << 53)
    ) {
      try PrivacyEvent.sampledWithoutReplacement(Self.gaussian, cohortSize: 1, populationSize: 0)
        .validate()
    }
  }

  @Test(
    arguments: [
      (gaussian, .fullParticipation),
      (.randomizedResponse(noiseParameter: 0.5, bucketCount: 2), .fullParticipation),
      (.composed([]), .fullParticipation),
      (.repeated(.takingTurns(gaussian, unitCount: 5), count: 3), .inTurn),
      (.takingTurns(.poissonSampled(gaussian, samplingRate: 0.5), unitCount: 5), .mixed),
      (
        .composed([.failure(probability: 0.1), .poissonSampled(gaussian, samplingRate: 0.5)]),
        .poisson
      ),
      (.poissonSampled(gaussian, samplingRate: 1), .fullParticipation),
      (.repeated(.poissonSampled(gaussian, samplingRate: 0.5), count: 3), .poisson),
      (.sampledWithoutReplacement(gaussian, cohortSize: 2, populationSize: 2), .fullParticipation),
      (.sampledWithoutReplacement(gaussian, cohortSize: 1, populationSize: 2), .withoutReplacement),
      (.composed([gaussian, .poissonSampled(gaussian, samplingRate: 0.5)]), .mixed),
      (.poissonSampled(.poissonSampled(gaussian, samplingRate: 0.5), samplingRate: 0.5), .mixed),
    ] as [(PrivacyEvent, SamplingScheme)])
  func samplingSchemeCoversTheWholeEvent(event: PrivacyEvent, scheme: SamplingScheme) {
    #expect(event.samplingScheme == scheme)
  }
}
