/// An institution that holds part of a published data set.
public struct Site: Hashable, Sendable {
  /// Lower-case words joined by hyphens.
  public let name: String
  /// Training examples that it holds, as published.
  public let exampleCount: Int
}

extension KnownDataset {
  /// The institutions that the examples belong to, in the order of the owners' numbers; empty where
  /// their sizes are not published.
  public var sites: [Site] { facts.sites }
}

extension LabeledExamples {
  /// The examples of some owners, who are numbered anew in this order.
  ///
  /// - Precondition: the data say who owns what.
  public func held(by chosen: [Int]) -> LabeledExamples {
    guard let owners else { preconditionFailure("the data say who owns what") }
    var numbers = [Int32?](repeating: nil, count: ownerCount)
    for (number, owner) in chosen.enumerated() { numbers[owner] = Int32(number) }
    let kept = owners.indices.filter { numbers[Int(owners[$0])] != nil }
    let examples = selecting(kept.map { Int32($0) })
    return LabeledExamples(
      features: examples.features, labels: examples.labels, featureCount: featureCount,
      classCount: classCount, owners: kept.map { numbers[Int(owners[$0])]! },
      ownerCount: chosen.count)
  }
}
