public import Accounting
public import LinearAlgebra
public import Randomness

/// Discrete Gaussian noise on a sum of whole multiples of a public step (Canonne, Kamath & Steinke 2020):
/// the hardened release, for those who publish what real data say.
///
/// Contributions are cut to the grid before they are added, so the sum is one of whole numbers with the
/// sensitivity that ``ClippedSum`` proves; the noise is drawn without rounding any probability; both are
/// added as whole numbers. What happens to the noised sum afterwards knows nothing of the data. So the
/// low bits of what leaves tell nothing (Mironov 2012; Casacuberta et al. 2022; Haney et al. 2022), and the
/// event is that of continuous Gaussian noise that says no less; see ``GridNoise``.
///
/// The noise is as secret as its key. How long a draw takes depends on its value, which an observer with
/// a clock may use: that is not prevented.
public struct DiscreteGaussianMechanism: NoiseMechanism {
  /// Largest Euclidean norm of one unit's contribution; in 1e-30 ... 1e30.
  public let clippingNorm: Double
  public let rule: ClippingRule
  /// What is charged. The standard deviation of the noise is larger by at most a relative 2^-20.
  public let noiseMultiplier: Double
  private let noise: GridNoise
  private let law: DiscreteGaussian

  /// - Parameter noiseMultiplier: standard deviation on the sum, relative to `clippingNorm`; in
  ///   ``noiseMultipliers``.
  public init(
    clippingNorm: Double, rule: ClippingRule = .flat, noiseMultiplier: Double
  ) throws(GridNoiseError) {
    precondition(
      (1e-30...1e30).contains(clippingNorm),
      "a clipping norm must lie in 1e-30 ... 1e30, not be \(clippingNorm)")
    self.clippingNorm = clippingNorm
    self.rule = rule
    self.noiseMultiplier = noiseMultiplier
    noise = try GridNoise(clippingNorm: clippingNorm, noiseMultiplier: noiseMultiplier)
    law = noise.law
  }

  /// From 2^-9 to 2^20.
  public static var noiseMultipliers: ClosedRange<Double> { GridNoise.noiseMultipliers }

  /// The parameter of the noise on the sum, in the unit of contributions.
  public var noiseStandardDeviation: Double { Double(noise.deviation) * noise.step }

  /// Of continuous noise that protects no better: there is no ledger entry for this one's own law.
  public var event: PrivacyEvent { .gaussian(noiseMultiplier: noiseMultiplier) }

  public var bound: ContributionBound { .clipped(toNorm: clippingNorm, by: rule) }

  public var step: Double? { noise.step }

  public func release(
    _ sum: ClippedSum, expectedCohortSize: Double, noise key: StreamKey, workers: Workers
  ) -> PrivateUpdate {
    precondition(sum.bound == bound && sum.step == step, "a sum made for other noise")
    precondition(expectedCohortSize > 0, "the expected cohort size must be positive")
    sum.close()
    defer { sum.empty() }
    let mean = noisedMean(
      of: sum.total, scale: noise.step / expectedCohortSize, key: key, workers: workers)
    return PrivateUpdate(Release(mean: mean), event: event)
  }

  private static let pieceLength = 2048

  /// The noised sum in steps, times `scale`. Every piece of it has a key of its own, so that it does not
  /// matter who draws which.
  private func noisedMean(
    of total: [Double], scale: Double, key: StreamKey, workers: Workers
  ) -> [Float] {
    let (law, step) = (law, noise.step)
    let pieces = (total.count + Self.pieceLength - 1) / Self.pieceLength
    return [Float](unsafeUninitializedCapacity: total.count) { mean, count in
      count = total.count
      workers.run(parts: pieces) { _, piece in
        let start = piece * Self.pieceLength
        var drawn = [Int](repeating: 0, count: min(Self.pieceLength, total.count - start))
        var stream = RandomStream(key.child(.noise, UInt64(piece)))
        law.fill(&drawn, from: &stream)
        for (index, noise) in zip(start..., drawn) {
          let steps = saturatingSum(wholeSteps(total[index], of: step), noise)
          mean.initializeElement(at: index, to: Float(Double(steps) * scale))
        }
      }
    }
  }
}

/// A multiple of a power of two, below 2^53 of it: division and conversion are exact.
func wholeSteps(_ value: Double, of step: Double) -> Int { Int(value / step) }

/// The sum of whole numbers, or the nearest number that there is: what is cut off is cut off the noised
/// value, whatever it is made of.
func saturatingSum(_ value: Int, _ noise: Int) -> Int {
  let (sum, overflows) = value.addingReportingOverflow(noise)
  return overflows ? (noise < 0 ? .min : .max) : sum
}
