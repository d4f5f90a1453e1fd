/// Whose presence a guarantee hides.
public enum PrivacyUnit: String, Codable, CaseIterable, Hashable, Sendable {
  /// One training example.
  case example
  /// One client with all its examples.
  case client
}
