/// The accountants, by the names that files use.
public enum AccountantKind: String, Codable, CaseIterable, Hashable, Sendable {
  /// ``RenyiAccountant``.
  case rdp
  /// ``GaussianDPAccountant``.
  case gaussianDP = "gaussian-dp"
}
