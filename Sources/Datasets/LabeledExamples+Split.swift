extension LabeledExamples {
  /// A public split by position: of every three examples of an owner, or of all where the data do not
  /// say whose they are, the third is for tests.
  func splitByPosition(fingerprint: String) -> LabeledDataset {
    var training: [Int32] = []
    var test: [Int32] = []
    var seen = [Int](repeating: 0, count: max(1, ownerCount))
    for position in 0..<exampleCount {
      let owner = owners.map { Int($0[position]) } ?? 0
      seen[owner] += 1
      if seen[owner].isMultiple(of: 3) {
        test.append(Int32(position))
      } else {
        training.append(Int32(position))
      }
    }
    return LabeledDataset(
      training: selecting(training), test: selecting(test), fingerprint: fingerprint)
  }

  /// The same examples, where owner `k` is called `numbers[k]`.
  func renumberingOwners(_ numbers: [Int32]) -> LabeledExamples {
    LabeledExamples(
      features: features, labels: labels, featureCount: featureCount, classCount: classCount,
      owners: owners?.map { numbers[Int($0)] }, ownerCount: ownerCount)
  }
}
