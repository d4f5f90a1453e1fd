internal import Accounting

extension PrivacyClaim {
  /// What two claims do not say alike, by the names of the columns; an epsilon as it is printed, rounded up.
  /// Nothing where neither promises anything.
  public func statementDifferences(to other: PrivacyClaim) -> [PlanDifference] {
    guard isPrivate || other.isPrivate else { return [] }
    return zip(statement, other.statement).compactMap { own, other in
      own.text == other.text
        ? nil : PlanDifference(path: own.name, first: own.text, second: other.text)
    }
  }

  private var statement: [(name: String, text: String)] {
    [
      ("epsilon", isPrivate ? OutwardDecimal.text(epsilonUpper, rounded: .up) : "inf"),
      ("delta", "\(delta)"), ("privacy_unit", privacyUnit.rawValue),
      ("neighboring_relation", neighboringRelation.rawValue), ("sampling", sampling),
      ("accountant", accountant.rawValue),
    ]
  }
}
