import Foundation
import Testing
import _TestSupport

@testable import Accounting

@Suite struct RandomizedResponseTests {
  @Test func divergenceMatchesReference() throws {
    for row in try ReferenceTable("randomized_response_rdp.csv").rows {
      for (neighbor, column) in [
        (RandomizedResponse.Neighbor.anotherBucket, "replace_one"), (.uniformReport, "zero_out"),
      ] {
        let response = RandomizedResponse(
          noiseParameter: try row.column("noise_parameter"),
          bucketCount: Int(try row.column("bucket_count")), neighbor: neighbor)
        let value = response.renyiCurve.divergence(order: try row.column("order"))
        let reference = try row.column(column)
        #expect(abs(value - reference) <= 1e-12 * abs(reference) + 1e-50, "\(row): \(value)")
      }
    }
  }

  /// log((1 - p + p / k) / (p / k)), and for a uniform neighbor the larger of log(k (1 - p) + p) and
  /// -log p.
  @Test(arguments: [(0.5, 2), (0.01, 5), (0.9, 1000)])
  func pureEpsilonIsTheLargestLoss(noise: Double, buckets: Int) {
    let k = Double(buckets)
    let replaced = RandomizedResponse(
      noiseParameter: noise, bucketCount: buckets, neighbor: .anotherBucket)
    #expect(abs(replaced.pureEpsilon - log((1 - noise + noise / k) / (noise / k))) < 1e-12)
    let blank = RandomizedResponse(
      noiseParameter: noise, bucketCount: buckets, neighbor: .uniformReport)
    #expect(abs(blank.pureEpsilon - max(log(k * (1 - noise) + noise), -log(noise))) < 1e-12)
  }

  @Test(arguments: [Double.leastNonzeroMagnitude, 1e-300, 0x1p-53, 1])
  func divergenceIsANumberEverywhere(noise: Double) {
    for buckets in [2, 1 << 53] {
      for neighbor in [RandomizedResponse.Neighbor.anotherBucket, .uniformReport] {
        let response = RandomizedResponse(
          noiseParameter: noise, bucketCount: buckets, neighbor: neighbor)
        var last = 0.0
        for order in [1.000001, 1.01, 2, 30, 1e5, 1e300, .infinity] {
          let value = response.renyiCurve.divergence(order: order)
          #expect(value >= last * (1 - 1e-9), "\(response), order \(order)")
          #expect(value.isFinite)
          last = value
        }
      }
    }
  }
}
