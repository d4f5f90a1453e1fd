import Foundation

@testable import Experiments
@testable import Results

/// Experiment files, and the plans of those that are priced quickly.
func checkExperiment(_ bytes: Data) {
  guard let text = String(validating: bytes, as: UTF8.self) else { return }
  for smoke in [false, true] {
    let experiment: Experiment
    do {
      experiment = try Experiment(source: text, file: "fuzz.yaml", smoke: smoke)
    } catch {
      require(!error.description.isEmpty, "an error without a word")
      continue
    }
    require(experiment.source == text, "the text changed")
    require(!experiment.points.isEmpty, "an experiment without a setting")
    require(
      Set(experiment.points.map(\.label)).count <= experiment.points.count, "settings and labels")
    checkPlan(of: experiment)
  }
}

private func checkPlan(of experiment: Experiment) {
  guard experiment.points.count * experiment.replicates <= 6, experiment.points.allSatisfy(isQuick)
  else { return }
  // A user's own files are not read here.
  guard let plan = try? Plan(experiment, file: "/nowhere/fuzz.yaml"),
    let document = try? plan.document()
  else { return }
  guard let header = try? PlanHeader(of: document) else { fatalError("a plan that is not read") }
  require(
    header.source == experiment.source && header.smoke == experiment.isSmoke, "a plan's header")
  guard
    let files = try? RunFiles(
      plan: document, trials: [], rounds: [], ledgers: []),
    let again = try? Plan(directory: "/nowhere", files: files), let copy = try? again.document()
  else { fatalError("a plan that cannot be expanded again") }
  require(copy == document, "a plan that differs when it is expanded again")
}

/// Whether its price needs no search.
private func isQuick(_ point: Experiment.Point) -> Bool { !point.label.contains("target_epsilon") }
