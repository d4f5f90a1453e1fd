internal import CFFTW
internal import Synchronization

/// A plan, which FFTW lets many threads execute at once. Plans of all shapes are made one at a time,
/// since they share what the planner knows; each is made once and kept.
struct FourierPlan: @unchecked Sendable {
  enum Shape: Hashable {
    /// Of that many real numbers, in buffers that FFTW allocates.
    case real(count: Int)
    /// Of complex planes in their own place, in any buffers.
    case planes(rows: Int, columns: Int, count: Int, isForward: Bool)
  }

  let pointer: fftw_plan

  private static let made = Mutex<[Shape: FourierPlan]>([:])

  static func of(_ shape: Shape) -> FourierPlan {
    made.withLock { made in
      if let plan = made[shape] { return plan }
      let plan = FourierPlan(pointer: shape.makePlan())
      made[shape] = plan
      return plan
    }
  }
}

extension FourierPlan.Shape {
  fileprivate func makePlan() -> fftw_plan {
    switch self {
    case .real(let count):
      let input = fftw_alloc_real(count)!
      let output = fftw_alloc_complex(count / 2 + 1)!
      defer {
        fftw_free(input)
        fftw_free(output)
      }
      return fftw_plan_dft_r2c_1d(Int32(count), input, output, cfftw_estimate())!
    case .planes(let rows, let columns, let count, let isForward):
      let numbers = fftw_alloc_complex(rows * columns * count)!
      defer { fftw_free(numbers) }
      let distance = Int32(rows * columns)
      return fftw_plan_many_dft(
        2, [Int32(rows), Int32(columns)], Int32(count), numbers, nil, 1, distance, numbers, nil, 1,
        distance, isForward ? FFTW_FORWARD : FFTW_BACKWARD,
        cfftw_estimate() | cfftw_unaligned())!
    }
  }
}
