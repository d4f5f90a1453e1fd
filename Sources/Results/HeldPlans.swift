internal import Foundation

/// The plans whose results, finished or not, a folder holds already.
struct HeldPlans {
  private let directory: String
  /// Of the finished run.
  let published: Data?
  /// Of the run that is under way or was interrupted.
  let partial: Data?

  init(_ directory: String) throws(ResultsError) {
    func plan(_ path: String) throws(ResultsError) -> Data? { exists(path) ? try read(path) : nil }
    self.directory = directory
    published = try plan("\(directory)/plan.json")
    partial = try plan("\(directory)/.partial/plan.json")
  }

  var isEmpty: Bool { published == nil && partial == nil }

  /// Throws unless the folder is there for a run of `plan` to write into: it holds this plan's results, or
  /// those of some of its trials.
  ///
  /// Another version of the program, or another system's mathematics library, may resolve the same
  /// experiment a little differently: such results are replaced on request, and not mixed.
  ///
  /// - Parameter dropsRemoved: whether trials may go that `plan` no longer names.
  func expectRoom(
    for plan: Data, restart: Bool, dropsRemoved: Bool
  ) throws(ResultsError) {
    // Who restarted before and was interrupted goes on without asking again.
    let mayReplace = restart || (published != nil && partial == plan)
    for held in [published, partial].compactMap(\.self) where held != plan {
      if let header = try? PlanHeader(of: held), try header == PlanHeader(of: plan) {
        guard mayReplace else { throw .otherResolution(directory: directory) }
        continue
      }
      guard !exists("\(directory)/\(RunFiles.selectionName)") else {
        throw .choiceMade(directory: directory)
      }
      guard let before = RecordedTrials(of: held)?.names, let now = RecordedTrials(of: plan)?.names,
        !before.isDisjoint(with: now)
      else { throw .differentPlan(directory: directory) }
      let removed = before.subtracting(now).count
      guard removed == 0 || dropsRemoved || partial == plan else {
        throw .fewerTrials(directory: directory, removed: removed, held: before.count)
      }
    }
  }
}
