import Datasets
import Foundation
import LinearAlgebra
import Testing

@testable import Features

private let image = ExampleShape(height: 12, width: 10, channels: 1)
private let scattering = FeatureStep.scattering(Scattering(scale: 1, orientations: 3))

private func floats(_ steps: [FeatureStep], _ rows: FeatureRows, workers: Int = 1) throws
  -> [Float]
{
  let features = try FeatureExtraction(steps, of: image)
    .extract(from: rows, workers: Workers(count: workers))
  guard case .floats(let floats) = features else {
    Issue.record("a step makes floats")
    return []
  }
  return floats
}

private func rows(_ numbers: Range<Int>) -> FeatureRows {
  .bytes(SyntheticImages(height: image.height, width: image.width).images(numbers))
}

@Suite struct FeatureExtractionTests {
  @Test func logIsOfOnePlusAShare() throws {
    let ones = [Float](repeating: 1, count: image.featureCount)
    let values = try floats([.log(offset: 0.5)], .floats(ones))
    #expect(values.allSatisfy { abs($0 - log(3)) < 1e-6 })
  }

  @Test func groupsHaveMeanZeroAndVarianceOne() throws {
    let values = try floats([scattering, .groupNorm(groups: 2)], rows(0..<1))
    let channels = 4
    for group in 0..<2 {
      let members = values.indices.filter { $0 % channels / 2 == group }.map { Double(values[$0]) }
      let mean = members.reduce(0, +) / Double(members.count)
      let variance = members.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(members.count)
      #expect(abs(mean) < 1e-5)
      #expect(abs(variance - 1) < 0.05)
    }
  }

  @Test func normsAreThatOfTheStepOrZero() throws {
    let zeros = [Float](repeating: 0, count: image.featureCount)
    let ones = [Float](repeating: 1, count: image.featureCount)
    let values = try floats([.norm(7)], .floats(zeros + ones))
    func length(_ row: ArraySlice<Float>) -> Float {
      row.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
    #expect(length(values[..<image.featureCount]) == 0)
    #expect(abs(length(values[image.featureCount...]) - 7) < 1e-5)
  }

  /// The synthetic images themselves come out uncorrelated, with mean 0 and variances
  /// `v_i^(1 - exponent) v_1^exponent`, by the definition of principal axes.
  @Test(arguments: [0.0, 0.5, 1.0])
  func whiteningDecorrelatesWhatItWasFittedTo(exponent: Double) throws {
    let (count, dimensions) = (400, 6)
    func whitened(_ exponent: Double) throws -> [Float] {
      try floats(
        [
          scattering,
          .syntheticWhitening(
            SyntheticWhitening(images: count, dimensions: dimensions, exponent: exponent)),
        ], rows(0..<count))
    }
    func products(_ values: [Float]) -> [[Double]] {
      (0..<dimensions).map { left in
        (0..<dimensions).map { right in
          (0..<count).reduce(0) {
            $0 + Double(values[$1 * dimensions + left]) * Double(values[$1 * dimensions + right])
          } / Double(count)
        }
      }
    }
    let plain = try products(whitened(0))
    let values = try whitened(exponent)
    let found = products(values)
    for left in 0..<dimensions {
      let mean =
        (0..<count).reduce(0) { $0 + Double(values[$1 * dimensions + left]) } / Double(count)
      #expect(abs(mean) < 1e-3 * found[left][left].squareRoot())
      let expected = pow(plain[left][left], 1 - exponent) * pow(plain[0][0], exponent)
      #expect(abs(found[left][left] / expected - 1) < 1e-3)
      for right in 0..<left {
        #expect(
          abs(found[left][right]) < 1e-3 * (found[left][left] * found[right][right]).squareRoot())
      }
    }
  }

  @Test func howManyWorkersThereAreChangesNoBit() throws {
    let steps: [FeatureStep] = [
      scattering, .log(offset: 0.01), .groupNorm(groups: 4),
      .syntheticWhitening(SyntheticWhitening(images: 150, dimensions: 20, exponent: 0.7)),
      .norm(10),
    ]
    let one = try floats(steps, rows(500..<640), workers: 1)
    let three = try floats(steps, rows(500..<640), workers: 3)
    #expect(three == one)
    #expect(one.allSatisfy { $0.isFinite })
  }

  @Test func stepsThatDoNotFitAreRefused() throws {
    func refusal(_ steps: [FeatureStep], _ shape: ExampleShape = image) -> FeatureError? {
      #expect(throws: FeatureError.self) { _ = try FeatureExtraction(steps, of: shape) }
    }
    #expect(
      refusal([.scattering(Scattering(scale: 5, orientations: 8))])
        == .imageTooSmall(shape: image, scale: 5))
    #expect(refusal([scattering, .groupNorm(groups: 3)]) == .unequalGroups(channels: 4, groups: 3))
    let whitening = SyntheticWhitening(images: 50, dimensions: 50, exponent: 1)
    #expect(
      refusal([.syntheticWhitening(whitening)])
        == .tooManyDimensions(50, features: 120, images: 50))
    let colored = ExampleShape(height: 12, width: 10, channels: 3)
    #expect(refusal([.syntheticWhitening(whitening)], colored) == .notGray(shape: colored))
  }

  @Test func channelsAreScatteredApart() throws {
    let gray = try FeatureExtraction([scattering], of: image)
    let colored = try FeatureExtraction(
      [scattering], of: ExampleShape(height: 12, width: 10, channels: 2))
    let (first, second) = (rows(0..<1), rows(1..<2))
    let both = (0..<image.featureCount).flatMap { [first.element($0), second.element($0)] }
    let mixed = colored.extract(from: .floats(both), workers: .one)
    let paths = 4
    for (channel, source) in [first, second].enumerated() {
      let alone = gray.extract(from: source, workers: .one)
      for place in 0..<gray.outputShape.height * gray.outputShape.width {
        for path in 0..<paths {
          #expect(
            mixed.element(place * 2 * paths + channel * paths + path)
              == alone.element(place * paths + path))
        }
      }
    }
  }
}

@Suite struct SyntheticImagesTests {
  @Test func anImageIsTheSameWhereverItIsAskedFor() {
    let images = SyntheticImages(height: 28, width: 28)
    let several = images.images(3..<6)
    #expect(Array(several[784..<1568]) == images.images(4..<5))
    #expect(images.images(4..<5) != images.images(5..<6))
  }

  @Test func mostPixelsOfMostImagesAreBlackOrShaded() {
    let pixels = SyntheticImages(height: 28, width: 28).images(0..<200)
    let dark = pixels.count { $0 == 0 }
    #expect((0.2...0.8).contains(Double(dark) / Double(pixels.count)))
    #expect(Set(pixels).count > 200)
  }
}
