internal import Datasets
internal import Randomness

/// Canaries that are units like the others, but for their labels, all of which are wrong.
struct MislabeledExamples: Sendable {
  /// Of all units, which own them: canaries in their order, and behind them their opposites where they have
  /// any, the same images with other wrong labels.
  let examples: LabeledExamples
  let unitCount: Int
  let examplesPerUnit: Int

  /// - Parameters:
  ///   - heldOut: of which the first are taken; nobody trains on them.
  ///   - key: of the labels.
  init(
    canaries: Int, examplesPerUnit: Int, hasOpposites: Bool, from heldOut: LabeledExamples,
    key: StreamKey
  ) {
    let (count, classes) = (canaries * examplesPerUnit, heldOut.classCount)
    precondition(heldOut.exampleCount >= count, "the plan holds enough out")
    var stream = RandomStream(key)
    var (labels, opposites): ([UInt8], [UInt8]) = ([], [])
    for example in 0..<count {
      let right = Int(heldOut.labels[example])
      let step = 1 + stream.uniformInteger(below: classes - 1)
      labels.append(UInt8((right + step) % classes))
      guard hasOpposites else { continue }
      // Neither the right one nor that of the canary.
      let other = 1 + stream.uniformInteger(below: classes - 2)
      opposites.append(UInt8((right + (other < step ? other : other + 1)) % classes))
    }
    let positions = (0..<Int32(count)).map { $0 }
    let images = heldOut.selecting(hasOpposites ? positions + positions : positions)
    unitCount = hasOpposites ? 2 * canaries : canaries
    self.examplesPerUnit = examplesPerUnit
    examples = LabeledExamples(
      features: images.features, labels: labels + opposites, featureCount: images.featureCount,
      classCount: classes, owners: images.labels.indices.map { Int32($0 / examplesPerUnit) },
      ownerCount: unitCount)
  }

  func clients(key: StreamKey) throws(DatasetError) -> ClientExamples {
    .dealt(
      try Partition.natural.assign(
        labels: examples.labels, classCount: examples.classCount, owners: examples.owners,
        ownerCount: unitCount, among: unitCount, key: key))
  }

  func positions(ofUnit unit: Int) -> Range<Int> {
    unit * examplesPerUnit..<(unit + 1) * examplesPerUnit
  }
}
