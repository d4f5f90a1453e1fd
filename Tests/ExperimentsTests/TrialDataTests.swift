import Datasets
import Randomness
import Testing

@testable import Experiments

@Suite struct TrialDataTests {
  private func data(validation: Int, seed: UInt64 = 7) throws -> TrialData {
    let settings = try TinyExperiment.experiment(
      TinyExperiment.plain(["validation_examples: 0": "validation_examples: \(validation)"])
    ).points[0].settings.dataset
    return try TrialData(TinyExperiment.dataset(), settings: settings, seed: seed)
  }

  @Test func heldOutExamplesAreNoClients() throws {
    let all = TinyExperiment.dataset().training
    let data = try data(validation: 30)
    let validation = try #require(data.validation)
    #expect(validation.exampleCount == 30)
    #expect(data.training.exampleCount == 120)
    #expect(data.partition?.exampleCount == 120 && data.partition?.clientCount == 40)
    // The images all differ, so they name themselves.
    let parts = [data.training, validation].flatMap(images)
    #expect(Set(parts).count == 150)
    #expect(Set(parts) == Set(images(all)))
    #expect(images(data.examples(of: .validation)) == images(validation))
    #expect(images(data.examples(of: .test)) == images(TinyExperiment.dataset().test))
  }

  @Test func withoutAValidationSplitNothingIsHeldOut() throws {
    let data = try data(validation: 0)
    #expect(data.validation == nil)
    #expect(data.training.exampleCount == 150)
  }

  @Test func theSeedDecidesSplitAndPartition() throws {
    let (one, same, other) = (
      try data(validation: 30), try data(validation: 30), try data(validation: 30, seed: 8)
    )
    #expect(one.partition == same.partition)
    #expect(images(one.training) == images(same.training))
    #expect(one.partition != other.partition)
    #expect(images(one.training) != images(other.training))
  }

  private func images(_ images: LabeledImages) -> [[UInt8]] {
    (0..<images.exampleCount).map {
      Array(images.pixels[$0 * images.featureCount..<($0 + 1) * images.featureCount])
    }
  }
}
