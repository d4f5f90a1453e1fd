import CGSL
import Randomness
import Testing
import Training
import _TestSupport

@Suite struct UpdateCompressionTests {
  /// Values by NumPy; `Reference/make_compression.py` says how.
  struct Reference: Decodable {
    struct Case: Decodable {
      let argument: Double
      let values: [Double]?
      let variances: [Double]?
      let bytes: Int
    }

    let layers: [[Int]]
    let update: [Float]
    let decimals: [Case]
    let uniform: [Case]
    let stochastic: [Case]
    let top: [Case]

    var ranges: [Range<Int>] { layers.map { $0[0]..<$0[1] } }
  }

  static let key = StreamKey(seed: 351)
  static let all: [UpdateCompression] = [
    .none, .decimals(0), .decimals(3), .decimals(9), .uniform(bits: 1), .uniform(bits: 8),
    .uniform(bits: 16), .stochastic(bits: 2), .stochastic(bits: 8), .stochastic(bits: 16),
    .topK(fraction: 0.01), .topK(fraction: 0.1), .topK(fraction: 1),
    .randomK(fraction: 0.1, isUnbiased: false), .randomK(fraction: 0.1, isUnbiased: true),
  ]

  // MARK: Against the reference

  @Test func everyElementAndLengthIsThatOfTheReference() throws {
    let reference = try reference("compression.json", as: Reference.self)
    let cases: [(UpdateCompression, Reference.Case)] =
      reference.decimals.map { (.decimals(Int($0.argument)), $0) }
      + reference.uniform.map { (.uniform(bits: Int($0.argument)), $0) }
      + reference.top.map { (.topK(fraction: $0.argument), $0) }
    #expect(cases.count == 16)
    for (compression, expected) in cases {
      let sent = compression.compress(reference.update, layers: reference.ranges, key: Self.key)
      #expect(sent.bytes.count == expected.bytes, "\(compression)")
      let read = compression.expand(sent, layers: reference.ranges, key: Self.key)
      #expect(read.count == expected.values?.count)
      for (value, expected) in zip(read, expected.values ?? []) {
        #expect((Double(value) - expected).magnitude <= 1e-7 * expected.magnitude, "\(compression)")
      }
    }
  }

  /// The mean of many messages is the update, and their variance what NumPy says of two neighboring
  /// levels: one check of the mean for each number of bits. The variance is told apart from one that is
  /// 5 % off, which is more than ten of its own standard deviations.
  @Test(arguments: 0..<4) func stochasticLevelsAreUnbiased(index: Int) throws {
    let reference = try reference("compression.json", as: Reference.self)
    let expected = reference.stochastic[index]
    let variances = try #require(expected.variances)
    let compression = UpdateCompression.stochastic(bits: Int(expected.argument))
    let messages = 1500
    var (sum, squares, total) = (0.0, 0.0, 0.0)
    for message in 0..<messages {
      let key = Self.key.child(.round, UInt64(message))
      let sent = compression.compress(reference.update, layers: reference.ranges, key: key)
      #expect(sent.bytes.count == expected.bytes)
      let read = compression.expand(sent, layers: reference.ranges, key: key)
      for (place, variance) in variances.enumerated() {
        let error = Double(read[place]) - Double(reference.update[place])
        // An element on a level moves by the rounding of the scale alone.
        guard variance > 1e-9 else {
          #expect(error.magnitude < 1e-3)
          continue
        }
        sum += error / variance.squareRoot()
        squares += error * error
        total += variance
      }
    }
    let count = Double(messages * variances.count { $0 > 1e-9 })
    #expect(count > 100_000)
    let mean = GoodnessOfFit.standardNormal(sum / count.squareRoot())
    #expect(mean > AlarmBudget.perCheck)
    #expect((squares / total - 1).magnitude < 0.05)
  }

  /// Alistarh et al. 2017, lemma 3.1: `E |Q(v) - v|^2 <= min(n / s^2, sqrt(n) / s) |v|^2`; and the
  /// tighter bound of the documentation, on average over 400 messages.
  @Test(arguments: [2, 3, 4, 6, 8]) func stochasticLevelsKeepTheBoundOfQSGD(bits: Int) {
    let update = vector(2000)
    let layers = [0..<2000]
    let steps = Double(1 << (bits - 1) - 1)
    var loss = 0.0
    for message in 0..<400 {
      let key = Self.key.child(.round, UInt64(message))
      let compression = UpdateCompression.stochastic(bits: bits)
      let read = compression.expand(
        compression.compress(update, layers: layers, key: key), layers: layers, key: key)
      loss += squaredDistance(read, update) / 400
    }
    let relative = loss / squaredDistance(update, zeros(2000))
    #expect(relative <= min(2000 / (4 * steps * steps), 2000.0.squareRoot() / steps))
    #expect(relative > 0)
  }

  // MARK: What is lost

  /// Stich et al. 2018, lemma A.1, which holds for every vector: the worst is one whose elements are
  /// equal in magnitude.
  @Test(arguments: [0.001, 0.01, 0.1, 0.5, 0.99, 1]) func topLosesAtMostItsShare(fraction: Double) {
    for update in [vector(1000), vector(1000).map { $0 < 0 ? -2 : 2 }, zeros(1000)] {
      let compression = UpdateCompression.topK(fraction: fraction)
      let read = passed(update, compression)
      let norm = squaredDistance(update, zeros(1000))
      let share = max(1, (fraction * 1000).rounded()) / 1000
      #expect(squaredDistance(read, update) <= (1 - share) * norm * (1 + 1e-12))
      let kept = zip(read, update).filter { $0 != 0 && $0 == $1 }.map { $0.0.magnitude }
      let lost = zip(read, update).filter { $0 != $1 }.map { $0.1.magnitude }
      #expect((kept.min() ?? 0) >= (lost.max() ?? 0))
    }
  }

  /// Random places lose `1 - k/n` of the squared norm on average, and with `isUnbiased` the mean is
  /// the update and the variance `n/k - 1`. Each place is one of `n` equally likely: the number of
  /// messages that keep the first is binomial, one check.
  @Test func randomPlacesAreUniform() {
    let update = vector(40)
    let layers = [0..<40]
    let messages = 4000
    var firstCount = 0
    var (loss, total) = (0.0, [Double](repeating: 0, count: 40))
    for message in 0..<messages {
      let key = Self.key.child(.round, UInt64(message))
      func read(isUnbiased: Bool) -> [Float] {
        let compression = UpdateCompression.randomK(fraction: 0.2, isUnbiased: isUnbiased)
        let sent = compression.compress(update, layers: layers, key: key)
        #expect(sent.bytes.count == 8 * 4)
        return compression.expand(sent, layers: layers, key: key)
      }
      let plain = read(isUnbiased: false)
      let scaled = read(isUnbiased: true)
      #expect(plain.count { $0 != 0 } == 8)
      if plain[0] != 0 { firstCount += 1 }
      loss += squaredDistance(plain, update)
      for place in total.indices {
        #expect((scaled[place] - 5 * plain[place]).magnitude < 1e-5)
        total[place] += Double(scaled[place]) / Double(messages)
      }
    }
    let p = GoodnessOfFit.binomial(successes: firstCount, trials: messages, probability: 0.2)
    #expect(p > AlarmBudget.perCheck)
    let norm = squaredDistance(update, zeros(40))
    #expect((loss / Double(messages) / norm - 0.8).magnitude < 0.02)
    // The standard deviation of a mean is sqrt((n/k - 1) / 4000) = 0.032 of the element.
    for place in total.indices {
      #expect((total[place] / Double(update[place]) - 1).magnitude < 6 * 0.0317)
    }
  }

  @Test func unbiasedPlacesHaveTheVarianceOfTheDocumentation() {
    let update = vector(40)
    var loss = 0.0
    for message in 0..<4000 {
      let read = passed(
        update, .randomK(fraction: 0.2, isUnbiased: true), Self.key.child(.round, UInt64(message)))
      loss += squaredDistance(read, update) / 4000
    }
    #expect((loss / squaredDistance(update, zeros(40)) / 4 - 1).magnitude < 0.1)
  }

  /// With error feedback, what is sent adds up to what was meant, up to what is kept back in the end.
  /// The part that is kept back stays within the bounds that the documentation states.
  @Test(arguments: [
    UpdateCompression.decimals(1), .uniform(bits: 2), .uniform(bits: 4), .topK(fraction: 0.05),
    .randomK(fraction: 0.05, isUnbiased: false),
  ])
  func whatIsKeptBackStaysBounded(compression: UpdateCompression) {
    #expect(compression.allowsErrorFeedback)
    var kept = zeros(200)
    var (meant, sent) = (zeros(200), zeros(200))
    var greatest = 0.0
    for round in 0..<600 {
      let update = vector(200, Self.key.child(.round, UInt64(round)))
      let corrected = zip(update, kept).map { $0 + $1 }
      let read = passed(corrected, compression, Self.key.child(.client, UInt64(round)))
      kept = zip(corrected, read).map { $0 - $1 }
      meant = zip(meant, update).map { $0 + $1 }
      sent = zip(sent, read).map { $0 + $1 }
      greatest = max(greatest, Double(kept.map(\.magnitude).max()!))
    }
    for place in 0..<200 {
      #expect((meant[place] - sent[place] - kept[place]).magnitude < 1e-2)
    }
    // No element of 120,000 standard normal ones is beyond 6.
    switch compression {
    case .decimals: #expect(greatest <= 0.0501)
    case .uniform(let bits): #expect(greatest <= 12 / Double(2 * (1 << bits - 2)))
    // Karimireddy et al. 2019, lemma 3: |kept| <= 2 sqrt(1 - d) / d max |update|, d = 0.05.
    default: #expect(greatest <= 2 * 0.95.squareRoot() / 0.05 * 20)
    }
  }

  @Test(arguments: [
    UpdateCompression.none, .uniform(bits: 1), .stochastic(bits: 4),
    .randomK(fraction: 0.1, isUnbiased: true),
  ])
  func errorFeedbackIsNotForAll(compression: UpdateCompression) {
    #expect(!compression.allowsErrorFeedback)
  }

  // MARK: Edges

  @Test(arguments: all) func zerosStayZeros(compression: UpdateCompression) {
    #expect(passed(zeros(100), compression) == zeros(100))
  }

  @Test(arguments: all) func theSameKeyGivesTheSameBytes(compression: UpdateCompression) {
    let update = vector(300)
    let sent = compression.compress(update, layers: [0..<100, 100..<300], key: Self.key)
    #expect(sent == compression.compress(update, layers: [0..<100, 100..<300], key: Self.key))
  }

  /// The server must not take an update for good that is not.
  @Test(arguments: all, [Float.nan, .infinity, -.infinity])
  func whatIsNotFiniteArrivesSo(compression: UpdateCompression, value: Float) {
    if case .randomK = compression { return }
    var update = vector(100)
    update[17] = value
    #expect(passed(update, compression).contains { !$0.isFinite })
  }

  @Test func nothingIsLostWithoutCompression() {
    let update = vector(100)
    #expect(
      UpdateCompression.none.compress(update, layers: [0..<100], key: Self.key).bytes.count == 400)
    #expect(passed(update, .none) == update)
    #expect(passed(update, .topK(fraction: 1)) == update)
  }

  /// Multiples that 31 bits do not hold are sent as they are.
  @Test(arguments: [Float(1e5), 1e20, .greatestFiniteMagnitude])
  func largeNumbersAreSentAsTheyAre(value: Float) {
    let update: [Float] = [value, 0.123_456_7]
    let sent = UpdateCompression.decimals(5).compress(update, layers: [0..<2], key: Self.key)
    #expect(sent.bytes.count == 9)
    #expect(UpdateCompression.decimals(5).expand(sent, layers: [0..<2], key: Self.key) == update)
  }

  @Test func aLayerOfOneValueHasOneLevel() {
    #expect(passed([0.7, 0.7, 0.7], .uniform(bits: 3)) == [0.7, 0.7, 0.7])
    let ends: [Float] = [-1e30, 1e30]
    #expect(passed(ends, .uniform(bits: 1)) == ends)
    #expect(passed(ends, .stochastic(bits: 2)) == ends)
  }

  // MARK: -

  private func vector(_ count: Int, _ key: StreamKey = key.child(.batches)) -> [Float] {
    var stream = RandomStream(key)
    var values = [Float](repeating: 0, count: count)
    stream.fillGaussian(&values, standardDeviation: 1)
    return values
  }

  private func zeros(_ count: Int) -> [Float] { [Float](repeating: 0, count: count) }

  private func passed(
    _ update: [Float], _ compression: UpdateCompression, _ key: StreamKey = key
  ) -> [Float] {
    let layers = [0..<update.count]
    return compression.expand(
      compression.compress(update, layers: layers, key: key), layers: layers, key: key)
  }

  private func squaredDistance(_ one: [Float], _ other: [Float]) -> Double {
    zip(one, other).reduce(0) { $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1)) }
  }
}
