internal import Accounting
internal import Mechanisms
internal import Results

/// A point of the sweep with its noise calibrated and its epsilon known.
struct PricedSetting: Sendable {
  let point: Experiment.Point
  /// With the noise calibrated.
  let task: TaskSettings
  /// All of its releases.
  let event: PrivacyEvent
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
    } catch let error as CountNoiseError {
      throw problem(
        error, line: point.participationLine, path: "training.participation.minimum")
    } catch let error as AccountingError {
      throw problem(error, line: point.noiseLine, path: "privacy")
    } catch {
      preconditionFailure("\(error)")
    }
  }

  private init(_ point: Experiment.Point) throws {
    self.point = point
    switch point.task {
    case .training(let settings):
      let (privacy, event, claim) = try Self.price(settings)
      task = .training(settings.with(privacy: privacy))
      self.event = event
      self.claim = claim
    case .analytics(let settings):
      let calibrated = try settings.calibrated()
      task = .analytics(calibrated)
      event = calibrated.event
      claim = try calibrated.claim(on: event)
    }
  }

  private static func price(
    _ settings: Settings
  ) throws -> (privacy: PrivacySettings, event: PrivacyEvent, claim: PrivacyClaim) {
    let wanted = settings.privacy
    func event(_ mechanism: PrivacyEvent) -> PrivacyEvent {
      settings.training.event(of: mechanism, unitCount: settings.unitCount)
    }
    let privacy: PrivacySettings
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
    let mechanism = try privacy.mechanism(counting: settings.training.links.countStandardDeviation)
    let run = event(mechanism.event)
    return (
      privacy, run, try privacy.claim(on: run, sampling: settings.training.samplingLabel)
    )
  }

  var targetEpsilon: Double? { point.task.targetEpsilon }
}
