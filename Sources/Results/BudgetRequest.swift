/// What an experiment asks of a budget.
public struct BudgetRequest: Hashable, Sendable {
  public let experiment: String
  public let subject: BudgetSubject
  public let schedules: [ReleaseSchedule]

  public init(experiment: String, subject: BudgetSubject, schedules: [ReleaseSchedule]) {
    self.experiment = experiment
    self.subject = subject
    self.schedules = schedules
  }
}

/// Where a run writes, and how it computes.
public struct BudgetPlace: Hashable, Sendable {
  /// The absolute path of the results folder.
  public let folder: String
  public let host: String
  /// Such as the name of a BLAS kernel.
  public let arithmetic: String

  public init(folder: String, host: String, arithmetic: String) {
    self.folder = folder
    self.host = host
    self.arithmetic = arithmetic
  }
}
