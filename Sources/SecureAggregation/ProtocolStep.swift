/// What the clients do, in this order.
public enum ProtocolStep: String, CaseIterable, Sendable {
  /// They publish keys.
  case advertising
  /// They share the secrets behind their masks among each other.
  case sharing
  /// They send their masked vectors.
  case masking
  /// They sign who survived; against an honest-but-curious server there is nothing to send.
  case endorsing
  /// They reveal shares of the masks that are left in the sum.
  case revealing
}

extension ProtocolStep: Comparable {
  private var position: Int { Self.allCases.firstIndex(of: self)! }

  public static func < (left: ProtocolStep, right: ProtocolStep) -> Bool {
    left.position < right.position
  }
}
