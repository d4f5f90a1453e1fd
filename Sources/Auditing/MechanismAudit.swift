public import Accounting
public import Randomness
public import Statistics

/// A lower bound on the epsilon of a mechanism, from runs of it.
public struct MechanismAudit: Hashable, Sendable {
  /// What was done, and what the adversary achieved.
  public enum Evidence: Hashable, Sendable {
    case manyRuns(ManyRunAudit)
    case guesses(OneRunAudit)
  }

  /// How much there is to play.
  public struct Effort: Hashable, Sendable {
    /// Runs with the unit, and as many without it, of which half choose the threshold; 4 or more.
    public let runs: Int
    /// Canaries in each run of the method one-run; 1 or more.
    public let canaries: Int
    /// Numbers of guesses, over all of which the method one-run is right; each at most the canaries.
    public let guesses: [Int]
    /// Runs of the method one-run, whose guesses are pooled; 1 or more.
    public let pooledRuns: Int

    public init(runs: Int, canaries: Int, guesses: [Int], pooledRuns: Int) {
      precondition(
        runs >= 4 && canaries > 0 && pooledRuns > 0 && !guesses.isEmpty
          && guesses.allSatisfy { (0...canaries).contains($0) }, "an audit plays something")
      self.runs = runs
      self.canaries = canaries
      self.guesses = guesses
      self.pooledRuns = pooledRuns
    }
  }

  public let method: AuditMethod
  /// Rounded down.
  public let epsilonLowerBound: Double
  public let evidence: Evidence

  /// Plays `event` under `relation` and audits it, by each of the methods at this confidence of its own.
  ///
  /// Throws ``AuditingError`` where runs cannot be simulated or a method is not valid for the event, before
  /// anything is played.
  public static func all(
    _ methods: [AuditMethod], of event: PrivacyEvent, relation: NeighboringRelation, delta: Double,
    confidence: Confidence, effort: Effort, key: StreamKey, threads: Int
  ) async throws(AuditingError) -> [MechanismAudit] {
    let game = try MechanismGame(event, relation: relation)
    if methods.contains(.gaussianDP), !isGaussian(event, under: relation) { throw .notGaussian }
    let runs = methods == [.oneRun] ? 0 : 2 * effort.runs
    let canaries = methods.contains(.oneRun) ? effort.canaries * effort.pooledRuns : 0
    guard Double(runs + canaries) * Double(game.releaseCount) <= Double(MechanismGame.mostReleases)
    else { throw .cannotPlay(.tooManyReleases) }
    if canaries > 0 { try game.checkCanaries() }

    let scores =
      runs > 0
      ? try await game.runScores(effort.runs, key: key.child(.phase, 0), threads: threads) : nil
    var audits: [MechanismAudit] = []
    for method in methods {
      switch (method, scores) {
      case (.clopperPearson, let scores?):
        let audit = scores.heldOutAudit(for: .epsilon(delta: delta))
        audits.append(
          MechanismAudit(
            method: method,
            epsilonLowerBound: audit.epsilonLowerBound(delta: delta, confidence: confidence),
            evidence: .manyRuns(audit)))
      case (.gaussianDP, let scores?):
        let audit = scores.heldOutAudit(for: .gaussian)
        do {
          let bound = try audit.gaussianBound(confidence: confidence).epsilon(atDelta: delta)
          audits.append(
            MechanismAudit(method: method, epsilonLowerBound: bound, evidence: .manyRuns(audit)))
        } catch { throw .privacy(error) }
      case (.oneRun, _), (_, nil):
        audits.append(
          try await oneRun(
            of: game, delta: delta, confidence: confidence, effort: effort,
            key: key.child(.phase, 1), threads: threads))
      }
    }
    return audits
  }

  private static func oneRun(
    of game: MechanismGame, delta: Double, confidence: Confidence, effort: Effort, key: StreamKey,
    threads: Int
  ) async throws(AuditingError) -> MechanismAudit {
    var runs: [CanaryScores] = []
    for run in 0..<effort.pooledRuns {
      runs.append(
        try await game.canaryScores(
          effort.canaries, key: key.child(.replicate, UInt64(run)), threads: threads))
    }
    let audits = effort.guesses.map { guesses in
      OneRunAudit.pooled(runs.map { $0.audit(guessing: guesses) })
    }
    let strongest =
      OneRunAudit.strongest(of: audits, delta: delta, confidence: confidence)
      ?? (audit: audits[0], epsilonLowerBound: 0)
    return MechanismAudit(
      method: .oneRun, epsilonLowerBound: strongest.epsilonLowerBound,
      evidence: .guesses(strongest.audit))
  }

  private static func isGaussian(
    _ event: PrivacyEvent, under relation: NeighboringRelation
  ) -> Bool {
    var accountant = GaussianDPAccountant(relation: relation)
    do {
      try accountant.compose(event)
      return true
    } catch {
      return false
    }
  }
}
