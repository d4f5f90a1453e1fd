internal import Foundation

/// What a results folder keeps of the budget that its run pays from, in `budget.json`: the last line that the
/// run wrote. A budget file that has lost its last lines lacks it.
public struct BudgetReceipt: Hashable, Codable, Sendable {
  /// The budget file, as it was named.
  public let file: String
  /// The checksum of the budget's first line.
  public let budget: String
  public let run: Int
  /// From 1.
  public let line: Int
  /// The checksum of that line.
  public let sha256: String

  init(file: String, budget: String, run: Int, line: Int, sha256: String) {
    self.file = file
    self.budget = budget
    self.run = run
    self.line = line
    self.sha256 = sha256
  }

  private static func path(_ folder: String) -> String { "\(folder)/budget.json" }

  /// nil where the run pays from no budget.
  public init?(folder: String) throws(ResultsError) {
    let path = Self.path(folder)
    guard exists(path) else { return nil }
    self = try CanonicalJSON.decode(BudgetReceipt.self, from: try read(path), file: path)
  }

  func keep(in folder: String) throws(ResultsError) {
    try writeAtomically(try CanonicalJSON.document(self), to: Self.path(folder))
  }

  /// Refuses a budget that is another one, or lacks the line.
  public func check(_ file: BudgetFile, folder: String) throws(ResultsError) {
    guard budget == file.identity else {
      throw .budget(file: file.path, .otherBudget(folder: folder, file: self.file))
    }
    guard file.checksum(ofLine: line) == sha256 else {
      throw .budget(file: file.path, .linesLost(folder: folder, line: line))
    }
  }
}
