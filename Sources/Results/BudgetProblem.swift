public import Accounting

/// Why a budget file cannot be paid from.
public enum BudgetProblem: Hashable, Sendable, CustomStringConvertible {
  case alreadyThere
  /// The line, from 1, is not as it was written, or not where it was.
  case altered(line: Int, reason: String)
  /// Lines that the receipt of a results folder tells of are not there any more.
  case linesLost(folder: String, line: Int)
  case replaced
  case otherData(field: String, covered: String, asked: String)
  case otherArithmetic(trial: String, charged: String, now: String)
  case cohortsUsed(run: Int, seed: UInt64, replicate: Int)
  case unpriced(reason: String)
  /// Shares of the total.
  case exhausted(cost: Double, left: Double, total: RenyiFilter, openRuns: [Int])
  case closedMeanwhile(run: Int)
  case noSuchRun(Int)
  case runIsClosed(Int)
  case runIsAlive(Int, folder: String)
  case uncharged(folder: String)
  case otherBudget(folder: String, file: String)
  case isChargedHere(folder: String, file: String)

  public var description: String {
    switch self {
    case .alreadyThere:
      "there is a file already, and a budget that has been spent from is never begun again. Name "
        + "another file; `tradeoff budget show` tells what this one holds."
    case .altered(let line, let reason):
      "line \(line) is not as it was written: \(reason). The file has been altered or damaged, and "
        + "nothing is spent from it; put back a copy from before."
    case .linesLost(let folder, let line):
      "it lacks line \(line), for which \(folder)/budget.json is the receipt. The file has lost lines "
        + "or is an old copy, and nothing is spent from it; put back a newer one."
    case .replaced:
      "it was moved, removed or replaced while a run charged it. Nothing more is released; put it back "
        + "and run the same command again."
    case .otherData(let field, let covered, let asked):
      "it is the budget of other data: its \(field) is \(covered), and the experiment's is \(asked). "
        + "`tradeoff budget create` begins a budget for these."
    case .otherArithmetic(let trial, let charged, let now):
      "trial \(trial) was charged with the OpenBLAS kernel \(charged), and \(now) is in use now. It "
        + "would repeat its noise on sums that are rounded differently, and their difference has no "
        + "noise at all. Set OPENBLAS_CORETYPE=\(charged), or change the seed or first_replicate."
    case .cohortsUsed(let run, let seed, let replicate):
      "run \(run) has asked about the random cohorts of seed \(seed), replicate \(replicate), and there "
        + "is no bound on asking about them again once its answers are known. Set first_replicate to "
        + "a number that no run has had, or, where the units do not hang from it, another seed."
    case .unpriced(let reason):
      "the plan has no price: \(reason)"
    case .exhausted(let cost, let left, let filter, let openRuns):
      "the plan costs \(percentage(cost, .up)) of the total (epsilon \(filter.epsilon) at delta = "
        + "\(filter.delta)), and \(percentage(max(0, left), .down)) are left. Nothing was started. Add "
        + "noise, or take fewer rounds, settings or replicates."
        + (openRuns.isEmpty
          ? ""
          : " Open runs are counted in full; one that will not go on is closed by `tradeoff budget "
            + "close FILE RUN` (open: \(openRuns.map(String.init).joined(separator: ", "))).")
    case .closedMeanwhile(let run):
      "run \(run) was closed while it was running. Nothing more is released; run the same command "
        + "again to go on."
    case .noSuchRun(let run):
      "there is no run \(run); `tradeoff budget show` lists them."
    case .runIsClosed(let run):
      "run \(run) is closed already."
    case .runIsAlive(let run, let folder):
      "run \(run) is being run: something holds \(folder). Stop it first."
    case .uncharged(let folder):
      "the results in \(folder) were not charged to it. --restart computes and charges them again; or "
        + "name another folder with --output."
    case .otherBudget(let folder, let file):
      "the results in \(folder) are charged to another budget, \(file). Go on with --budget \(file)."
    case .isChargedHere(let folder, let file):
      "the run in \(folder) is charged to this budget. Go on with --budget \(file)."
    }
  }
}

/// A share of the whole, with up to four digits.
package func percentage(_ share: Double, _ rule: FloatingPointRoundingRule) -> String {
  "\(OutwardDecimal.text(100 * share, rounded: rule)) %"
}
