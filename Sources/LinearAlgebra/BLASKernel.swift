internal import CKernels

/// How wide the vectors of an OpenBLAS kernel are.
enum BLASKernel {
  private static let avx512: Set = ["SkylakeX", "Cooperlake", "SapphireRapids"]
  private static let avx2: Set = ["Haswell", "Zen", "Excavator"]

  static func vectorLevel(of kernel: String) -> tradeoff_vector_level {
    if avx512.contains(kernel) { return .avx512 }
    return avx2.contains(kernel) ? .avx2 : .portable
  }

  /// The kernel to ask for where the library's own choice has narrower vectors than any that this
  /// processor runs; nil where its choice is sound, or on other architectures.
  static func better(than kernel: String) -> String? {
    guard vectorLevel(of: kernel) == .portable else { return nil }
    return switch tradeoff_vector_level_best() {
    case .avx512: "SkylakeX"
    case .avx2: "Haswell"
    case .portable: nil
    }
  }
}
