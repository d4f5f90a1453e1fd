/// The accountants, by the names that files use.
public enum AccountantKind: String, Codable, CaseIterable, Hashable, Sendable {
  /// ``PrivacyLossAccountant``.
  case pld
  /// ``RenyiAccountant``.
  case rdp
  /// ``GaussianDPAccountant``.
  case gaussianDP = "gaussian-dp"

  /// An accountant of this kind that has seen no events.
  public func makeAccountant(relation: NeighboringRelation) -> any PrivacyAccountant {
    switch self {
    case .pld: PrivacyLossAccountant(relation: relation)
    case .rdp: RenyiAccountant(relation: relation)
    case .gaussianDP: GaussianDPAccountant(relation: relation)
    }
  }
}
