public import LinearAlgebra
public import Mechanisms

/// Where contributions come from: one update a privacy unit and round.
///
/// A member's update may depend on its own data, the parameters and its key alone: never on another
/// member's.
public protocol UpdateSource {
  /// How many units there are. Sensitive under add-or-remove-one.
  var population: Int { get }

  /// The mean weight of an update in the sum, as the plan reckons: a public constant.
  var expectedWeight: Double { get }

  /// Whether a later run can go on between rounds from the models alone: false where units keep
  /// something that leaves them in no release.
  var canResume: Bool { get }

  /// Adds the clipped updates of a cohort, ascending, to the sum of each model. The models train side
  /// by side on the same members and batches, each from its own parameters; none depends on which
  /// others there are.
  ///
  /// - Returns: what happened before the noise, one entry a model.
  mutating func addUpdates(
    of cohort: [Int], round: Int, keys: SharedKeys, to models: [ModelInRound], workers: Workers
  ) -> [UpdateOutcomes]
}

extension UpdateSource {
  public var expectedWeight: Double { 1 }
  public var canResume: Bool { true }
}

/// One model's part in a round.
public struct ModelInRound {
  /// At the start of the round.
  public let parameters: [Float]
  /// The server's, one element a parameter; empty without control variates.
  public let controlVariate: [Float]
  public let sum: ClippedSum

  public init(parameters: [Float], controlVariate: [Float] = [], sum: ClippedSum) {
    self.parameters = parameters
    self.controlVariate = controlVariate
    self.sum = sum
  }
}
