internal import Accounting
internal import Mechanisms
internal import Results

/// A point of the sweep with its noise calibrated and its epsilon known.
struct PricedSetting {
  let point: Experiment.Point
  let privacy: PrivacySettings
  let claim: PrivacyClaim

  init(_ point: Experiment.Point, file: String) throws(ExperimentError) {
    func problem(_ error: any CustomStringConvertible, line: Int?, path: String) -> ExperimentError
    {
      ExperimentError(
        file: file, line: line, path: path, problem: .inconsistent(reason: error.description))
    }
    do {
      try self.init(point)
    } catch let error as AdaptiveClippingError {
      throw problem(error, line: point.clippingLine, path: "privacy.clipping")
    } catch let error as DistributedNoiseError {
      throw problem(error, line: point.mechanismLine, path: "privacy.mechanism")
    } catch let error as AccountingError {
      throw problem(error, line: point.noiseLine, path: "privacy")
    } catch {
      preconditionFailure("\(error)")
    }
  }

  private init(_ point: Experiment.Point) throws {
    let settings = point.settings
    let wanted = settings.privacy
    func event(_ mechanism: PrivacyEvent) -> PrivacyEvent {
      settings.training.event(of: mechanism, unitCount: settings.dataset.unitCount)
    }
    self.point = point
    if case .targetEpsilon(let target) = wanted.noise {
      privacy = wanted.with(
        noise: .multiplier(
          try Calibration.noiseMultiplier(
            targetEpsilon: target, delta: wanted.delta, accountant: wanted.accountant,
            relation: wanted.neighboringRelation
          ) { event(wanted.event(noiseMultiplier: $0)) }))
    } else {
      privacy = wanted
    }
    claim = try privacy.claim(
      on: event(privacy.mechanism.event), sampling: settings.training.sampling)
  }

  var targetEpsilon: Double? {
    guard case .targetEpsilon(let target) = point.settings.privacy.noise else { return nil }
    return target
  }
}
