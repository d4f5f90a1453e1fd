@testable import Experiments

/// Most experiments of these tests train.
extension Experiment.Point {
  var settings: Settings {
    switch task {
    case .training(let settings): settings
    }
  }
}

extension PlannedTrial {
  var plan: TrialPlan {
    switch task {
    case .training(let plan): plan
    }
  }
}
