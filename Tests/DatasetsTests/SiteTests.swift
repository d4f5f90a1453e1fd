import Datasets
import LinearAlgebra
import Testing

@Suite struct SiteTests {
  /// Of every hospital's rows, two of three are for training.
  @Test func hospitalsDeclareTheirTrainingExamples() {
    let rows = ["cleveland": 304, "hungary": 293, "va-long-beach": 200, "switzerland": 123]
    let sites = KnownDataset.heartDisease.sites
    #expect(sites.map(\.name) == ["cleveland", "hungary", "va-long-beach", "switzerland"])
    for site in sites { #expect(site.exampleCount == rows[site.name]! - rows[site.name]! / 3) }
  }

  @Test(arguments: KnownDataset.allCases) func sitesHoldAllExamples(dataset: KnownDataset) {
    let sites = dataset.sites
    #expect(sites.isEmpty || sites.count == dataset.ownerCount)
    #expect(
      sites.isEmpty
        || sites.reduce(0) { $0 + $1.exampleCount } == dataset.trainingExampleCount)
  }

  static let examples = LabeledExamples(
    features: .bytes([10, 11, 12, 13, 14, 15]), labels: [0, 1, 0, 1, 0, 1], featureCount: 1,
    classCount: 2, owners: [2, 0, 1, 2, 0, 2], ownerCount: 4)

  @Test func ownersKeepTheirExamplesInOrder() {
    let held = Self.examples.held(by: [2, 0])
    #expect(held.features == .bytes([10, 11, 13, 14, 15]))
    #expect(held.labels == [0, 1, 1, 0, 1])
    #expect(held.owners == [0, 1, 0, 1, 0])
    #expect(held.ownerCount == 2)
  }

  @Test func whoOwnsNothingHoldsNothing() {
    let held = Self.examples.held(by: [3])
    #expect(held.exampleCount == 0 && held.ownerCount == 1)
  }
}
