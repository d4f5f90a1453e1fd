import Foundation
import SpecialMath
import Testing

struct RealFourierTransformTests {
  @Test(arguments: [2, 3, 8, 10, 48, 1280])
  func oneNumberBecomesAWave(count: Int) {
    let transform = RealFourierTransform(count: count)
    for position in [0, 1, count / 2, count - 1] {
      let spectrum = transform.spectrum { $0[position] = 1 }
      #expect(spectrum.count == 2 * (count / 2 + 1))
      for frequency in 0...count / 2 {
        let angle = -2 * Double.pi * Double(frequency * position % count) / Double(count)
        let error = transform.relativeError + 1e-15
        #expect(abs(spectrum[2 * frequency] - cos(angle)) < error)
        #expect(abs(spectrum[2 * frequency + 1] - sin(angle)) < error)
      }
    }
  }

  @Test func powersOfTheSpectrumAreConvolutions() {
    let transform = RealFourierTransform(count: 16)
    let coin = transform.spectrum { ($0[0], $0[1]) = (0.5, 0.5) }
    let twoCoins = transform.spectrum { ($0[0], $0[1], $0[2]) = (0.25, 0.5, 0.25) }
    for frequency in 0...8 {
      let (real, imaginary) = (coin[2 * frequency], coin[2 * frequency + 1])
      #expect(abs(real * real - imaginary * imaginary - twoCoins[2 * frequency]) < 1e-15)
      #expect(abs(2 * real * imaginary - twoCoins[2 * frequency + 1]) < 1e-15)
    }
  }

  @Test(arguments: [(1, 2), (2, 2), (5, 6), (9, 10), (11, 12), (13, 16), (1025, 1280)])
  func efficientCountsHaveSmallFactors(least: Int, expected: Int) {
    #expect(RealFourierTransform.efficientCount(atLeast: least) == expected)
  }
}
