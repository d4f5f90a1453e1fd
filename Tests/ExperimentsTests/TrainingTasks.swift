@testable import Experiments

/// Most experiments of these tests train.
extension Experiment.Point {
  var settings: Settings {
    guard case .training(let settings) = task else { preconditionFailure("\(label) trains") }
    return settings
  }
}

extension PlannedTrial {
  var plan: TrialPlan {
    guard case .training(let plan) = task else { preconditionFailure("\(id) trains") }
    return plan
  }
}
