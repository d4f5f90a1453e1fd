internal import Randomness
internal import SpecialMath

extension Sample {
  /// The bias-corrected and accelerated bootstrap interval of the mean (Efron, Better bootstrap
  /// confidence intervals, JASA 1987): quantiles of the means of ``resamples`` samples, each drawn from
  /// this one with replacement, at levels that are moved for bias and skewness. nil for a single value.
  ///
  /// It follows skewed values where Student's is symmetric; but the means of few values spread less than
  /// they should, by sqrt((n - 1) / n), so that below some twenty values it covers too seldom.
  ///
  /// The draws come from a stream with a fixed key: equal samples give equal intervals, on any machine.
  public func bootstrapInterval(confidence: Confidence) -> Interval? {
    guard let standardDeviation else { return nil }
    guard standardDeviation > 0 else { return Interval(lower: mean, upper: mean) }
    let means = resampledMeans()
    // A resample that reaches the mean but for rounding lies on neither side of it.
    let tie = 1e-9 * standardDeviation
    let below = means.count { $0 < mean - tie }
    let notAbove = means.count { $0 <= mean + tie }
    let bias = StandardNormal.quantile(Double(below + notAbove) / Double(2 * means.count))
    let acceleration = acceleration
    func end(_ probability: Double) -> Double {
      let moved = bias + StandardNormal.quantile(probability)
      let level = bias + moved / (1 - acceleration * moved)
      return quantile(ofSorted: means, StandardNormal.upperTail(-level))
    }
    return Interval(lower: end(confidence.upperTail), upper: end(1 - confidence.upperTail))
  }

  /// How many samples are drawn from a sample.
  public static let resamples = 9_999

  /// Of the stream of all draws.
  static let bootstrapSeed: UInt64 = 1987

  /// Ascending. Each mean is summed in the order of the values, however they were drawn, so that equal
  /// resamples have equal means.
  private func resampledMeans() -> [Double] {
    var random = RandomStream(StreamKey(seed: Self.bootstrapSeed))
    var counts = [Int](repeating: 0, count: count)
    return (0..<Self.resamples).map { _ in
      for index in counts.indices { counts[index] = 0 }
      for _ in values { counts[random.uniformInteger(below: count)] += 1 }
      return zip(counts, values).reduce(0) { $0 + Double($1.0) * $1.1 } / Double(count)
    }.sorted()
  }

  /// A sixth of the skewness of the mean, by the jackknife: what is left out moves the mean by
  /// (mean - value) / (n - 1).
  private var acceleration: Double {
    let deviations = values.map { $0 - mean }
    let squares = deviations.reduce(0) { $0 + $1 * $1 }
    let cubes = deviations.reduce(0) { $0 + $1 * $1 * $1 }
    return cubes / (6 * squares * squares.squareRoot())
  }
}

/// Between the two values that the probability falls between, in proportion (Hyndman & Fan, Sample
/// quantiles in statistical packages, The American Statistician 1996, definition 7).
private func quantile(ofSorted values: [Double], _ probability: Double) -> Double {
  let place = probability * Double(values.count - 1)
  let index = min(Int(place), values.count - 1)
  let next = min(index + 1, values.count - 1)
  return values[index] + (place - Double(index)) * (values[next] - values[index])
}
