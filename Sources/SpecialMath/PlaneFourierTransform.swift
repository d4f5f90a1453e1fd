internal import CFFTW
internal import Synchronization

/// The discrete Fourier transforms of several planes of complex numbers at a time, by FFTW:
///
///     F(k, l) = sum over m, n of x(m, n) e^(-2 pi i (k m / rows + l n / columns)).
///
/// A plane is row-major, real and imaginary parts interleaved; the planes follow one another.
public struct PlaneFourierTransform: Sendable {
  public let rows: Int
  public let columns: Int
  public let planes: Int
  private let forward: PlanePlan
  private let backward: PlanePlan

  /// Plans are made once for each size and kept. All sizes are positive.
  public init(rows: Int, columns: Int, planes: Int) {
    precondition(rows > 0 && columns > 0 && planes > 0, "a transform needs at least one number")
    self.rows = rows
    self.columns = columns
    self.planes = planes
    forward = PlanePlan.made(
      PlanePlan.Size(rows: rows, columns: columns, planes: planes, isForward: true))
    backward = PlanePlan.made(
      PlanePlan.Size(rows: rows, columns: columns, planes: planes, isForward: false))
  }

  /// How many Doubles all planes have.
  public var count: Int { 2 * rows * columns * planes }

  /// Puts the transforms in the place of the planes.
  public func transform(_ values: inout [Double]) { run(forward, on: &values) }

  /// Undoes ``transform(_:)``, but for a factor of `rows * columns`.
  public func invert(_ values: inout [Double]) { run(backward, on: &values) }

  private func run(_ plan: PlanePlan, on values: inout [Double]) {
    precondition(values.count >= count, "the planes exceed the buffer")
    values.withUnsafeMutableBytes {
      let numbers = $0.baseAddress!.assumingMemoryBound(to: fftw_complex.self)
      fftw_execute_dft(plan.pointer, numbers, numbers)
    }
  }
}

/// A plan for any buffer, aligned or not, which FFTW lets many threads execute at once but only one
/// make.
private struct PlanePlan: @unchecked Sendable {
  struct Size: Hashable {
    let rows: Int
    let columns: Int
    let planes: Int
    let isForward: Bool
  }

  let pointer: fftw_plan

  private static let plans = Mutex<[Size: PlanePlan]>([:])

  static func made(_ size: Size) -> PlanePlan {
    plans.withLock { plans in
      if let plan = plans[size] { return plan }
      let numbers = fftw_alloc_complex(size.rows * size.columns * size.planes)!
      defer { fftw_free(numbers) }
      let sides = [Int32(size.rows), Int32(size.columns)]
      let distance = Int32(size.rows * size.columns)
      let plan = PlanePlan(
        pointer: fftw_plan_many_dft(
          2, sides, Int32(size.planes), numbers, nil, 1, distance, numbers, nil, 1, distance,
          size.isForward ? FFTW_FORWARD : FFTW_BACKWARD,
          cfftw_estimate() | cfftw_unaligned())!)
      plans[size] = plan
      return plan
    }
  }
}
