import Foundation
import SpecialMath
import Testing

@Suite struct GaussLegendreTests {
  @Test func isExactForPolynomialsOfDegree39() {
    let value = GaussLegendreRule(count: 20).integral(over: -1...2) { (x: Double) in
      40 * pow(x, 39) + 3 * x * x
    }
    let reference = 0x1p40 - 1 + 9
    #expect(abs(value - reference) <= 1e-14 * reference)
  }

  @Test func isNotExactBeyond() {
    let value = GaussLegendreRule(count: 20).integral(over: -1...1) { (x: Double) in pow(x, 40) }
    #expect(abs(value - 2.0 / 41) > 1e-13)
  }
}
