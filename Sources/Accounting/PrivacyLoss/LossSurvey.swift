import Foundation

/// A rough picture of one step's privacy loss: finitely many losses with their probabilities, good
/// to a few percent. Bounds do not rest on it; grids are chosen by it.
struct LossSurvey: Sendable {
  private(set) var losses: [Double] = []
  private(set) var logMasses: [Double] = []

  init(of step: SampledLoss, logLostMass: Double) {
    for node in step.noise.survey(of: step.noiseRange(logLostMass: logLostMass)) {
      let loss = step.loss(atNoiseLoss: node.loss)
      let logMass = step.direction == .remove ? node.logWeight + loss : node.logWeight
      guard logMass > -.infinity else { continue }
      losses.append(loss)
      logMasses.append(logMass)
    }
    if step.direction == .add {
      losses.reverse()
      logMasses.reverse()
    }
  }

  /// log E[e^(tilt L)] with its first two derivatives, which are the mean and the variance of L
  /// under the tilted law.
  func cumulant(tilt: Double) -> Cumulant {
    var largest = -Double.infinity
    for index in losses.indices {
      largest = max(largest, logMasses[index] + tilt * losses[index])
    }
    guard largest.isFinite else { return Cumulant(value: largest, mean: 0, variance: 0) }
    var total = 0.0
    var first = 0.0
    var second = 0.0
    for index in losses.indices {
      let weight = exp(logMasses[index] + tilt * losses[index] - largest)
      total += weight
      first += weight * losses[index]
    }
    let mean = first / total
    for index in losses.indices {
      let weight = exp(logMasses[index] + tilt * losses[index] - largest)
      let deviation = losses[index] - mean
      second += weight * deviation * deviation
    }
    return Cumulant(value: largest + log(total), mean: mean, variance: second / total)
  }

  /// The tilted law's probabilities, by loss.
  func tiltedMasses(tilt: Double) -> [Double] {
    let total = cumulant(tilt: tilt).value
    return losses.indices.map { exp(logMasses[$0] + tilt * losses[$0] - total) }
  }
}

struct Cumulant {
  var value = 0.0
  var mean = 0.0
  var variance = 0.0

  static func + (a: Cumulant, b: Cumulant) -> Cumulant {
    Cumulant(value: a.value + b.value, mean: a.mean + b.mean, variance: a.variance + b.variance)
  }

  static func * (count: Double, a: Cumulant) -> Cumulant {
    Cumulant(value: count * a.value, mean: count * a.mean, variance: count * a.variance)
  }
}
