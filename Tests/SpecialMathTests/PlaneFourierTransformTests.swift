import Foundation
import SpecialMath
import Testing

@Suite struct PlaneFourierTransformTests {
  @Test func planesAreTransformedAsTheDefinitionSays() {
    let (rows, columns, planes) = (4, 3, 2)
    let transform = PlaneFourierTransform(rows: rows, columns: columns, planes: planes)
    let values = (0..<transform.count).map { Double(($0 * 37 + 11) % 17) - 8 }
    var spectrum = values
    transform.transform(&spectrum)
    for plane in 0..<planes {
      let start = plane * rows * columns
      for k in 0..<rows {
        for l in 0..<columns {
          var (real, imaginary) = (0.0, 0.0)
          for m in 0..<rows {
            for n in 0..<columns {
              let place = 2 * (start + m * columns + n)
              let angle =
                -2 * .pi * (Double(k * m) / Double(rows) + Double(l * n) / Double(columns))
              real += values[place] * cos(angle) - values[place + 1] * sin(angle)
              imaginary += values[place] * sin(angle) + values[place + 1] * cos(angle)
            }
          }
          let place = 2 * (start + k * columns + l)
          #expect(abs(spectrum[place] - real) < 1e-12)
          #expect(abs(spectrum[place + 1] - imaginary) < 1e-12)
        }
      }
    }
    transform.invert(&spectrum)
    for (found, value) in zip(spectrum, values) {
      #expect(abs(found / Double(rows * columns) - value) < 1e-12)
    }
  }

  /// FFTW's planner is not safe for two threads, whatever they plan.
  @Test func plansOfBothKindsAreMadeFromManyThreads() async {
    await withTaskGroup(of: Bool.self) { tasks in
      for size in 1...200 {
        tasks.addTask {
          let transform = PlaneFourierTransform(rows: size % 17 + 1, columns: size, planes: 1)
          var ones = [Double](repeating: 1, count: transform.count)
          transform.transform(&ones)
          return abs(ones[0] / Double(transform.rows * transform.columns) - 1) < 1e-13
        }
        tasks.addTask {
          let sum = RealFourierTransform(count: 1000 + size).spectrum { $0.update(repeating: 1) }[0]
          return abs(sum / Double(1000 + size) - 1) < 1e-13
        }
      }
      for await isRight in tasks { #expect(isRight) }
    }
  }
}
