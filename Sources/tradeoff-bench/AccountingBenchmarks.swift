import Accounting

/// Questions to the accountants, each from scratch.
func accountingBenchmarks() -> [Benchmark] {
  func event(_ noiseMultiplier: Double) -> PrivacyEvent {
    .repeated(
      .poissonSampled(.gaussian(noiseMultiplier: noiseMultiplier), samplingRate: 0.01),
      count: 1000)
  }
  return [
    Benchmark(name: "epsilon-rdp-poisson", unit: "query", unitsPerRun: 1) {
      var accountant = RenyiAccountant(relation: .addOrRemoveOne)
      try accountant.compose(event(1))
      _ = try accountant.epsilon(atDelta: 1e-5)
    },
    Benchmark(name: "calibrate-rdp-poisson", unit: "query", unitsPerRun: 1) {
      _ = try Calibration.noiseMultiplier(
        targetEpsilon: 2, delta: 1e-5, accountant: .rdp, relation: .addOrRemoveOne, event: event)
    },
  ]
}
