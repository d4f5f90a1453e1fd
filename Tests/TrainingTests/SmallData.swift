import LinearAlgebra
import Models
import Randomness

@testable import Datasets

/// A few privacy units with a few small examples each.
struct SmallData {
  struct Example {
    var features: [Float]
    var label: UInt8
  }

  static let shape = Shape(height: 3, width: 2, channels: 1)
  static let featureCount = 6
  static let classCount = 2

  /// `[unit][example]`
  var units: [[Example]]

  /// Units of 1 to `mostExamples` examples, some of which have gradients far longer or shorter than
  /// others.
  static func random(
    unitCount: Int, mostExamples: Int, from stream: inout RandomStream
  ) -> SmallData {
    SmallData(
      units: (0..<unitCount).map { _ in
        randomUnit(exampleCount: 1 + stream.uniformInteger(below: mostExamples), from: &stream)
      })
  }

  static func randomUnit(exampleCount: Int, from stream: inout RandomStream) -> [Example] {
    let size = [0.01, 1, 30][stream.uniformInteger(below: 3)]
    return (0..<exampleCount).map { _ in
      Example(
        features: (0..<featureCount).map { _ in Float(stream.gaussian(standardDeviation: size)) },
        label: UInt8(stream.uniformInteger(below: classCount)))
    }
  }

  var withoutTheLast: SmallData { SmallData(units: units.dropLast()) }

  func replacing(_ unit: Int, by other: [Example]) -> SmallData {
    var changed = self
    changed.units[unit] = other
    return changed
  }

  /// The other of two classes for every example of a unit.
  func relabeling(_ unit: Int) -> SmallData {
    replacing(
      unit, by: units[unit].map { Example(features: $0.features, label: 1 - $0.label) })
  }

  /// Of the units from first to last.
  var examples: LabeledExamples {
    let all = units.flatMap { $0 }
    return LabeledExamples(
      features: .floats(all.flatMap(\.features)), labels: all.map(\.label),
      featureCount: Self.featureCount, classCount: Self.classCount)
  }

  var partition: ClientPartition {
    let sizes = units.map(\.count)
    return ClientPartition(dealt: (0..<Int32(sizes.reduce(0, +))).map { $0 }, sizes: sizes)
  }
}
