internal import Results
internal import Training

/// What a trial's rounds took of links and devices so far. Every round counts, measured or not.
struct LinkTally: Hashable, Codable {
  private var bytesUp = 0
  private var bytesDown = 0
  private var reported = 0
  private var skippedRounds = 0

  mutating func add(_ diagnostics: RoundDiagnostics) {
    bytesUp += diagnostics.bytesUp
    bytesDown += diagnostics.bytesDown
    reported += diagnostics.cohortSize
    skippedRounds += diagnostics.isSkipped ? 1 : 0
  }

  /// The metrics of a trial with this plan; none where no client sends anything.
  func metrics(of plan: TrialPlan) -> [(Metric, Double?)] {
    if plan.training.local == nil { return [] }
    return [
      (.diagnosticBytesUp, Double(bytesUp)), (.diagnosticBytesDown, Double(bytesDown)),
      (.diagnosticReported, Double(reported)),
      (
        .skippedRounds,
        plan.training.links.participation.fewestReports > 0 ? Double(skippedRounds) : nil
      ),
    ]
  }

  private enum CodingKeys: String, CodingKey {
    case bytesUp = "bytes_up"
    case bytesDown = "bytes_down"
    case reported
    case skippedRounds = "skipped_rounds"
  }
}

extension TrialPlan {
  /// What a finished trial took of links and devices.
  func links(of outcome: FinishedTrial) -> LinkUse {
    let asked = Participation.full.expectedReports(of: sampler) * Double(training.rounds)
    return LinkUse(
      bytesUp: outcome.last(.diagnosticBytesUp), bytesDown: outcome.last(.diagnosticBytesDown),
      participation: outcome.last(.diagnosticReported).map { $0 / asked },
      skippedRounds: outcome.last(.skippedRounds))
  }
}
