/// Why a saved state cannot be gone on from.
public enum TrainingStateError: Error, Hashable, Sendable {
  /// A buffer of another length than this model and these settings need.
  case bufferLength(name: String, given: Int, needed: Int)
  /// A negative number of steps.
  case stepCount(given: Int)
  /// Outside 1e-30 ... 1e30, missing where it adapts, or there where it does not.
  case clippingNorm(given: Double?)
  /// No checkpoint holds the control variates that clients keep.
  case controlVariates

  static func check(_ given: Int, is needed: Int, _ name: String) throws(TrainingStateError) {
    guard given == needed else {
      throw .bufferLength(name: name, given: given, needed: needed)
    }
  }

  static func check(stepCount: Int) throws(TrainingStateError) {
    guard stepCount >= 0 else { throw .stepCount(given: stepCount) }
  }
}

extension TrainingStateError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .bufferLength(let name, let given, let needed):
      "\(name) has \(given) elements; this model and these settings need \(needed)"
    case .stepCount(let given):
      "step_count is \(given); it must be 0 or greater"
    case .clippingNorm(let given):
      "clipping_norm is \(given.map { "\($0)" } ?? "missing"), which these settings cannot go on from"
    case .controlVariates:
      "clients keep control variates, which no checkpoint holds"
    }
  }
}
