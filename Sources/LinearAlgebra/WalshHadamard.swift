internal import CKernels

/// Replaces the values by their Walsh-Hadamard transform over the square root of their number, which is
/// a power of two: an orthogonal map that is its own inverse, up to rounding in Float.
public func walshHadamardTransform(_ values: inout [Float]) {
  precondition(values.count.nonzeroBitCount == 1, "the number of values is a power of two")
  values.withUnsafeMutableBufferPointer { tradeoff_walsh_hadamard($0.baseAddress, $0.count) }
}
