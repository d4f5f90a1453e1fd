import CKernels
import Testing

@testable import LinearAlgebra

@Suite struct BLASKernelTests {
  /// Names as in OpenBLAS' `cpuid_x86.c` and `dynamic.c`.
  @Test(arguments: ["SkylakeX", "Cooperlake", "SapphireRapids", "Haswell", "Zen", "Excavator"])
  func wideKernelsStand(kernel: String) {
    #expect(BLASKernel.better(than: kernel) == nil)
  }

  @Test(arguments: ["Prescott", "Core2", "Nehalem", "Barcelona", "Unknown"])
  func narrowKernelsGiveWayToTheWidestThatRuns(kernel: String) {
    let better = BLASKernel.better(than: kernel)
    let level = better.map(BLASKernel.vectorLevel(of:)) ?? .portable
    #expect(level == tradeoff_vector_level_best())
  }
}
