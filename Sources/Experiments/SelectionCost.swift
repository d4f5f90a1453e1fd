internal import Accounting
internal import Results

/// What publishing the best row of a sweep would cost if the choice had been made privately: if a random
/// number of runs had each drawn one of the private settings and fresh randomness, and nothing but the
/// best of them were seen (Papernot & Steinke 2022).
///
/// Every run draws afresh, so settings may differ in sampling and rounds; one run costs at each Renyi
/// order what the dearest setting does. There are as many runs on average as private settings. Their
/// number follows the truncated negative binomial law of shape 0, the logarithmic law: at equal means the
/// cost falls with the shape while the number spreads, and shape 0 lies between the geometric law and
/// the heavy tails of negative shapes. Scores must come from data that the guarantee does not cover, such as
/// public ones; a noised score of covered examples is priced by ``TuningSettings``.
struct SelectionCost {
  let privateSettings: Int
  private let price: Result<(epsilon: Double, delta: Double), Obstacle>

  private struct Obstacle: Error {
    let reason: String
  }

  init(of settings: [PricedSetting]) {
    let priced = settings.filter(\.claim.isPrivate)
    privateSettings = priced.count
    price = Self.price(priced)
  }

  /// Upper bound for the best run; nil where none is known.
  var epsilonUpper: Double? { (try? price.get())?.epsilon }

  private static func price(
    _ priced: [PricedSetting]
  ) -> Result<(epsilon: Double, delta: Double), Obstacle> {
    guard let first = priced.first else {
      return .failure(Obstacle(reason: "no setting is private"))
    }
    let terms = PrivacyTerms(choosingBy: first.claim)
    guard priced.allSatisfy({ PrivacyTerms(choosingBy: $0.claim) == terms }) else {
      return .failure(Obstacle(reason: "settings differ in relation or delta"))
    }
    do {
      let event = PrivacyEvent.repeatAndSelect(
        .anyOf(priced.map(\.event)),
        repetitions: .truncatedNegativeBinomial(shape: 0, mean: Double(priced.count)))
      return .success((try terms.price(event).upper, terms.delta))
    } catch {
      return .failure(Obstacle(reason: error.description))
    }
  }
}

extension SelectionCost: CustomStringConvertible {
  var description: String {
    let choice =
      "choosing the best of \(privateSettings) private setting\(privateSettings == 1 ? "" : "s") by "
      + "private selection"
    switch price {
    case .success(let (epsilon, delta)):
      return choice
        + " (truncated negative binomial, shape 0, \(privateSettings) "
        + "run\(privateSettings == 1 ? "" : "s") on average, scored on other data): epsilon <= "
        + "\(OutwardDecimal.text(epsilon, rounded: .up)) at delta = \(delta), by rdp"
    case .failure(let obstacle):
      return choice + ": no bound, since \(obstacle.reason)"
    }
  }
}

extension PrivacyTerms {
  /// Those of a claim, but by Renyi divergences, which alone have theorems about choices.
  init(choosingBy claim: PrivacyClaim) {
    self.init(
      unit: claim.privacyUnit, neighboringRelation: claim.neighboringRelation, delta: claim.delta,
      accountant: .rdp)
  }
}
