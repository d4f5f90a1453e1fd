import Foundation
import SpecialMath
import Testing

@Suite struct LogSpaceTests {
  @Test func additionNeedsNoRangeOfItsOwn() {
    #expect(abs(LogSpace.add(log(2), log(3)) - log(5)) < 1e-15)
    #expect(LogSpace.add(1e5, 1e5) == 1e5 + log(2))
    #expect(LogSpace.add(-.infinity, -3) == -3)
    #expect(LogSpace.add(-.infinity, -.infinity) == -.infinity)
    #expect(LogSpace.add(.infinity, 0) == .infinity)
  }

  @Test func subtractionUndoesAddition() {
    #expect(abs(LogSpace.subtract(log(5), log(3)) - log(2)) < 1e-15)
    #expect(LogSpace.subtract(7, 7) == -.infinity)
    #expect(LogSpace.subtract(7, -.infinity) == 7)
    #expect(LogSpace.subtract(-.infinity, -.infinity) == -.infinity)
  }

  @Test func smallProbabilitiesKeepTheirDigits() {
    // log(1 + x) = x - x^2 / 2 + … and log(1 - x) = -x - …, and 1 - e^-x = x - x^2 / 2 + …
    #expect(abs(LogSpace.logOnePlusExp(log(1e-20)) - 1e-20) < 1e-33)
    #expect(abs(LogSpace.logOneMinusExp(log(1e-20)) + 1e-20) < 1e-33)
    #expect(abs(LogSpace.logOneMinusExp(-1e-20) - log(1e-20)) < 1e-14)
    #expect(LogSpace.logOnePlusExp(1000) == 1000)
    #expect(LogSpace.logOnePlusExp(-.infinity) == 0)
    #expect(LogSpace.logOneMinusExp(0) == -.infinity)
    #expect(LogSpace.logOneMinusExp(-.infinity) == 0)
  }

  @Test func sumsAreRelativeToTheLargestTerm() {
    var sum = LogSum()
    #expect(sum.logarithm == -.infinity)
    for term in [-2000, 1000, -Double.infinity, 1000 + log(2.0), 999] { sum.add(term) }
    #expect(abs(sum.logarithm - (1000 + log(3 + exp(-1)))) < 1e-12)
    sum.add(.infinity)
    sum.add(3)
    sum.add(.infinity)
    #expect(sum.logarithm == .infinity)
  }
}
