internal import Training

extension LinkSettings {
  /// Of `training`, where the privacy unit is a client.
  static let keys = ["compression", "error_feedback", "participation"]

  init(_ reader: SettingsReader, sampling: SamplingSettings) throws(ExperimentError) {
    let compression = try UpdateCompression(reader)
    let errorFeedback =
      reader.contains("error_feedback") ? try reader.flag("error_feedback") : false
    if errorFeedback && !compression.allowsErrorFeedback {
      throw reader.problem(
        .inconsistent(reason: Self.reason(againstErrorFeedbackWith: compression)),
        at: "error_feedback")
    }
    link = UpdateLink(compression: compression, errorFeedback: errorFeedback)
    guard reader.contains("participation") else {
      participation = .full
      overSelection = 1
      countStandardDeviation = nil
      return
    }
    let devices = try reader.reader("participation")
    try devices.expectOnly([
      "availability", "drop_out", "stragglers", "over_selection", "minimum",
    ])
    var minimum: (devices: Int, countStandardDeviation: Double?) = (0, nil)
    if devices.contains("minimum") {
      let reader = try devices.reader("minimum")
      try reader.expectOnly(["devices", "count_standard_deviation"])
      minimum.devices = try reader.integer("devices", in: 1...1_000_000_000)
      if reader.contains("count_standard_deviation") {
        minimum.countStandardDeviation = try reader.number(
          "count_standard_deviation", in: .positive)
      }
    }
    participation = Participation(
      availability: try Participation.Availability(devices),
      dropOut: devices.contains("drop_out") ? try devices.number("drop_out", in: .momentum) : 0,
      stragglers: devices.contains("stragglers")
        ? try Participation.Stragglers(try devices.reader("stragglers")) : nil,
      fewestReports: minimum.devices)
    overSelection =
      devices.contains("over_selection")
      ? try devices.number("over_selection", in: .overSelection) : 1
    countStandardDeviation = minimum.countStandardDeviation
    if overSelection > 1 {
      guard case .withoutReplacement = sampling else {
        throw devices.problem(
          .inconsistent(
            reason:
              "only the first reports would count, so that one client's coming could push out "
              + "another's report, which add-or-remove-one does not allow for. Use sampling: "
              + "{cohort_size: 100}, or ask for more with a larger poisson_rate."),
          at: "over_selection")
      }
    }
  }

  private static func reason(againstErrorFeedbackWith compression: UpdateCompression) -> String {
    switch compression {
    case .none: "nothing is kept back without compression; remove this key"
    case .uniform:
      "what one bit keeps back can grow without bound; use 2 or more bits, or remove this key"
    case .randomK:
      "unbiased_random_k has no bias to correct, and its errors would grow; remove this key, or "
        + "use random_k"
    case .stochastic, .decimals, .topK:
      "stochastic rounding has no bias to correct; remove this key, or use uniform_bits"
    }
  }
}

extension UpdateCompression {
  fileprivate init(_ reader: SettingsReader) throws(ExperimentError) {
    guard reader.contains("compression") else {
      self = .none
      return
    }
    switch try reader.variant("compression") {
    case .name("none"):
      self = .none
    case .keyed("decimals", let settings):
      self = .decimals(try settings.integer("decimals", in: 0...9))
    case .keyed("uniform_bits", let settings):
      self = .uniform(bits: try settings.integer("uniform_bits", in: 1...16))
    case .keyed("stochastic_bits", let settings):
      self = .stochastic(bits: try settings.integer("stochastic_bits", in: 2...16))
    case .keyed("top_k", let settings):
      self = .topK(fraction: try settings.number("top_k", in: .rate))
    case .keyed("random_k", let settings):
      self = .randomK(fraction: try settings.number("random_k", in: .rate), isUnbiased: false)
    case .keyed("unbiased_random_k", let settings):
      self = .randomK(
        fraction: try settings.number("unbiased_random_k", in: .rate), isUnbiased: true)
    case let other:
      throw reader.unknownChoice(
        other.name,
        choices: [
          "none", "{decimals: 3}", "{uniform_bits: 8}", "{stochastic_bits: 4}", "{top_k: 0.01}",
          "{random_k: 0.01}", "{unbiased_random_k: 0.01}",
        ], at: "compression")
    }
  }
}

extension Participation.Availability {
  fileprivate init(_ reader: SettingsReader) throws(ExperimentError) {
    guard reader.contains("availability") else {
      self = .always
      return
    }
    switch try reader.variant("availability") {
    case .name("always"):
      self = .always
    case .keyed("probability", let settings):
      self = .probability(try settings.number("probability", in: .rate))
    case .keyed("diurnal", let settings):
      let day = try settings.reader("diurnal")
      try day.expectOnly(["period", "lowest", "highest", "spread"])
      let (lowest, highest) = (
        try day.number("lowest", in: .fraction), try day.number("highest", in: .rate)
      )
      guard lowest <= highest else {
        throw day.problem(
          .outOfRange(allowed: "at most highest, which is \(highest)", found: "\(lowest)"),
          at: "lowest")
      }
      self = .diurnal(
        period: try day.integer("period", in: 1...1_000_000), lowest: lowest, highest: highest,
        spread: day.contains("spread") ? try day.number("spread", in: .fraction) : 1)
    case let other:
      throw reader.unknownChoice(
        other.name,
        choices: [
          "always", "{probability: 0.7}", "{diurnal: {period: 24, lowest: 0.2, highest: 0.8}}",
        ], at: "availability")
    }
  }
}

extension Participation.Stragglers {
  fileprivate init(_ reader: SettingsReader) throws(ExperimentError) {
    try reader.expectOnly(["fraction", "work"])
    let (fraction, work) = (
      try reader.number("fraction", in: .fraction), try reader.number("work", in: .momentum)
    )
    if fraction == 1 && work == 0 {
      throw reader.problem(
        .outOfRange(allowed: "below 1 where the work of stragglers is lost", found: "1"),
        at: "fraction")
    }
    self.init(fraction: fraction, work: work)
  }
}
