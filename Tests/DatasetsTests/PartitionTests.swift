import Foundation
import Randomness
import Testing

@testable import Datasets

/// False-alarm rate of each statistical test: 1e-7 a run over a random seed; the seeds are fixed.
struct PartitionTests {
  let key = StreamKey(seed: 7).child(.partition)
  /// 6,000 examples, 600 of each of ten classes, in no order.
  let labels = (0..<6_000).map { UInt8($0 * 7 % 10) }
  static let all: [Partition] = [
    .iid, .labelShards(shardsPerClient: 2), .labelShards(shardsPerClient: 3),
    .dirichlet(alpha: 1e-4), .dirichlet(alpha: 1), .dirichlet(alpha: 1e4),
    .powerLaw(exponent: 0.5), .powerLaw(exponent: 1.5), .powerLaw(exponent: 400),
  ]

  func assign(_ partition: Partition, among clientCount: Int) throws -> ClientPartition {
    try partition.assign(labels: labels, classCount: 10, among: clientCount, key: key)
  }

  @Test(arguments: all, [1, 7, 100, 2_000])
  func everyExampleBelongsToOneClient(partition: Partition, clientCount: Int) throws {
    let dealt = try assign(partition, among: clientCount)
    #expect(dealt.clientCount == clientCount)
    let examples = (0..<clientCount).map { Array(dealt.examples(ofClient: $0)) }
    #expect(examples.allSatisfy { !$0.isEmpty && $0 == $0.sorted() })
    #expect(examples.flatMap { $0 }.sorted() == Array(0..<6_000))
  }

  @Test(arguments: [Partition.iid, .dirichlet(alpha: 1e-4), .dirichlet(alpha: 1)], [7, 100, 999])
  func sizesDifferByAtMostOne(partition: Partition, clientCount: Int) throws {
    let dealt = try assign(partition, among: clientCount)
    let sizes = (0..<clientCount).map { dealt.exampleCount(ofClient: $0) }
    #expect(sizes.max()! - sizes.min()! <= 1)
  }

  @Test(arguments: [1, 2, 5])
  func aShardHoldsNoMoreThanTwoLabels(shardsPerClient: Int) throws {
    // 600 examples a class and 6,000 / (100 * shards) a shard: shards never cross a class.
    let exact = try assign(.labelShards(shardsPerClient: shardsPerClient), among: 100)
    // With 70 clients shards do cross classes, each at most one boundary.
    let crossing = try assign(.labelShards(shardsPerClient: shardsPerClient), among: 70)
    #expect((0..<100).allSatisfy { distinctLabels(exact, $0) <= shardsPerClient })
    #expect((0..<70).allSatisfy { distinctLabels(crossing, $0) <= 2 * shardsPerClient })
  }

  @Test func shardsAreDealtAtRandom() throws {
    let dealt = try assign(.labelShards(shardsPerClient: 2), among: 100)
    let pairs = Set((0..<100).map { client in Set(dealt.examples(ofClient: client).map(label)) })
    #expect(pairs.count > 10, "\(pairs)")
  }

  /// Pearson's statistic of the client-by-class table of a random permutation with both margins
  /// fixed has mean 81 * N / (N - 1) and nearly the chi-square distribution with 81 degrees of
  /// freedom; `chi2.ppf(5e-8, 81)` and `chi2.isf(5e-8, 81)` of SciPy 1.17.1.
  @Test(arguments: [Partition.iid, .powerLaw(exponent: 0.5)])
  func independentAndIdenticalClientsHoldClassesAtRandom(partition: Partition) throws {
    let dealt = try assign(partition, among: 10)
    let statistic = (0..<10).reduce(0.0) { total, client in
      let expected = Double(dealt.exampleCount(ofClient: client)) / 10
      return total
        + classCounts(dealt, client).reduce(0.0) { $0 + pow(Double($1) - expected, 2) / expected }
    }
    #expect((30.285...167.898).contains(statistic), "\(statistic)")
  }

  /// The mean position of the 3,000 examples of the first 50 clients: half of all drawn without
  /// replacement, so with standard deviation sqrt((6000^2 - 1) / 12 / 3000 / 2) = 22.4, and less
  /// when classes are drawn unevenly. Against 5.33 standard deviations.
  @Test(arguments: [Partition.iid, .dirichlet(alpha: 1)])
  func clientsHoldExamplesFromEverywhere(partition: Partition) throws {
    let dealt = try assign(partition, among: 100)
    let total = (0..<50).flatMap { dealt.examples(ofClient: $0) }.reduce(0) { $0 + Int($1) }
    #expect(abs(Double(total) / 3_000 - 2_999.5) < 119.4, "\(Double(total) / 3_000)")
  }

  /// Two examples of a client share their class with probability E[sum q_j^2] for q ~ Dir(alpha p),
  /// which is (1 + alpha * sum p_j^2) / (1 + alpha): Dirichlet moments, with p_j = 1/10 here.
  /// The mean over the first 300 of 3,000 clients, who cannot exhaust a class, against 5.33
  /// standard errors.
  @Test(arguments: [0.1, 1, 10, 1_000])
  func dirichletClientsAreAsSkewedAsTheyShouldBe(alpha: Double) throws {
    let many = (0..<60_000).map { UInt8($0 % 10) }
    let dealt = try Partition.dirichlet(alpha: alpha).assign(
      labels: many, classCount: 10, among: 3_000, key: key)
    let agreement = (0..<300).map { client in
      let counts = dealt.examples(ofClient: client).reduce(into: [Int](repeating: 0, count: 10)) {
        $0[Int(many[Int($1)])] += 1
      }
      return Double(counts.reduce(0) { $0 + $1 * ($1 - 1) }) / (20 * 19)
    }
    let mean = agreement.reduce(0, +) / 300
    let variance = agreement.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 299
    let expected = (1 + 0.1 * alpha) / (1 + alpha)
    #expect(abs(mean - expected) < 5.33 * (variance / 300).squareRoot(), "\(mean), \(expected)")
  }

  /// With exponent 1 the 5,995 examples beyond one each are shared 2625.547, 1312.774, 875.182, 656.387
  /// and 525.109; the 2 that rounding down leaves go to the second and the first. With exponent 0.5 the
  /// shares are 1855.078, 1311.738, 1071.030, 927.539 and 829.616. By Python's decimal module, to 50
  /// digits.
  @Test(
    arguments: [
      (6_000, 5, 1.0, [2_627, 1_314, 876, 657, 526]),
      (6_000, 5, 0.5, [1_856, 1_313, 1_072, 928, 831]),
      (10, 3, 1e3, [8, 1, 1]), (3, 3, 1.5, [1, 1, 1]), (7, 1, 2, [7]),
      (11, 4, 1e-12, [3, 3, 3, 2]),
    ])
  func sizesFollowThePowerLaw(total: Int, count: Int, exponent: Double, sizes: [Int]) {
    #expect(powerLawParts(of: total, count: count, exponent: exponent) == sizes)
  }

  /// Rank times size is constant but for rounding, by less than one example.
  @Test func sizesFallByRankAsZipfSays() throws {
    let dealt = try assign(.powerLaw(exponent: 1), among: 100)
    let harmonic = (1...100).reduce(0.0) { $0 + 1 / Double($1) }
    for client in 0..<100 {
      let share = 5_900 / harmonic / Double(client + 1)
      #expect(abs(Double(dealt.exampleCount(ofClient: client)) - 1 - share) < 1)
    }
  }

  /// Owner 1 holds examples 0, 3, 6, ..., owner 0 the next ones, owner 2 the others.
  @Test func ownersHoldWhatIsTheirs() throws {
    let dealt = try natural(owners: labels.indices.map { [1, 0, 2][$0 % 3] }, clientCount: 3)
    #expect(dealt.clientCount == 3)
    for (client, first) in [(0, 1), (1, 0), (2, 2)] {
      #expect(
        dealt.examples(ofClient: client).elementsEqual(
          stride(from: Int32(first), to: 6_000, by: 3)))
    }
  }

  @Test func refusesOwnersThatAreNoClients() {
    let owners = labels.indices.map { Int32($0 % 3) }
    #expect(throws: DatasetError.clientCountIsNotOwnerCount(given: 4, ownerCount: 3)) {
      try natural(owners: owners, clientCount: 4)
    }
    #expect(throws: DatasetError.noOwners) { try natural(owners: nil, clientCount: 3) }
    #expect(throws: DatasetError.ownerWithoutExamples(owner: 1, ownerCount: 3)) {
      try natural(owners: owners.map { $0 == 1 ? 0 : $0 }, clientCount: 3)
    }
  }

  private func natural(owners: [Int32]?, clientCount: Int) throws -> ClientPartition {
    try Partition.natural.assign(
      labels: labels, classCount: 10, owners: owners, ownerCount: 3, among: clientCount, key: key)
  }

  @Test func aTinyAlphaGivesOneClassWhileClassesLast() throws {
    let dealt = try assign(.dirichlet(alpha: 1e-4), among: 100)
    // Each class fills ten clients of 60; only the few who meet a class's end mix.
    #expect((0..<100).count { distinctLabels(dealt, $0) == 1 } >= 80)
  }

  @Test(arguments: all)
  func dependsOnTheKeyAlone(partition: Partition) throws {
    let first = try assign(partition, among: 50)
    #expect(try assign(partition, among: 50) == first)
    let other = try partition.assign(
      labels: labels, classCount: 10, among: 50, key: key.child(.replicate, 1))
    #expect(other != first)
  }

  @Test func aClassWithoutExamplesIsNoTrouble() throws {
    let dealt = try Partition.dirichlet(alpha: 0.5).assign(
      labels: [3, 3, 1, 1, 1, 3], classCount: 5, among: 3, key: key)
    #expect((0..<3).flatMap { dealt.examples(ofClient: $0) }.sorted() == [0, 1, 2, 3, 4, 5])
  }

  @Test(arguments: all, [0, -1, 6_001])
  func refusesEmptyClients(partition: Partition, clientCount: Int) {
    #expect(
      throws: DatasetError.clientCountOutOfRange(given: clientCount, exampleCount: 6_000)
    ) {
      try assign(partition, among: clientCount)
    }
  }

  @Test(arguments: [0, 61])
  func refusesEmptyShards(shardsPerClient: Int) {
    #expect(
      throws: DatasetError.shardsPerClientOutOfRange(
        given: shardsPerClient, clientCount: 100, exampleCount: 6_000)
    ) {
      try assign(.labelShards(shardsPerClient: shardsPerClient), among: 100)
    }
  }

  @Test(arguments: [0, -1, .infinity])
  func refusesAlphaOutOfRange(alpha: Double) {
    #expect(throws: DatasetError.dirichletAlphaOutOfRange(given: alpha)) {
      try Partition.dirichlet(alpha: alpha).validate(exampleCount: 6_000, clientCount: 100)
    }
  }

  @Test(arguments: [0, -1, .infinity])
  func refusesAnExponentOutOfRange(exponent: Double) {
    #expect(throws: DatasetError.powerLawExponentOutOfRange(given: exponent)) {
      try Partition.powerLaw(exponent: exponent).validate(exampleCount: 6_000, clientCount: 100)
    }
  }

  @Test(arguments: all + [.natural])
  func survivesCoding(partition: Partition) throws {
    let coded = try JSONEncoder().encode(partition)
    #expect(try JSONDecoder().decode(Partition.self, from: coded) == partition)
  }

  private func label(_ example: Int32) -> UInt8 { labels[Int(example)] }

  private func distinctLabels(_ dealt: ClientPartition, _ client: Int) -> Int {
    Set(dealt.examples(ofClient: client).map(label)).count
  }

  private func classCounts(_ dealt: ClientPartition, _ client: Int) -> [Int] {
    dealt.examples(ofClient: client).reduce(into: [Int](repeating: 0, count: 10)) {
      $0[Int(label($1))] += 1
    }
  }
}
