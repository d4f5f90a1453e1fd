internal import CFFTW

/// The discrete Fourier transforms of several planes of complex numbers at a time, by FFTW:
///
///     F(k, l) = sum over m, n of x(m, n) e^(-2 pi i (k m / rows + l n / columns)).
///
/// A plane is row-major, real and imaginary parts interleaved; the planes follow one another.
public struct PlaneFourierTransform: Sendable {
  public let rows: Int
  public let columns: Int
  public let planes: Int
  private let forward: FourierPlan
  private let backward: FourierPlan

  /// Plans are made once for each size and kept. All sizes are positive.
  public init(rows: Int, columns: Int, planes: Int) {
    precondition(rows > 0 && columns > 0 && planes > 0, "a transform needs at least one number")
    self.rows = rows
    self.columns = columns
    self.planes = planes
    func plan(isForward: Bool) -> FourierPlan {
      .of(.planes(rows: rows, columns: columns, count: planes, isForward: isForward))
    }
    forward = plan(isForward: true)
    backward = plan(isForward: false)
  }

  /// How many Doubles all planes have.
  public var count: Int { 2 * rows * columns * planes }

  /// Puts the transforms in the place of the planes.
  public func transform(_ values: inout [Double]) { run(forward, on: &values) }

  /// Undoes ``transform(_:)``, but for a factor of `rows * columns`.
  public func invert(_ values: inout [Double]) { run(backward, on: &values) }

  private func run(_ plan: FourierPlan, on values: inout [Double]) {
    precondition(values.count >= count, "the planes exceed the buffer")
    values.withUnsafeMutableBytes {
      let numbers = $0.baseAddress!.assumingMemoryBound(to: fftw_complex.self)
      fftw_execute_dft(plan.pointer, numbers, numbers)
    }
  }
}
