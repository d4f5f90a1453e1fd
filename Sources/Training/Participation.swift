internal import Foundation
internal import Randomness

/// What keeps the devices of a cohort from reporting.
///
/// It is simulated from ``SharedKeys``, so that runs of other settings meet the same fate, and knows
/// nothing of any client's data.
///
/// **Privacy.** Whether a device is there, drops out or comes late does not depend on data. Whoever knew
/// it all would see each client contribute with the declared chance or never: every round is charged as
/// if all had reported. In a cohort of fixed size, to replace one member by another still moves the
/// sum by at most twice the clipping norm, whichever of the two reports; and so it does where only
/// the first reports count, for a member that comes in displaces at most one. So the sampler's own
/// amplification holds, for the size of the cohort that was asked.
///
/// The mean of a round divides by a public constant, the number of reports that these settings
/// lead one to expect (``expectedReports(of:)``), and never by how many came. To divide by the whole
/// expected cohort would be as private, but every step would shrink by the share of devices that are lost,
/// as if the server's learning rate had been lowered.
public struct Participation: Hashable, Sendable {
  /// When a device answers at all. One that does not is not sent the model.
  public enum Availability: Hashable, Sendable {
    case always
    /// Independently in every round, in (0, 1].
    case probability(Double)
    /// With a probability that swings between `lowest` and `highest`, in [0, 1], like a cosine over
    /// `period` rounds. Each client has its hour of the day: uniform over the part `spread`, in [0, 1],
    /// of a period, so that with 0 all peak in the same round and with 1 as many are there at any time
    /// (Bonawitz et al. 2019, section 9; Eichner et al. 2019).
    case diurnal(period: Int, lowest: Double, highest: Double, spread: Double)

    /// Over devices and a whole period.
    var mean: Double {
      switch self {
      case .always: 1
      case .probability(let probability): probability
      case .diurnal(_, let lowest, let highest, _): (lowest + highest) / 2
      }
    }
  }

  /// Devices too slow for the deadline.
  public struct Stragglers: Hashable, Sendable {
    /// Of devices, in each round anew; in [0, 1].
    public let fraction: Double
    /// The share of its local steps, rounded up, that one has done at the deadline, when it reports what
    /// it has; in [0, 1). With 0 its work is lost.
    public let work: Double

    public init(fraction: Double, work: Double) {
      precondition((0...1).contains(fraction), "a fraction is in [0, 1]")
      precondition((0..<1).contains(work), "a straggler's share of the work is in [0, 1)")
      self.fraction = fraction
      self.work = work
    }
  }

  public let availability: Availability
  /// The chance that a device is lost between the start of a round and its report; in [0, 1).
  public let dropOut: Double
  public let stragglers: Stragglers?
  /// With fewer reports the server does not step. Where the number of reports is noised, the noised one
  /// decides.
  public let fewestReports: Int

  /// Everybody who is sampled reports.
  public static let full = Participation()

  public init(
    availability: Availability = .always, dropOut: Double = 0, stragglers: Stragglers? = nil,
    fewestReports: Int = 0
  ) {
    precondition((0..<1).contains(dropOut), "a chance of dropping out is in [0, 1)")
    precondition(fewestReports >= 0, "a number of reports is 0 or greater")
    switch availability {
    case .always: break
    case .probability(let probability):
      precondition(probability > 0 && probability <= 1, "some device is available")
    case .diurnal(let period, let lowest, let highest, let spread):
      precondition(period > 0, "a period has at least one round")
      precondition(0 <= lowest && lowest <= highest && highest <= 1, "probabilities, in order")
      precondition(highest > 0, "some device is available")
      precondition((0...1).contains(spread), "a spread is a part of the period")
    }
    self.availability = availability
    self.dropOut = dropOut
    self.stragglers = stragglers
    self.fewestReports = fewestReports
  }

  /// How many reports a round of this sampler can expect: the public divisor of every release.
  public func expectedReports(of sampler: any CohortSampler) -> Double {
    let lost = stragglers.map { $0.work == 0 ? $0.fraction : 0 } ?? 0
    let reports =
      sampler.expectedCohortSize * availability.mean * (1 - dropOut) * (1 - lost)
    return sampler.reportLimit.map { min(reports, Double($0)) } ?? reports
  }
}

extension Participation {
  /// Who takes up a round, and who reports; both ascending. Sensitive.
  struct Cohort {
    let started: [Int]
    let reporting: [Int]
  }

  func cohort(
    of sampler: any CohortSampler, population: Int, round: Int, keys: SharedKeys
  ) -> Cohort {
    let cohort = sampler.cohort(
      from: population, round: round, key: keys.cohort(round: round))
    let started =
      availability == .always
      ? cohort : cohort.filter { isAvailable($0, round: round, keys: keys) }
    if dropOut == 0 && stragglers == nil && sampler.reportLimit == nil {
      return Cohort(started: started, reporting: started)
    }
    var arrivals = started.compactMap { arrival(of: $0, round: round, keys: keys) }
    if let limit = sampler.reportLimit, limit < arrivals.count {
      arrivals.sort()
      arrivals.removeLast(arrivals.count - limit)
    }
    return Cohort(started: started, reporting: arrivals.map(\.client).sorted())
  }

  /// The share of its local steps that a client does in a round; 1 unless it is late.
  func work(of client: Int, round: Int, keys: SharedKeys) -> Double {
    guard let stragglers else { return 1 }
    let device = DeviceFate(keys.device(round: round, client: client))
    return device.slowness < stragglers.fraction ? stragglers.work : 1
  }

  func isAvailable(_ client: Int, round: Int, keys: SharedKeys) -> Bool {
    let device = DeviceFate(keys.device(round: round, client: client))
    switch availability {
    case .always:
      return true
    case .probability(let probability):
      return device.absence < probability
    case .diurnal(let period, let lowest, let highest, let spread):
      var stream = RandomStream(keys.phase(client: client))
      let time = Double(round) / Double(period) - spread * stream.uniform()
      return device.absence < lowest + (highest - lowest) * (1 + cos(2 * .pi * time)) / 2
    }
  }

  /// When a client reports; nil if it does not.
  private func arrival(of client: Int, round: Int, keys: SharedKeys) -> Arrival? {
    let device = DeviceFate(keys.device(round: round, client: client))
    if device.dropOut < dropOut { return nil }
    var isLate = false
    if let stragglers, device.slowness < stragglers.fraction {
      if stragglers.work == 0 { return nil }
      isLate = true
    }
    return Arrival(client: client, isLate: isLate, time: device.time)
  }
}

/// The order of reports: those that are late come at the deadline, after all others.
private struct Arrival: Comparable {
  let client: Int
  let isLate: Bool
  let time: Double

  static func < (one: Arrival, other: Arrival) -> Bool {
    if one.isLate != other.isLate { return other.isLate }
    return (one.time, one.client) < (other.time, other.client)
  }
}

/// What befalls a device in a round, whatever the settings: four independent numbers in [0, 1).
private struct DeviceFate {
  let absence: Double
  let dropOut: Double
  let slowness: Double
  /// When it is done, among devices that are in time.
  let time: Double

  init(_ key: StreamKey) {
    var stream = RandomStream(key)
    absence = stream.uniform()
    dropOut = stream.uniform()
    slowness = stream.uniform()
    time = stream.uniform()
  }
}
