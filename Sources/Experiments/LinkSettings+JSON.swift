internal import Training

/// Keys of `training`, left out where they say nothing new.
extension LinkSettings: Encodable {
  private enum CodingKeys: String, CodingKey {
    case compression
    case errorFeedback = "error_feedback"
    case participation
  }

  private enum DeviceKeys: String, CodingKey {
    case availability
    case dropOut = "drop_out"
    case stragglers
    case overSelection = "over_selection"
    case minimum
  }

  private enum MinimumKeys: String, CodingKey {
    case devices
    case countStandardDeviation = "count_standard_deviation"
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    if link.compression != .none {
      try fields.encode(EncodedCompression(compression: link.compression), forKey: .compression)
    }
    if link.errorFeedback { try fields.encode(true, forKey: .errorFeedback) }
    guard participation != .full || overSelection > 1 else { return }
    var devices = fields.nestedContainer(keyedBy: DeviceKeys.self, forKey: .participation)
    if participation.availability != .always {
      try devices.encode(
        EncodedAvailability(availability: participation.availability), forKey: .availability)
    }
    if participation.dropOut > 0 { try devices.encode(participation.dropOut, forKey: .dropOut) }
    if let stragglers = participation.stragglers {
      try devices.encode(
        ["fraction": stragglers.fraction, "work": stragglers.work], forKey: .stragglers)
    }
    if overSelection > 1 { try devices.encode(overSelection, forKey: .overSelection) }
    if participation.fewestReports > 0 {
      var minimum = devices.nestedContainer(keyedBy: MinimumKeys.self, forKey: .minimum)
      try minimum.encode(participation.fewestReports, forKey: .devices)
      try minimum.encodeIfPresent(countStandardDeviation, forKey: .countStandardDeviation)
    }
  }
}

private struct EncodedCompression: Encodable {
  let compression: UpdateCompression

  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch compression {
    case .none: try value.encode("none")
    case .decimals(let decimals): try value.encode(["decimals": decimals])
    case .uniform(let bits): try value.encode(["uniform_bits": bits])
    case .stochastic(let bits): try value.encode(["stochastic_bits": bits])
    case .topK(let fraction): try value.encode(["top_k": fraction])
    case .randomK(let fraction, let isUnbiased):
      try value.encode([isUnbiased ? "unbiased_random_k" : "random_k": fraction])
    }
  }
}

private struct EncodedAvailability: Encodable {
  let availability: Participation.Availability

  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch availability {
    case .always: try value.encode("always")
    case .probability(let probability): try value.encode(["probability": probability])
    case .diurnal(let period, let lowest, let highest, let spread):
      try value.encode([
        "diurnal": [
          "period": Double(period), "lowest": lowest, "highest": highest, "spread": spread,
        ]
      ])
    }
  }
}
