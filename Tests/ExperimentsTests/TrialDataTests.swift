import Datasets
import LinearAlgebra
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
    guard case .dealt(let partition) = data.clients else {
      Issue.record("the examples are dealt")
      return
    }
    #expect(partition.exampleCount == 120 && partition.clientCount == 40)
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

  /// More clients than examples: each holds a sample, the same whenever it is asked for.
  @Test func aLargePopulationIsDrawnFromTheExamples() throws {
    let settings = try TinyExperiment.experiment(
      TinyExperiment.plain([
        "clients: 40": "clients: 100000", "partition: iid": "partition: {drawn: 7}",
      ])
    ).points[0].settings.dataset
    let clients = try #require(
      try TrialData(TinyExperiment.dataset(), settings: settings, seed: 7).clients)
    #expect(clients.clientCount == 100_000)
    var (one, again, other): ([Int32], [Int32], [Int32]) = ([], [], [])
    clients.list(client: 99_999, into: &one)
    clients.list(client: 99_999, into: &again)
    clients.list(client: 0, into: &other)
    #expect(one.count == 7 && one.allSatisfy { (0..<150).contains($0) })
    #expect(one == again && one != other)
  }

  /// Every fourth example belongs to the same owner, before and after some are held out.
  @Test(arguments: [0, 30])
  func ownersAreClients(validation: Int) throws {
    let settings = try TinyExperiment.experiment(
      TinyExperiment.plain([
        "name: fashion-mnist": "name: heart-disease", "clients: 40": "clients: 4",
        "partition: iid": "partition: natural",
        "validation_examples: 0": "validation_examples: \(validation)",
      ])
    ).points[0].settings.dataset
    let images = TinyExperiment.dataset().training
    let owned = LabeledExamples(
      features: images.features, labels: images.labels, featureCount: images.featureCount,
      classCount: images.classCount, owners: (0..<150).map { $0 % 4 }, ownerCount: 4)
    let data = try TrialData(
      LabeledDataset(training: owned, test: TinyExperiment.dataset().test, fingerprint: ""),
      settings: settings, seed: 7)
    let clients = try #require(data.clients)
    #expect(clients.clientCount == 4)
    var held = 0
    for client in 0..<4 {
      var examples: [Int32] = []
      clients.list(client: client, into: &examples)
      held += examples.count
      #expect(examples.allSatisfy { data.training.owners?[Int($0)] == Int32(client) })
    }
    #expect(held == 150 - validation)
  }

  @Test func theSeedDecidesSplitAndPartition() throws {
    let (one, same, other) = (
      try data(validation: 30), try data(validation: 30), try data(validation: 30, seed: 8)
    )
    #expect(one.clients == same.clients)
    #expect(images(one.training) == images(same.training))
    #expect(one.clients != other.clients)
    #expect(images(one.training) != images(other.training))
  }

  /// One an example.
  private func images(_ images: LabeledExamples) -> [FeatureRows] {
    (0..<Int32(images.exampleCount)).map {
      images.features.selecting([$0], rowLength: images.featureCount)
    }
  }
}
