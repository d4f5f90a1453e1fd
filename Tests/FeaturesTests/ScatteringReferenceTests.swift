import Datasets
import Foundation
import LinearAlgebra
import Testing

@testable import Features

/// Features that kymatio computes; see Reference/make_scattering.py.
struct ScatteringReference: Decodable {
  struct Case: Decodable, CustomTestStringConvertible {
    let scale: Int
    let orientations: Int
    let height: Int
    let width: Int
    let images: [[UInt8]]
    /// `[image, path, row, column]`
    let shape: [Int]
    let features: [Double]

    var testDescription: String { "J = \(scale), L = \(orientations), \(height) x \(width)" }

    func value(image: Int, path: Int, place: Int) -> Double {
      let places = shape[2] * shape[3]
      return features[(image * shape[1] + path) * places + place]
    }
  }

  let cases: [Case]

  static let cases: [Case] = {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/scattering.json")
    guard let data = try? Data(contentsOf: path),
      let reference = try? JSONDecoder().decode(ScatteringReference.self, from: data)
    else { preconditionFailure("\(path.path()) cannot be read") }
    return reference.cases
  }()
}

@Suite struct ScatteringReferenceTests {
  @Test(arguments: ScatteringReference.cases)
  func everyFeatureAgrees(reference: ScatteringReference.Case) throws {
    let extraction = try FeatureExtraction(
      [.scattering(Scattering(scale: reference.scale, orientations: reference.orientations))],
      of: ExampleShape(height: reference.height, width: reference.width, channels: 1))
    let shape = extraction.outputShape
    #expect([shape.channels, shape.height, shape.width] == Array(reference.shape.dropFirst()))
    let features = extraction.extract(
      from: .bytes(reference.images.flatMap(\.self)), workers: Workers(count: 2))
    var worst = 0.0
    for image in reference.images.indices {
      for place in 0..<shape.height * shape.width {
        for path in 0..<shape.channels {
          let ours = features.element(
            (image * shape.height * shape.width + place) * shape.channels + path)
          let theirs = reference.value(image: image, path: path, place: place)
          worst = max(worst, abs(Double(ours) - theirs) / abs(theirs))
        }
      }
    }
    #expect(worst < 1e-5, "largest relative difference \(worst)")
  }
}
