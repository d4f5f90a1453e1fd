import Results
import Testing
import _TestSupport

@testable import Experiments

@Suite struct TrialGroupTests {
  private func groups(_ source: String) throws -> [TrialGroup] {
    TrialGroup.groups(of: try TinyExperiment.plan(source).trials.compactMap(\.training))
  }

  @Test(arguments: [
    "privacy.noise: [none, {multiplier: 2.0}]", "privacy.clipping_norm: [0.5, 1.0]",
    "privacy.delta: [1.0e-5, 1.0e-6]", "training.server_learning_rate: [0.5, 1.0]",
    "training.server_momentum: [0.0, 0.9]",
  ])
  func trialsThatShareTheirBatchesTrainTogether(axis: String) throws {
    let groups = try groups(TinyExperiment.plain(["smoke:": "sweep:\n  \(axis)\nsmoke:"]))
    #expect(groups.map(\.trials.count) == [2, 2])
    #expect(groups.map { $0.trials.map(\.plan.replicate) } == [[0, 0], [1, 1]])
    #expect(groups.map { $0.trials.map(\.setting) } == [[0, 1], [0, 1]])
  }

  @Test(arguments: [
    "dataset.clients: [40, 41]", "dataset.partition: [iid, {dirichlet: 1}]",
    "training.rounds: [3, 4]", "training.sampling: [everyone, {poisson_rate: 0.5}]",
    "training.local_epochs: [1, 2]", "training.batch_size: [5, 6]",
    "training.local_learning_rate: [0.1, 0.2]", "training.proximal: [0, 0.1]",
    "training.control_variates: [false, true]", "evaluation.every: [1, 2]",
  ])
  func othersTrainApart(axis: String) throws {
    let groups = try groups(TinyExperiment.plain(["smoke:": "sweep:\n  \(axis)\nsmoke:"]))
    #expect(groups.map(\.trials.count) == [1, 1, 1, 1])
  }

  /// 784 x 4096 weights and more: two such models fill the memory that a group may take.
  @Test func aGroupOfLargeModelsIsCut() throws {
    let groups = try groups(
      TinyExperiment.source([
        "logistic-regression": "multilayer-perceptron\n  hidden_widths: [2560]"
      ]))
    #expect(groups.map(\.trials.count) == [2, 1, 2, 1])
  }

  /// 60,000 clients of 1,630 numbers keep more than a third of what one run may.
  @Test func aGroupWhoseClientsKeepMuchIsCut() throws {
    func counts(_ lines: String) throws -> [Int] {
      try groups(
        TinyExperiment.source([
          "clients: 40": "clients: 60000", "server_momentum: 0.9": "server_momentum: 0.9\n\(lines)",
          "kind: logistic-regression":
            "kind: layers\n  layers: [{average_pool: {size: 7, stride: 7}}, flatten, {dense: 60}]",
        ])
      ).map(\.trials.count)
    }
    #expect(try counts("") == [3, 3])
    #expect(try counts("  control_variates: true") == [2, 1, 2, 1])
  }

  /// Every trial alone gives what it gives among others.
  @Test func companyChangesNoResult() async throws {
    let together = try await Sweep.run()
    let rows = try RunFiles(directory: together.path).roundRows()
    for noise in ["none", "{multiplier: 2.0}", "{multiplier: 0.8}"] {
      let alone = try await Sweep.run(TinyExperiment.plain(["{multiplier: 1.0}": noise]))
      let own = try RunFiles(directory: alone.path).roundRows()
      let ids = Set(own.map(\.trial))
      #expect(ids.count == 2)
      #expect(rows.filter { ids.contains($0.trial) } == own)
    }
  }
}
