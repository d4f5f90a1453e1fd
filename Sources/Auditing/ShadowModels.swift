/// How sure each of many models is of the label of each example, and which of them were trained on it.
public struct ShadowModels: Sendable {
  /// `[model][example]`: log(p / (1 - p)), p being the probability that the model gives to the label.
  public let logOdds: [[Double]]
  /// `[model][example]`: whether the model was trained on the example, by a fair coin of its own.
  public let isMember: [[Bool]]

  public var modelCount: Int { logOdds.count }
  public var exampleCount: Int { logOdds[0].count }

  /// Throws ``AuditingError`` where a value is not finite, as after a training that diverged, and where there
  /// are fewer than four models or no examples.
  ///
  /// - Precondition: a coin for each value, and as many values in each model.
  public init(logOdds: [[Double]], isMember: [[Bool]]) throws(AuditingError) {
    guard logOdds.count >= Self.fewest else {
      throw .tooFew(what: "shadow models", given: logOdds.count, least: Self.fewest)
    }
    guard let exampleCount = logOdds.first?.count, exampleCount > 0 else {
      throw .tooFew(what: "examples to attack", given: 0, least: 1)
    }
    precondition(
      isMember.count == logOdds.count
        && zip(logOdds, isMember).allSatisfy {
          $0.count == exampleCount && $1.count == exampleCount
        }, "a coin for each value")
    for (model, values) in logOdds.enumerated() {
      guard let index = values.firstIndex(where: { !$0.isFinite }) else { continue }
      throw .scoreIsNotANumber(index: model * exampleCount + index)
    }
    self.logOdds = logOdds
    self.isMember = isMember
  }

  /// So that there are some with and without an example besides the one that is attacked.
  public static let fewest = 4

  /// How well scores, `[model][example]`, tell members, all models together.
  public func curve(of scores: [[Double]]) throws(AuditingError) -> ReceiverOperatingCurve {
    try ReceiverOperatingCurve(
      members: (0..<modelCount).flatMap { members(scores, of: $0) },
      nonMembers: (0..<modelCount).flatMap { model in
        scores[model].indices.filter { !isMember[model][$0] }.map { scores[model][$0] }
      })
  }

  /// The rate of true positives at a threshold in each model, without those that have no members: how much
  /// they differ says how far the rate of all together is to be trusted, as examples share a model.
  public func truePositiveRates(of scores: [[Double]], threshold: Double) -> [Double] {
    (0..<modelCount).compactMap { model in
      let members = members(scores, of: model)
      return members.isEmpty
        ? nil : Double(members.count { $0 >= threshold }) / Double(members.count)
    }
  }

  private func members(_ scores: [[Double]], of model: Int) -> [Double] {
    scores[model].indices.filter { isMember[model][$0] }.map { scores[model][$0] }
  }
}
