import Foundation
import SpecialMath
import Testing

@Suite struct TaylorRemainderTests {
  // mpmath 1.4.1, 400 digits: expm1(x) - x.
  @Test(arguments: [
    (-50.0, 49.0),
    (-0.51, 0.11049557881226595),
    (-0.3, 0.040818220681717863),
    (-1e-8, 4.9999999833333336e-17),
    (1e-3, 5.0016670834166808e-7),
    (0.49, 0.14231621995537896),
    (3, 16.085536923187668),
    (100, 2.6881171418161354e+43),
  ])
  func exponentialRemainderMatchesReference(x: Double, reference: Double) {
    #expect(abs(TaylorRemainder.exponential(x) - reference) <= 3e-15 * reference)
  }

  @Test func exponentialRemainderIsZeroAtZero() {
    #expect(TaylorRemainder.exponential(0) == 0)
  }

  // mpmath 1.4.1, 400 digits: log((1 + u)^order - 1 - order u).
  @Test(arguments: [
    (1e-12, 1.01, -60.550409267552294),
    (-1e-5, 7.3, -19.890591795581375),
    (0.05, 1.5, -6.9805083263373535),
    (0.3, 1.01, -7.78671740130342),
    (-0.9, 2.5, 0.22567017882907906),
    (-0.9, 1.01, -5.0021133945128067),
    (0.01, 60.5, -1.5106900745754985),
    (2, 40, 43.944491546724388),
    (1e6, 1.1, 14.873674075759015),
    (1e300, 3, 2072.3265836946411),
    (-0.001, 1000, -1.0005003335835335),
  ])
  func powerRemainderMatchesReference(u: Double, order: Double, reference: Double) {
    let value = TaylorRemainder.logPower(u: u, logOnePlusU: log1p(u), order: order)
    #expect(abs(value - reference) < 1e-12)
  }

  @Test func powerRemainderAtTheEnds() {
    #expect(TaylorRemainder.logPower(u: 0, logOnePlusU: 0, order: 3) == -.infinity)
    // 0^order - 1 + order
    #expect(TaylorRemainder.logPower(u: -1, logOnePlusU: -.infinity, order: 3.5) == log(2.5))
    // u overflows, its logarithm does not
    #expect(TaylorRemainder.logPower(u: .infinity, logOnePlusU: 800, order: 2) == 1600)
  }
}
