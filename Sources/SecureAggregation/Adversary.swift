/// What the server may do to learn more than the sum.
public enum Adversary: String, CaseIterable, Sendable {
  /// It follows the protocol, and looks at all it receives.
  case honestButCurious = "honest-but-curious"
  /// It may send anything: clients sign their keys and the list of survivors.
  case active
}
