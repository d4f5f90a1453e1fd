/// The accountants, by the names that files use.
public enum AccountantKind: String, Codable, CaseIterable, Hashable, Sendable {
  /// ``PrivacyLossAccountant``.
  case pld
  /// ``RenyiAccountant``.
  case rdp
  /// ``GaussianDPAccountant``.
  case gaussianDP = "gaussian-dp"
  /// ``ZeroConcentratedAccountant``.
  case zcdp
  /// ``PureDPAccountant``.
  case pureDP = "pure-dp"
  /// ``OptimalCompositionAccountant``.
  case optimalComposition = "optimal-composition"
  /// ``ClassicRenyiAccountant`` with the orders of the moments accountant.
  case moments
  /// ``ClassicRenyiAccountant`` with the orders of the libraries of 2020.
  case rdpClassic = "rdp-classic"
  /// ``AdvancedCompositionAccountant``.
  case advancedComposition = "advanced-composition"

  /// An accountant of this kind that has seen no events.
  public func makeAccountant(relation: NeighboringRelation) -> any PrivacyAccountant {
    switch self {
    case .pld: PrivacyLossAccountant(relation: relation)
    case .rdp: RenyiAccountant(relation: relation)
    case .gaussianDP: GaussianDPAccountant(relation: relation)
    case .zcdp: ZeroConcentratedAccountant(relation: relation)
    case .pureDP: PureDPAccountant(relation: relation)
    case .optimalComposition: OptimalCompositionAccountant(relation: relation)
    case .moments: ClassicRenyiAccountant(relation: relation, orders: .moments)
    case .rdpClassic: ClassicRenyiAccountant(relation: relation, orders: .librariesOf2020)
    case .advancedComposition: AdvancedCompositionAccountant(relation: relation)
    }
  }

  /// Whether the accountant is kept to price published results the way their authors did.
  ///
  /// Its bounds are valid and looser than those of today's accountants for the same events.
  public var isHistorical: Bool {
    switch self {
    case .pld, .rdp, .gaussianDP, .zcdp, .pureDP, .optimalComposition: false
    case .moments, .rdpClassic, .advancedComposition: true
    }
  }
}
