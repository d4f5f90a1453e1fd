/// Keeps one state that cannot be copied, so that many parties fit into an array. It is taken out once.
final class Holder<State: ~Copyable> {
  private var state: State?

  init(_ state: consuming State) { self.state = consume state }

  func take() -> State {
    guard let state = state.take() else { preconditionFailure("a state is left once") }
    return state
  }
}
