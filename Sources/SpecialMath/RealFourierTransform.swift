internal import CFFTW

/// The discrete Fourier transform of real sequences, by FFTW:
///
///     F(k) = sum over n of x(n) e^(-2 pi i k n / count),  k = 0 ... count / 2.
///
/// Every F(k) is a sum of the inputs, each multiplied along the way by at most log2(count) roots of
/// unity and partial sums, so its error is at most ``relativeError`` times the sum of |x(n)|
/// (Higham 2002, Accuracy and Stability of Numerical Algorithms, Theorem 24.2, by component).
public struct RealFourierTransform: Sendable {
  public let count: Int
  private let plan: FourierPlan

  /// Plans are made once for each length and kept. `count` is positive.
  public init(count: Int) {
    precondition(count > 0, "a transform needs at least one number")
    self.count = count
    plan = FourierPlan.of(.real(count: count))
  }

  /// The real and imaginary parts of F(0), F(1), ..., F(count / 2), interleaved.
  ///
  /// `fill` writes the sequence into a buffer of `count` zeros.
  public func spectrum(filling fill: (UnsafeMutableBufferPointer<Double>) -> Void) -> [Double] {
    let input = fftw_alloc_real(count)!
    let output = fftw_alloc_complex(count / 2 + 1)!
    defer {
      fftw_free(input)
      fftw_free(output)
    }
    input.initialize(repeating: 0, count: count)
    fill(UnsafeMutableBufferPointer(start: input, count: count))
    fftw_execute_dft_r2c(plan.pointer, input, output)
    let length = 2 * (count / 2 + 1)
    return output.withMemoryRebound(to: Double.self, capacity: length) {
      Array(UnsafeBufferPointer(start: $0, count: length))
    }
  }

  /// Ten units of rounding for each of log2(count) levels; a level costs about seven.
  public var relativeError: Double {
    Double(count.bitWidth - count.leadingZeroBitCount) * 10 * (.ulpOfOne / 2)
  }

  /// The least length of the form 2^a, 3 2^a or 5 2^a, at which FFTW is fast, that is at least
  /// `count`.
  public static func efficientCount(atLeast count: Int) -> Int {
    [1, 3, 5].map { factor in
      var candidate = 2 * factor
      while candidate < count { candidate *= 2 }
      return candidate
    }.min()!
  }
}
