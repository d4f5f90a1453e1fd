import Accounting
import Datasets
import Testing

@testable import Experiments

@Suite struct StarterFileTests {
  @Test(arguments: KnownDataset.allCases, PrivacyUnit.allCases)
  func everyStarterIsAnExperiment(dataset: KnownDataset, unit: PrivacyUnit) throws {
    let starter = StarterFile(name: "mine", unit: unit, dataset: dataset)
    for smoke in [false, true] {
      let experiment = try Experiment(source: starter.text, file: "mine.yaml", smoke: smoke)
      #expect(experiment.name == "mine" && experiment.points.count == (smoke ? 2 : 4))
      #expect(experiment.replicates == (smoke ? 1 : 3))
    }
    #expect(starter.text.hasPrefix("# yaml-language-server: $schema=experiment.schema.json\n"))
  }

  @Test func everyStarterHasASeedOfItsOwn() throws {
    let seeds = try (0..<20).map { _ in
      try Experiment(
        source: StarterFile(name: "a", unit: .client, dataset: .digits).text, file: "a.yaml",
        smoke: false
      ).seed
    }
    // Two of 20 agree by chance once in five million runs.
    #expect(Set(seeds).count == 20)
  }

  @Test(arguments: [
    ("folder/My Experiment_2.yaml", "my-experiment-2"), ("a.yml", "a"), ("x", "x"),
    ("--é.yaml", nil),
  ])
  func namesComeFromFiles(file: String, name: String?) {
    #expect(StarterFile.name(from: file) == name)
  }
}
