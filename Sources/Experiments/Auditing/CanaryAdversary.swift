internal import Auditing
internal import Datasets
internal import LinearAlgebra
internal import Mechanisms
internal import Models
internal import Training

/// Who knows the settings, that nobody else takes part, and the one example that may; sees every release; and
/// wants to know whether it did.
struct CanaryAdversary {
  private let network: Network
  private let canary: LabeledExamples
  private let release: GaussianRelease
  private let clippingNorm: Double
  /// By which the released sum was divided.
  private let divisor: Double
  private var workspace: Workspace
  /// Of the model before the next release.
  private var parameters: [Float]
  private var gradient: [Float]
  /// Of all releases so far: log(likelihood with the canary / likelihood without it).
  private(set) var logLikelihoodRatio = 0.0
  /// The shares of the clipping norm that the canary contributes when it is drawn, added up over rounds.
  private(set) var totalShare = 0.0

  /// - Parameter canary: one example.
  init(
    network: Network, canary: LabeledExamples, release: GaussianRelease, clippingNorm: Double,
    divisor: Double, initialParameters: [Float]
  ) {
    self.network = network
    self.canary = canary
    self.release = release
    self.clippingNorm = clippingNorm
    self.divisor = divisor
    parameters = initialParameters
    workspace = Workspace(for: network, capacity: 1)
    gradient = [Float](repeating: 0, count: network.parameterCount)
  }

  /// - Parameter next: the model's parameters after the release.
  mutating func see(_ mean: [Float], next: [Float]) {
    clear(&gradient)
    workspace.load([0], features: canary.features, labels: canary.labels)
    network.differentiate(parameters, in: &workspace)
    network.addGradients(in: &workspace, scale: -1, to: &gradient)
    var (square, projection) = (0.0, 0.0)
    for (update, mean) in zip(gradient, mean) {
      square += Double(update) * Double(update)
      projection += Double(update) * Double(mean)
    }
    let norm = square.squareRoot()
    let scale = norm > clippingNorm ? clippingNorm / norm : 1
    logLikelihoodRatio += release.logLikelihoodRatio(
      projection: projection * divisor * scale, squaredNorm: square * scale * scale)
    totalShare += norm * scale / clippingNorm
    parameters = next
  }

  /// How sure the model is of the canary's label: the lower its loss, the higher.
  mutating func logOdds(_ parameters: [Float]) -> Double {
    network.logOdds(
      parameters, of: [0], features: canary.features, labels: canary.labels, in: &workspace)[0]
  }
}
