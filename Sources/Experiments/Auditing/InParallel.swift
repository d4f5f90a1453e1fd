/// Does numbered pieces of work, several at a time, and returns what they give in the order of their numbers:
/// how many run at a time can change no result.
///
/// - Parameter progress: called after each piece, whichever ends next.
func inParallel<Outcome: Sendable>(
  _ count: Int, atATime width: Int, progress: () -> Void,
  _ work: @escaping @Sendable (Int) throws -> Outcome
) async throws -> [Outcome] {
  var outcomes = [Outcome?](repeating: nil, count: count)
  try await withThrowingTaskGroup(of: (Int, Outcome).self) { tasks in
    var next = 0
    func start() {
      guard next < count else { return }
      let number = next
      tasks.addTask {
        try Task.checkCancellation()
        return (number, try work(number))
      }
      next += 1
    }
    for _ in 0..<width { start() }
    while let (number, outcome) = try await tasks.next() {
      outcomes[number] = outcome
      progress()
      start()
    }
  }
  return outcomes.compactMap { $0 }
}
