import Foundation
import Testing

/// A row of `Reference/gaussian_thresholds.csv`.
struct ReferenceThreshold: Sendable, CustomTestStringConvertible {
  let tool: String
  let epsilon: Double
  let delta: Double
  let keysPerUser: Int
  let standardDeviation: Double
  let threshold: Double

  var testDescription: String { "\(tool): \(keysPerUser) keys at (\(epsilon), \(delta))" }

  static let all: [ReferenceThreshold] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/gaussian_thresholds.csv")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst().compactMap {
      line in
      let fields = line.split(separator: ",").map(String.init)
      let numbers = fields.dropFirst().compactMap { Double($0) }
      guard numbers.count == 5 else { return nil }
      return ReferenceThreshold(
        tool: fields[0], epsilon: numbers[0], delta: numbers[1], keysPerUser: Int(numbers[2]),
        standardDeviation: numbers[3], threshold: numbers[4])
    }
  }()
}
