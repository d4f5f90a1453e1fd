import ArgumentParser
import Foundation

/// What a curve runs over.
enum CurveAxis: Hashable, ExpressibleByArgument {
  case delta
  case release(ReleaseParameter)

  init?(argument: String) {
    if argument == Self.delta.name {
      self = .delta
    } else if let parameter = ReleaseParameter(rawValue: argument) {
      self = .release(parameter)
    } else {
      return nil
    }
  }

  static var allValueStrings: [String] { ReleaseParameter.allCases.map(\.rawValue) + ["delta"] }

  /// As on the command line.
  var name: String {
    switch self {
    case .delta: "delta"
    case .release(let parameter): parameter.rawValue
    }
  }

  /// As in files.
  var key: String { name.replacing("-", with: "_") }

  private var isCount: Bool {
    switch self {
    case .delta: false
    case .release(let parameter): parameter.isCount
    }
  }

  private func number(_ text: String) throws -> Double {
    switch self {
    case .delta:
      guard let number = Double(text) else {
        throw ValidationError("delta is \"\(text)\"; it must be a number")
      }
      return number
    case .release(let parameter):
      return try parameter.number(text)
    }
  }

  /// About `count` values from `start` to `end`, equally far apart or, for a logarithmic axis, by
  /// equal factors. Counts are rounded to whole numbers, each of which comes once.
  func values(
    from start: String, to end: String, count: Int, isLogarithmic: Bool
  ) throws -> [Double] {
    let (first, last) = (try number(start), try number(end))
    guard first.isFinite, last.isFinite, first < last else {
      throw ValidationError("--from is \(start) and --to is \(end); they must rise.")
    }
    guard !isLogarithmic || first > 0 else {
      throw ValidationError("--from is \(start); it must be greater than 0 with --log.")
    }
    let values = (0..<count).map { index in
      let share = Double(index) / Double(count - 1)
      let value = isLogarithmic ? first * pow(last / first, share) : first + (last - first) * share
      return index == count - 1 ? last : isCount ? value.rounded() : min(value, last)
    }
    return values.enumerated().filter { $0 == 0 || values[$0 - 1] < $1 }.map(\.element)
  }
}
