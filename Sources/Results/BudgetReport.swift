public import Accounting
public import Foundation

/// What a budget file comes to: what was spent by which run, and what is left.
public struct BudgetReport: Encodable, Sendable {
  public let epsilon: Double
  public let delta: Double
  /// Of the Renyi divergences that are added up.
  public let order: Double
  /// Their limit.
  public let divergence: Double
  public let subject: BudgetSubject
  /// Shares of the limit.
  public let spent: Double
  public let reserved: Double
  public let left: Double
  /// An odometer's reading of what was charged, at the same delta.
  public let epsilonSoFar: Double
  public let runs: [BudgetRow]
  /// Whether the file's last line was cut off in writing.
  public let isCutOff: Bool

  /// - Parameter host: of this machine.
  public init(_ file: BudgetFile, host: String) throws(ResultsError) {
    var budget = try file.budget()
    let filter = budget.filter
    let shares = try budget.shares()
    (epsilon, delta, order, divergence) = (
      filter.epsilon, filter.delta, filter.order, filter.total
    )
    subject = budget.header.subject
    (spent, reserved, left) = (shares.spent, shares.reserved, shares.left)
    epsilonSoFar = try budget.odometer()
    isCutOff = file.isCutOff
    var rows: [BudgetRow] = []
    for run in budget.runs {
      rows.append(
        BudgetRow(
          run: run.number, experiment: run.experiment,
          state: run.closing.map(\.rawValue)
            ?? (run.isAbandoned(on: host, identity: file.identity) ? "dead" : "open"),
          started: run.started, folder: run.folder, releases: run.chargedReleases,
          plannedReleases: run.plannedReleases, share: try budget.share(of: run),
          planEpsilon: try budget.epsilon(ofPlan: run)))
    }
    runs = rows
  }

  private enum CodingKeys: String, CodingKey {
    case epsilon
    case delta
    case order
    case divergence
    case subject
    case spent
    case reserved
    case left
    case epsilonSoFar = "epsilon_so_far"
    case runs
    case isCutOff = "is_cut_off"
  }

  /// The runs as CSV.
  public var csv: Data { CSV.encode(runs) }
}

/// A run that pays from a budget.
public struct BudgetRow: Encodable, Hashable, Sendable {
  /// From 1.
  public let run: Int
  public let experiment: String
  /// `open`; `dead` where it is open and nobody runs it; or how it ended.
  public let state: String
  public let started: Date
  public let folder: String
  /// Of all trials, those that were charged and those that the plan makes.
  public let releases: Int
  public let plannedReleases: Int
  /// Of the budget's limit, what it was the first to be charged for.
  public let share: Double
  /// Of the whole plan by itself, at the budget's delta, by the accountant `rdp`.
  public let planEpsilon: Double

  private enum CodingKeys: String, CodingKey {
    case run
    case experiment
    case state
    case started
    case folder
    case releases
    case plannedReleases = "planned_releases"
    case share
    case planEpsilon = "plan_epsilon"
  }
}

extension BudgetRow: CSVRow {
  static let header = [
    "run", "experiment", "state", "started", "folder", "releases", "planned_releases", "share",
    "plan_epsilon",
  ]

  var cells: [any CSVCell] {
    [
      run, experiment, state, started.formatted(.iso8601), folder, releases, plannedReleases, share,
      planEpsilon,
    ]
  }

  init(_ row: CSVFields) throws(ResultsError) {
    run = try row.int("run")
    experiment = try row.requiredText("experiment")
    state = try row.requiredText("state")
    let started = try row.requiredText("started")
    guard let time = try? Date(started, strategy: .iso8601) else {
      throw .unreadable(file: row.place, reason: "started is \"\(started)\", no time")
    }
    self.started = time
    folder = try row.requiredText("folder")
    releases = try row.int("releases")
    plannedReleases = try row.int("planned_releases")
    share = try row.double("share")
    planEpsilon = try row.double("plan_epsilon")
  }
}
