import Foundation
import SpecialMath

/// The best of a random number of runs (Papernot & Steinke 2022).
///
/// Let one run have divergence D. A truncated negative binomial number of runs with parameter gamma and
/// mean m has, by Theorem 2 and for every second order a in [1, infinity],
///
///     D(order) + (1 + shape) (1 - 1 / a) D(a) + (1 + shape) log(1 / gamma) / a
///       + log(m) / (order - 1).
///
/// A Poisson number of runs with mean m has, by Theorem 6 for runs that are (e, d)-private with
/// e^e = 1 + 1 / (order - 1),
///
///     log(e^-m + m exp((order - 1) (D(order) + m d))) / (order - 1).
///
/// The theorem itself has no e^-m. That is the probability of no run, the same for neighbors; as an
/// outcome of its own it adds as much to the expected value whose logarithm a divergence is, and makes
/// the bound hold for means below 1 too.
struct SelectionRenyi: RenyiCurve {
  private let run: RenyiComposition
  private let repetitions: RepetitionLaw
  /// What does not depend on the order.
  private let constant: Double
  /// Of one run, where every order asks for the best of them.
  private let conversions: [RenyiConversion]

  init(_ selected: SelectedRuns) {
    let run = RenyiComposition(selected.run)
    self.run = run
    repetitions = selected.repetitions
    switch repetitions {
    case .truncatedNegativeBinomial(let shape, let mean):
      let law = TruncatedNegativeBinomial(checkedShape: shape, mean: mean)
      // With t = a - 1, the term is (convex function of t) / (1 + t), which falls and then rises.
      func term(_ second: RenyiConversion) -> Double {
        (1 - 1 / second.order) * second.divergence + law.logInverseGamma / second.order
      }
      constant = (1 + shape) * min(law.logInverseGamma, term(run.conversion(least: term)))
      conversions = []
    case .poisson:
      constant = 0
      conversions = (RenyiOrders.finite + [.infinity]).map {
        RenyiConversion(order: $0, divergence: run.divergence(order: $0))
      }
    }
  }

  var hasConvexCumulant: Bool {
    switch repetitions {
    case .truncatedNegativeBinomial: run.hasConvexCumulant
    case .poisson: false
    }
  }

  func divergence(order: Double) -> Double {
    let single = run.divergence(order: order)
    switch repetitions {
    case .truncatedNegativeBinomial(_, let mean):
      return single + constant + log(mean) / (order - 1)
    case .poisson(let mean):
      let repeated = single + mean * lostProbability(order: order)
      guard order.isFinite, repeated.isFinite else { return repeated }
      return max(0, LogSpace.add(-mean, log(mean) + (order - 1) * repeated)) / (order - 1)
    }
  }

  /// The d for which one run is (log(1 + 1 / (order - 1)), d)-private.
  private func lostProbability(order: Double) -> Double {
    let epsilon = log1p(1 / (order - 1)) * (1 - Self.slack)
    let logDelta = conversions.map { $0.logDelta(epsilon: epsilon) }.min() ?? 0
    return min(exp(logDelta) * (1 + Self.slack), run.totalVariationBound)
  }

  private static let slack = 1e-14
}

/// Exactly one of several things, whichever it is: order by order, as much as the dearest.
struct DearestRenyi: RenyiCurve {
  private let alternatives: [RenyiComposition]

  init(_ alternatives: [MechanismCounts]) {
    self.alternatives = alternatives.map(RenyiComposition.init)
  }

  var hasConvexCumulant: Bool { alternatives.allSatisfy(\.hasConvexCumulant) }

  func divergence(order: Double) -> Double {
    alternatives.map { $0.divergence(order: order) }.max() ?? 0
  }
}
