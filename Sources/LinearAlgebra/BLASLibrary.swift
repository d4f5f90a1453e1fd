internal import CKernels
internal import COpenBLAS
internal import Foundation

/// The BLAS library that serves ``multiply(_:_:scale:into:at:resultScale:)``.
public enum BLASLibrary {
  /// Version and build options, as OpenBLAS states them.
  public static var configuration: String { String(cString: openblas_get_config()) }

  /// The processor family whose kernels are in use, such as `SkylakeX`. Results of different kernels
  /// differ in their last bits.
  public static var kernel: String { String(cString: openblas_get_corename()) }

  /// How wide the vectors of the kernel are: `portable`, `avx2` or `avx512`.
  public static var vectorLevel: String {
    switch BLASKernel.vectorLevel(of: kernel) {
    case .portable: "portable"
    case .avx2: "avx2"
    case .avx512: "avx512"
    }
  }

  /// A sentence for people where the environment forces a kernel with narrower vectors than the
  /// processor has.
  public static var warning: String? {
    guard let forced = forcedKernel,
      BLASKernel.vectorLevel(of: kernel).rawValue < tradeoff_vector_level_best().rawValue
    else { return nil }
    return "\(kernelVariable)=\(forced) keeps OpenBLAS below what this processor can do; unset it "
      + "to train faster"
  }

  /// Keeps products on the calling thread: trials run in parallel, so their products must not.
  public static func useOneThread() { openblas_set_num_threads(1) }

  /// Starts the program again with a better kernel where OpenBLAS does not know the processor.
  ///
  /// OpenBLAS picks its kernel when it is loaded, by processor model, and gives a model that is newer
  /// than the library its oldest one: less than half the speed. Where the environment names a kernel
  /// already, that stands. To be called first in a program; on success it does not return.
  public static func restartWithBestKernel() {
    #if os(Linux)
      guard forcedKernel == nil, let better = BLASKernel.better(than: kernel) else { return }
      setenv(kernelVariable, better, 1)
      var arguments = CommandLine.arguments.map { strdup($0) } + [nil]
      execv("/proc/self/exe", &arguments)
      unsetenv(kernelVariable)
    #endif
  }

  /// The most multiplications of a product that the kernel makes without packing its factors; nil
  /// where it always packs.
  static let directProductLimit: Int? =
    BLASKernel.vectorLevel(of: kernel) == .avx512 ? 1_000_000 : nil

  private static let kernelVariable = "OPENBLAS_CORETYPE"

  private static var forcedKernel: String? {
    ProcessInfo.processInfo.environment[kernelVariable].flatMap { $0.isEmpty ? nil : $0 }
  }
}
