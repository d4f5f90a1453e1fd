import Datasets
import Randomness
import Testing

struct ValidationSplitTests {
  let key = StreamKey(seed: 3).child(.validationSplit)

  @Test(arguments: [0, 1, 250, 999])
  func everyExampleIsOnOneSide(count: Int) throws {
    let split = try ValidationSplit(holdingOut: count, of: 1_000, key: key)
    #expect(split.validation.count == count)
    #expect((split.training + split.validation).sorted() == Array(0..<1_000))
    #expect(split.training == split.training.sorted())
    #expect(split.validation == split.validation.sorted())
  }

  @Test func dependsOnTheKeyAlone() throws {
    let split = try ValidationSplit(holdingOut: 100, of: 1_000, key: key)
    let again = try ValidationSplit(holdingOut: 100, of: 1_000, key: key)
    let other = try ValidationSplit(holdingOut: 100, of: 1_000, key: key.child(.replicate, 1))
    #expect(split.validation == again.validation)
    #expect(split.validation != other.validation)
  }

  /// Over 400 keys, each of 20 examples is held out Binomial(400, 1/4) times: 100 on average,
  /// standard deviation 8.66. False-alarm rate over all 20 examples: at most 1.5e-6, from SciPy
  /// 1.17.1's `20 * (binom.cdf(52, 400, 0.25) + binom.sf(147, 400, 0.25))`.
  @Test func everyExampleIsHeldOutAsOften() throws {
    var times = [Int](repeating: 0, count: 20)
    for index in 0..<400 {
      let split = try ValidationSplit(
        holdingOut: 5, of: 20, key: key.child(.replicate, UInt64(index)))
      for position in split.validation { times[Int(position)] += 1 }
    }
    #expect(times.allSatisfy { (53...147).contains($0) }, "\(times)")
  }

  @Test(arguments: [-1, 10, 11])
  func refusesToHoldOutAll(count: Int) {
    #expect(throws: DatasetError.validationCountOutOfRange(given: count, exampleCount: 10)) {
      try ValidationSplit(holdingOut: count, of: 10, key: key)
    }
  }
}
