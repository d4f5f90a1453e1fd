import Accounting
import Foundation
import Randomness

/// Equal rounds of a game.
struct GamePhase: Hashable {
  let release: GameRelease
  /// How the unit comes to be in a round's cohort.
  let sampling: Sampling
  let rounds: Int

  enum Sampling: Hashable {
    case everybody
    /// By a coin of its own in each round.
    case poisson(rate: Double)
    /// As one of `cohortSize` of `populationSize`.
    case withoutReplacement(cohortSize: Int, populationSize: Int)

    var rate: Double {
      switch self {
      case .everybody: 1
      case .poisson(let rate): rate
      case .withoutReplacement(let cohortSize, let populationSize):
        Double(cohortSize) / Double(populationSize)
      }
    }
  }

  /// The rounds that the unit is in, rising.
  private func participations(_ stream: inout RandomStream) -> [Int]? {
    switch sampling {
    case .everybody: return nil
    case .poisson(let rate): return stream.poissonSample(rate: rate, outOf: rounds)
    case .withoutReplacement(let cohortSize, let populationSize):
      // Of a random order of all units, the first are the cohort; the unit's place is uniform.
      return (0..<rounds).filter { _ in
        stream.uniformInteger(below: populationSize) < cohortSize
      }
    }
  }

  /// Plays the rounds with a unit that contributes so, and returns how much their outcomes speak for `first`
  /// and against `second`: the logarithm of the likelihood ratio, each of which is averaged over whether the
  /// unit was in the cohort.
  func score(
    _ contribution: GameRelease.Contribution, first: GameRelease.Contribution,
    second: GameRelease.Contribution, noise: inout [Double], stream: inout RandomStream
  ) -> Double {
    let present = contribution == .nothing ? nil : participations(&stream)
    if release.hasGaussianNoise, noise.count != min(rounds, Self.noiseBlock) {
      noise = [Double](repeating: 0, count: min(rounds, Self.noiseBlock))
    }
    let rate = sampling.rate
    var (sum, nextPresent) = (0.0, 0)
    for round in 0..<rounds {
      if release.hasGaussianNoise, round % Self.noiseBlock == 0 {
        if noise.count < Self.fewNoises {
          for index in noise.indices { noise[index] = stream.gaussian(standardDeviation: 1) }
        } else {
          stream.fillGaussian(&noise, standardDeviation: 1)
        }
      }
      var actual = contribution
      if let present {
        if nextPresent < present.count, present[nextPresent] == round {
          nextPresent += 1
        } else {
          actual = .nothing
        }
      }
      let outcome = release.outcome(
        actual, standardNoise: release.hasGaussianNoise ? noise[round % Self.noiseBlock] : 0,
        stream: &stream)
      sum +=
        Self.averaged(release.logRatio(outcome, of: first), rate: rate)
        - Self.averaged(release.logRatio(outcome, of: second), rate: rate)
    }
    return sum
  }

  /// log(1 - rate + rate e^logRatio).
  private static func averaged(_ logRatio: Double, rate: Double) -> Double {
    if rate == 1 || logRatio == 0 { return logRatio }
    return logRatio > 0
      ? logRatio + log(rate + (1 - rate) * exp(-logRatio)) : log1p(rate * expm1(logRatio))
  }

  private static let noiseBlock = 1024
  /// A fill makes 128 numbers or more.
  private static let fewNoises = 32
}
