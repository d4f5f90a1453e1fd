import Results
import Testing
import _TestSupport

@testable import Datasets
@testable import Experiments

@Suite struct PlanKnownDatasetsTests {
  @Test func theDataOfTrialsAreNamed() throws {
    #expect(try TinyExperiment.plan().knownDatasets == [.fashionMNIST])
    let mnist = try TinyExperiment.plan(
      TinyExperiment.source(["name: fashion-mnist": "name: mnist"]))
    #expect(mnist.knownDatasets == [.mnist])
    #expect(try TinyAnalytics.plan().knownDatasets.isEmpty)
  }

  /// A stand-in with fewer images, under MNIST's fingerprint.
  @Test func mnistRunsAsFashionMNISTDoes() async throws {
    let tiny = TinyExperiment.dataset()
    let standIn = LabeledDataset(
      training: tiny.training, test: tiny.test, fingerprint: KnownDataset.mnist.files.fingerprint)
    let folder = try await Sweep.run(
      TinyExperiment.source(["name: fashion-mnist": "name: mnist"]), dataset: standIn)
    #expect(try RunFiles(directory: folder.path).tradeoffRows().count == 3)
    #expect(try Verification(directory: folder.path).findings.isEmpty)
  }
}
