import Accounting
import Experiments
import Foundation
import Results

/// One object of a JSON log. What does not apply is left out.
struct LogRecord: Encodable {
  enum Event: String, Encodable {
    case note
    case error
    case started
    /// Of the whole sweep.
    case progress
    /// Of one trial in training.
    case round
    case finishedTrial = "finished_trial"
    case finished
  }

  private let time = Date.now.formatted(.iso8601.time(includingFractionalSeconds: true))
  let event: Event
  var message: String?

  var trials: Int?
  var finishedTrials: Int?
  /// Of the sweep's work, in [0, 1].
  var share: Double?
  var secondsLeft: Double?

  private var trial: String?
  private var sweep: String?
  private var replicate: Int?
  var round: Int?
  var rounds: Int?
  /// Of the last measurement.
  var accuracy: Double?
  /// Of what the rounds so far have spent.
  private var epsilonUpper: Double?
  private var delta: Double?
  private var privacyUnit: PrivacyUnit?
  private var neighboringRelation: NeighboringRelation?
  private var sampling: String?
  private var accountant: AccountantKind?
  var seconds: Double?

  var computedTrials: Int?
  var keptTrials: Int?
  var slowestSetting: String?
  var slowestSeconds: Double?
  var directory: String?

  init(_ event: Event) { self.event = event }

  /// - Parameter epsilonUpper: an upper bound at the trial's terms.
  init(_ event: Event, of trial: PlannedTrial, epsilonUpper: Double) {
    self.event = event
    self.trial = trial.id.description
    sweep = trial.sweep
    replicate = trial.task.replicate
    self.epsilonUpper = epsilonUpper
    delta = trial.claim.delta
    privacyUnit = trial.claim.privacyUnit
    neighboringRelation = trial.claim.neighboringRelation
    sampling = trial.claim.sampling
    accountant = trial.claim.accountant
  }

  private enum CodingKeys: String, CodingKey {
    case time, event, message, trials
    case finishedTrials = "finished_trials"
    case share
    case secondsLeft = "seconds_left"
    case trial, sweep, replicate, round, rounds, accuracy
    case epsilonUpper = "epsilon_upper"
    case delta
    case privacyUnit = "privacy_unit"
    case neighboringRelation = "neighboring_relation"
    case sampling, accountant, seconds
    case computedTrials = "computed_trials"
    case keptTrials = "kept_trials"
    case slowestSetting = "slowest_setting"
    case slowestSeconds = "slowest_seconds"
    case directory
  }
}
