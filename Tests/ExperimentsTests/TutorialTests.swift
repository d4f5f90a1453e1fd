import Foundation
import Results
import Testing
import _TestSupport

@testable import Datasets
@testable import Experiments

/// The experiment of most texts, against the same in PyTorch.
@Suite struct TutorialTests {
  static let isInstalled = KnownDataset.fashionMNIST.status().isUsable

  /// Accuracies by PyTorch, `[round][seed]`.
  private func reference() throws -> [[Double]] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/mlp_tutorial.csv")
    let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst(2)
      .map { $0.split(separator: ",") }
    return (1...5).map { round in
      rows.filter { $0[1] == "\(round)" }.compactMap { Double($0[2]) }
    }
  }

  /// Five checks, one a round: our replicates and PyTorch's twenty seeds are draws of one curve.
  @Test(.enabled(if: isInstalled, "Fashion-MNIST is not installed"))
  func theCurveIsThatOfPyTorch() async throws {
    let data = try KnownDataset.fashionMNIST.load(folder: nil)
    let folder = try await Sweep.run(TinyExperiment.published("mlp-tutorial"), dataset: data)
    let rows = try RunFiles(directory: folder.path).roundRows().filter { $0.metric == .accuracy }
    for (round, seeds) in try reference().enumerated() {
      let replicates = rows.filter { $0.round == round + 1 }.map(\.value)
      #expect(replicates.count == 5 && seeds.count == 20)
      #expect(GoodnessOfFit.equalMeans(replicates, seeds) > AlarmBudget.perCheck)
    }
  }
}
