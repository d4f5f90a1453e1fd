import Foundation

/// The likelihood-ratio attack on membership, LiRA (Carlini, Chien, Nasr, Song, Terzis & Tramer, Membership
/// inference attacks from first principles, IEEE S&P 2022), online and with one query.
///
/// Each model is attacked with the help of all others, of which some were trained on an example and some
/// were not. Two normal distributions are fitted to what those are sure of, and the score is the logarithm
/// of their likelihood ratio at what the attacked model says,
///
///     log N(x; mean in, variance in) - log N(x; mean out, variance out).
///
/// The attacked model has no part in the fit. Its coins are independent of those of the others, so that
/// their numbers give nothing away, as they would if every example were in exactly half of all models.
/// An example that too few others were trained on, or too few were not, scores 0.
public enum LikelihoodRatioAttack {
  /// Whose variance the fits have.
  public enum Variance: String, CaseIterable, Sendable {
    /// Each example its own: from some 64 models on.
    case perExample = "per-example"
    /// The mean over examples, one with and one without the example: for few models.
    case pooled

    /// Carlini et al. 2022, section 6.3.
    public static func standard(modelCount: Int) -> Variance {
      modelCount < 64 ? .pooled : .perExample
    }
  }

  /// Outputs are single-precision numbers: values that differ less than this are the same.
  private static let leastVariance = 1e-12

  /// `[model][example]`: higher where the example looks more like a member.
  public static func scores(of models: ShadowModels, variance: Variance) -> [[Double]] {
    (0..<models.modelCount).map { model in
      let fits = (0..<models.exampleCount).map { example in
        (
          with: Fit(of: models, example, isMember: true, leavingOut: model),
          without: Fit(of: models, example, isMember: false, leavingOut: model)
        )
      }
      let pooled =
        variance == .pooled
        ? (with: Fit.variance(of: fits.map(\.with)), without: Fit.variance(of: fits.map(\.without)))
        : nil
      return zip(fits, models.logOdds[model]).map { fit, value in
        guard fit.with.count > 0, fit.without.count > 0,
          let with = pooled?.with ?? fit.with.variance,
          let without = pooled?.without ?? fit.without.variance
        else { return 0 }
        return logRatio(
          value, with: (fit.with.mean, max(with, leastVariance)),
          without: (fit.without.mean, max(without, leastVariance)))
      }
    }
  }

  /// Of the densities of two normal distributions at a value.
  static func logRatio(
    _ value: Double, with: (mean: Double, variance: Double),
    without: (mean: Double, variance: Double)
  ) -> Double {
    func square(_ number: Double) -> Double { number * number }
    return
      (square(value - without.mean) / without.variance - square(value - with.mean) / with.variance
      + log(without.variance / with.variance)) / 2
  }
}

/// What some models say of an example.
private struct Fit {
  let count: Int
  let mean: Double
  let squares: Double

  init(
    of models: ShadowModels, _ example: Int, isMember: Bool, leavingOut attacked: Int
  ) {
    var (count, total) = (0, 0.0)
    for model in 0..<models.modelCount
    where model != attacked && models.isMember[model][example] == isMember {
      count += 1
      total += models.logOdds[model][example]
    }
    let mean = count > 0 ? total / Double(count) : 0
    var squares = 0.0
    for model in 0..<models.modelCount
    where model != attacked && models.isMember[model][example] == isMember {
      let difference = models.logOdds[model][example] - mean
      squares += difference * difference
    }
    (self.count, self.mean, self.squares) = (count, mean, squares)
  }

  /// Nil of fewer than two values.
  var variance: Double? { count > 1 ? squares / Double(count - 1) : nil }

  /// Of all fits together, each about its own mean; nil where none has two values.
  static func variance(of fits: [Fit]) -> Double? {
    let freedom = fits.reduce(0) { $0 + max(0, $1.count - 1) }
    return freedom > 0 ? fits.reduce(0) { $0 + $1.squares } / Double(freedom) : nil
  }
}
