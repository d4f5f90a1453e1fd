public import Results

/// The parts of a sweep that ran apart, put together.
public struct Merge {
  /// Of the whole sweep.
  public let plan: Plan
  private let parts: [KeptTrials]

  /// Reads finished parts of one sweep. Throws unless they belong together and hold every trial.
  ///
  /// - Parameter directories: of ``Shard``s, in any order; finished runs of fewer settings or replicates
  ///   may be among them.
  public init(_ directories: [String]) throws {
    let parts = try directories.map(KeptTrials.init(part:))
    guard let first = parts.first(where: \.isShard) ?? parts.first else {
      preconditionFailure("at least one part")
    }
    for part in parts where part.isShard && part.plan != first.plan {
      throw ResultsError.differentParts(first.directory, part.directory)
    }
    plan = try Plan(recorded: first.plan, file: "\(first.directory)/plan.json")
    guard try plan.document() == first.plan else {
      throw ResultsError.otherResolution(directory: first.directory)
    }
    self.parts = parts
    var missing = 0
    for trial in plan.trials {
      let outcomes = try parts.compactMap { part in
        try part.outcome(of: trial.id.description).map { (part.directory, $0) }
      }
      if outcomes.isEmpty { missing += 1 }
      for (directory, outcome) in outcomes.dropFirst()
      where outcome.rounds != outcomes[0].1.rounds || outcome.ledger != outcomes[0].1.ledger {
        throw ResultsError.conflictingParts(
          outcomes[0].0, directory, trial: trial.id.description)
      }
    }
    guard missing == 0 else {
      throw ResultsError.missingTrials(missing, of: plan.trials.count)
    }
  }

  /// Writes the results that one run of the whole sweep would have written.
  public func run(
    in directory: RunDirectory, provenance: (RunFiles, _ parts: [Provenance]) -> Provenance
  ) async throws -> RunFiles {
    let names = Set(plan.trials.map(\.id.description))
    for part in parts { try directory.adopt(part, of: names) }
    let provenances = parts.map(\.provenance)
    return try await SweepRunner(
      plan: plan, dataFolder: nil, threads: 1, checkpointInterval: .zero
    ).run(in: directory, provenance: { provenance($0, provenances) }, onEvent: { _ in })
  }
}
