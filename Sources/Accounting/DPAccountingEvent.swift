/// An event of the Python package dp-accounting (google/differential-privacy, `dp_event.py`, version
/// 0.6), in the forms that its `to_named_tuple` takes in JSON:
///
///     {"module_name": "dp_accounting.dp_event", "class_name": "GaussianDpEvent",
///      "noise_multiplier": 1.1}
///     ["dp_accounting.dp_event", "GaussianDpEvent", 1.1]
///
/// In the first, `module_name` may be missing. Events inside events may have any form that
/// ``RecordedEvent`` reads.
struct DPAccountingEvent: Decodable {
  let event: PrivacyEvent

  static let module = "dp_accounting.dp_event"

  enum ClassName: String, CaseIterable {
    case noOp = "NoOpDpEvent"
    case nonPrivate = "NonPrivateDpEvent"
    case gaussian = "GaussianDpEvent"
    case laplace = "LaplaceDpEvent"
    case discreteLaplace = "DiscreteLaplaceDpEvent"
    case randomizedResponse = "RandomizedResponseDpEvent"
    case poissonSampled = "PoissonSampledDpEvent"
    case sampledWithoutReplacement = "SampledWithoutReplacementDpEvent"
    case selfComposed = "SelfComposedDpEvent"
    case composed = "ComposedDpEvent"
    case repeatAndSelect = "RepeatAndSelectDpEvent"

    /// In the order of declaration, which is that of the named tuples.
    var fields: [String] {
      switch self {
      case .noOp, .nonPrivate: []
      case .gaussian, .laplace: ["noise_multiplier"]
      case .discreteLaplace: ["noise_parameter", "sensitivity"]
      case .randomizedResponse: ["noise_parameter", "num_buckets"]
      case .poissonSampled: ["sampling_probability", "event"]
      case .sampledWithoutReplacement: ["source_dataset_size", "sample_size", "event"]
      case .selfComposed: ["event", "count"]
      case .composed: ["events"]
      case .repeatAndSelect: ["event", "mean", "shape"]
      }
    }
  }

  /// Classes that are refused, and why.
  private static let refusals = [
    "UnsupportedDpEvent": "it stands for an operation without a description",
    "SampledWithReplacementDpEvent":
      "no accountant here has a bound for cohorts in which a unit can be twice",
    "SingleEpochTreeAggregationDpEvent": "no accountant here has a bound for tree aggregation",
    "MixtureOfGaussiansDpEvent":
      "no accountant here has a bound for Gaussian noise on a random sensitivity",
    "ZCDpEvent": "it says how a mechanism is bounded and not which mechanism it is",
    "TruncatedSubsampledGaussianDpEvent":
      "no accountant here has a bound for Poisson-sampled cohorts that are cut to a size",
    "RandomAllocationDpEvent": "no accountant here has a bound for random allocation",
  ]

  init(from decoder: any Decoder) throws {
    var fields = try Fields(decoder)
    guard let className = ClassName(rawValue: fields.className) else {
      let reason = Self.refusals[fields.className]
      throw
        (reason.map { ForeignEventError.refused(className: fields.className, reason: $0) }
        ?? .unknownClass(fields.className)).at(decoder.codingPath)
    }
    if let error = fields.disagreement(with: className) { throw error.at(decoder.codingPath) }
    do {
      event = try Self.event(className, &fields)
      try event.validate()
    } catch let error as AccountingError {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath, debugDescription: error.description,
          underlyingError: error))
    }
  }

  private static func event(
    _ className: ClassName, _ fields: inout Fields
  ) throws -> PrivacyEvent {
    switch className {
    case .noOp:
      return .composed([])
    case .nonPrivate:
      return .nonPrivate
    case .gaussian:
      return .gaussian(noiseMultiplier: try fields.next("noise_multiplier"))
    case .laplace:
      return .laplace(noiseMultiplier: try fields.next("noise_multiplier"))
    case .discreteLaplace:
      // Probability exp(-a |x|), with a called the noise parameter. No noise may be gained by
      // rounding.
      let sharpness = try fields.nextPositive("noise_parameter")
      return .discreteLaplace(
        scale: (1 / sharpness).nextDown, sensitivity: try fields.next("sensitivity"))
    case .randomizedResponse:
      return .randomizedResponse(
        noiseParameter: try fields.next("noise_parameter"),
        bucketCount: try fields.next("num_buckets"))
    case .poissonSampled:
      let samplingRate: Double = try fields.next("sampling_probability")
      return .poissonSampled(try fields.nextEvent("event"), samplingRate: samplingRate)
    case .sampledWithoutReplacement:
      let populationSize: Int = try fields.next("source_dataset_size")
      let cohortSize: Int = try fields.next("sample_size")
      return .sampledWithoutReplacement(
        try fields.nextEvent("event"), cohortSize: cohortSize, populationSize: populationSize)
    case .selfComposed:
      return .repeated(try fields.nextEvent("event"), count: try fields.next("count"))
    case .composed:
      let events: [RecordedEvent] = try fields.next("events")
      return .composed(events.map(\.event))
    case .repeatAndSelect:
      let inner = try fields.nextEvent("event")
      let mean: Double = try fields.next("mean")
      switch try fields.next("shape") as RepetitionShape {
      case .finite(let shape):
        return .repeatAndSelect(
          inner, repetitions: .truncatedNegativeBinomial(shape: shape, mean: mean))
      case .infinite:
        return .repeatAndSelect(inner, repetitions: .poisson(mean: mean))
      }
    }
  }
}

/// A number, or infinity, which stands for the Poisson law. JSON has no such number: it is written as
/// text.
private enum RepetitionShape: Decodable {
  case finite(Double)
  case infinite

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let text = try? value.decode(String.self) {
      guard ["Infinity", "inf"].contains(text) else {
        throw DecodingError.dataCorruptedError(
          in: value, debugDescription: "shape is \"\(text)\"; it must be a number or \"Infinity\"")
      }
      self = .infinite
    } else {
      let number = try value.decode(Double.self)
      self = number == .infinity ? .infinite : .finite(number)
    }
  }
}

/// The class and the fields of an event, by name or by position.
private enum Fields {
  case named(KeyedDecodingContainer<FieldName>, className: String)
  case listed(any UnkeyedDecodingContainer, className: String)

  init(_ decoder: any Decoder) throws {
    let module: String?
    if let fields = try? decoder.container(keyedBy: FieldName.self) {
      module = try fields.decodeIfPresent(String.self, forKey: .module)
      self = .named(fields, className: try fields.decode(String.self, forKey: .className))
    } else {
      var values = try decoder.unkeyedContainer()
      module = try values.decode(String.self)
      let className = try values.decode(String.self)
      self = .listed(values, className: className)
    }
    if let module, module != DPAccountingEvent.module {
      throw ForeignEventError.unknownModule(module).at(decoder.codingPath)
    }
  }

  var className: String {
    switch self {
    case .named(_, let className), .listed(_, let className): className
    }
  }

  /// What the event has that its class has not, or the other way round. Names that are missing are
  /// left to ``next(_:)``.
  func disagreement(with className: DPAccountingEvent.ClassName) -> ForeignEventError? {
    switch self {
    case .named(let fields, _):
      let known = className.fields.map { FieldName($0) } + [.module, .className]
      let unknown = fields.allKeys.filter { !known.contains($0) }.map(\.stringValue).sorted()
      return unknown.isEmpty ? nil : .unknownFields(unknown, className: className.rawValue)
    case .listed(let values, _):
      let count = (values.count ?? 0) - values.currentIndex
      return count == className.fields.count
        ? nil
        : .wrongFieldCount(count, className: className.rawValue, fields: className.fields)
    }
  }

  /// The field of that name, or the value at the next position.
  mutating func next<Value: Decodable>(_ name: String) throws -> Value {
    switch self {
    case .named(let fields, _):
      return try fields.decode(Value.self, forKey: FieldName(name))
    case .listed(var values, let className):
      defer { self = .listed(values, className: className) }
      return try values.decode(Value.self)
    }
  }

  mutating func nextPositive(_ name: String) throws -> Double {
    let value: Double = try next(name)
    try NumberRange.positive.check(value, argument: name)
    return value
  }

  mutating func nextEvent(_ name: String) throws -> PrivacyEvent {
    let recorded: RecordedEvent = try next(name)
    return recorded.event
  }
}

private struct FieldName: CodingKey, Hashable {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ name: String) { stringValue = name }
  init(stringValue: String) { self.init(stringValue) }
  init?(intValue: Int) { nil }

  static let module = FieldName("module_name")
  static let className = FieldName("class_name")
}
