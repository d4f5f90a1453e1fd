internal import CKernels

/// Runs `body` with subnormal numbers, below 1.2e-38, read and written as zeros on this thread.
///
/// The probabilities of a softmax grow that small, and a product with them takes forty times as long.
public func flushingSubnormals<Result>(_ body: () throws -> Result) rethrows -> Result {
  let before = tradeoff_flush_subnormals()
  defer { tradeoff_restore_subnormals(before) }
  return try body()
}
