public import Randomness

/// How the training examples are dealt out to the clients of a federated experiment.
///
/// Every example goes to exactly one client and every client gets at least one. How many each
/// client gets depends on the counts alone, never on features or labels, so client sizes are public;
/// except where the data say who holds what, and the sizes are the data's own.
public enum Partition: Hashable, Codable, Sendable {
  /// A random permutation cut into equal parts; sizes differ by at most one.
  case iid

  /// Examples sorted by label, cut into `clientCount * shardsPerClient` shards, and
  /// `shardsPerClient` random shards dealt to each client; shard sizes differ by at most one.
  ///
  /// McMahan, Moore, Ramage, Hampson, Aguera y Arcas: Communication-Efficient Learning of Deep
  /// Networks from Decentralized Data, section 3, AISTATS 2017 (there with 2 shards per client).
  case labelShards(shardsPerClient: Int)

  /// Class proportions drawn for each client from Dir(`alpha` * prior), where the prior is the
  /// share of each class among the examples; sizes differ by at most one.
  ///
  /// Hsu, Qi, Brown: Measuring the Effects of Non-Identical Data Distribution for Federated Visual
  /// Classification, section 3, arXiv:1909.06335 (2019). The prior sums to one, so with ten equal
  /// classes each concentration is `alpha / 10`. Papers that write Dir(`alpha`) with `alpha` in
  /// each place mean ten times as much: their 0.1 is 1 here.
  ///
  /// Clients are served in order, and each draws its examples without replacement. A class that
  /// has run out leaves the draw, and the other proportions are scaled up to sum to one; so the
  /// last clients take what is left.
  case dirichlet(alpha: Double)

  /// A random permutation cut into parts of very different size: beyond one example for each, client
  /// k = 1, 2, ... gets a share in proportion to k^-`exponent`, Zipf's law of sizes by rank. The
  /// ranks of a Pareto distribution with tail index 1 / `exponent` fall like this.
  ///
  /// Newman: Power laws, Pareto distributions and Zipf's law, section 3 and appendix A, Contemporary
  /// Physics 46 (2005), for the law; Li, Sahu, Zaheer, Sanjabi, Talwalkar, Smith: Federated
  /// Optimization in Heterogeneous Networks, section 5.1, MLSys 2020, for devices whose numbers of
  /// samples follow one.
  case powerLaw(exponent: Double)

  /// Whoever an example belongs to holds it: a client for each person, site or device in the data.
  case natural
}

extension Partition {
  /// Refuses settings that would leave a client or a shard empty, before any data is read.
  ///
  /// - Throws: ``DatasetError/clientCountOutOfRange(given:exampleCount:)``,
  ///   ``DatasetError/shardsPerClientOutOfRange(given:clientCount:exampleCount:)``,
  ///   ``DatasetError/dirichletAlphaOutOfRange(given:)`` or
  ///   ``DatasetError/powerLawExponentOutOfRange(given:)``.
  public func validate(exampleCount: Int, clientCount: Int) throws(DatasetError) {
    guard clientCount >= 1, clientCount <= exampleCount else {
      throw .clientCountOutOfRange(given: clientCount, exampleCount: exampleCount)
    }
    switch self {
    case .iid, .natural: break
    case .labelShards(let shardsPerClient):
      guard shardsPerClient >= 1, shardsPerClient <= exampleCount / clientCount else {
        throw .shardsPerClientOutOfRange(
          given: shardsPerClient, clientCount: clientCount, exampleCount: exampleCount)
      }
    case .dirichlet(let alpha):
      guard alpha > 0, alpha.isFinite else { throw .dirichletAlphaOutOfRange(given: alpha) }
    case .powerLaw(let exponent):
      guard exponent > 0, exponent.isFinite else {
        throw .powerLawExponentOutOfRange(given: exponent)
      }
    }
  }

  /// Deals the examples with these labels and owners to `clientCount` clients.
  ///
  /// - Parameters:
  ///   - labels: `[example]`, each below `classCount`.
  ///   - classCount: at least 1.
  ///   - owners: `[example]`, each below `ownerCount`; nil where the data do not say.
  ///   - clientCount: 1 to the number of examples; for ``natural``, `ownerCount`.
  ///   - key: the same key, labels and counts give the same partition.
  /// - Returns: positions in `labels`, grouped by client.
  /// - Throws: what ``validate(exampleCount:clientCount:)`` throws; for ``natural`` also
  ///   ``DatasetError/noOwners``, ``DatasetError/clientCountIsNotOwnerCount(given:ownerCount:)`` or
  ///   ``DatasetError/ownerWithoutExamples(owner:ownerCount:)``.
  /// - Precondition: every label is below `classCount`, and every owner below `ownerCount`.
  public func assign(
    labels: [UInt8], classCount: Int, owners: [Int32]? = nil, ownerCount: Int = 0,
    among clientCount: Int, key: StreamKey
  ) throws(DatasetError) -> ClientPartition {
    try validate(exampleCount: labels.count, clientCount: clientCount)
    precondition(labels.allSatisfy { $0 < classCount }, "every label is below classCount")
    var random = RandomStream(key)
    switch self {
    case .iid:
      return iidPartition(
        exampleCount: labels.count, clientCount: clientCount, random: &random)
    case .labelShards(let shardsPerClient):
      return labelShardPartition(
        labels: labels, classCount: classCount, clientCount: clientCount,
        shardsPerClient: shardsPerClient, random: &random)
    case .dirichlet(let alpha):
      return dirichletPartition(
        labels: labels, classCount: classCount, clientCount: clientCount,
        alpha: alpha, random: &random)
    case .powerLaw(let exponent):
      return powerLawPartition(
        exampleCount: labels.count, clientCount: clientCount, exponent: exponent, random: &random)
    case .natural:
      guard let owners else { throw .noOwners }
      return try naturalPartition(owners: owners, ownerCount: ownerCount, clientCount: clientCount)
    }
  }
}
