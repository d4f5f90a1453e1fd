import Foundation
import SpecialMath
import Testing

@Suite struct LogBinomialRowTests {
  @Test func smallRowIsPascals() {
    let row = LogBinomialRow(5).map { exp($0) }
    #expect(row.count == 6)
    for (value, reference) in zip(row, [1.0, 5, 10, 10, 5, 1]) {
      #expect(abs(value - reference) < 1e-13)
    }
    #expect(Array(LogBinomialRow(0)) == [0])
  }

  // mpmath 1.4.1, 400 digits: log(binomial(n, k)).
  @Test(arguments: [
    (200, 100, 135.75323608127849),
    (65536, 2, 21.487547338452826),
    (65536, 300, 1911.5152151595158),
  ])
  func longRowsMatchReference(n: Int, k: Int, reference: Double) throws {
    let value = try #require(LogBinomialRow(n).dropFirst(k).first { _ in true })
    #expect(abs(value - reference) <= 1e-15 * Double(k) * 10)
  }
}
