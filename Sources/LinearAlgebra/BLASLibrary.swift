internal import COpenBLAS
internal import Foundation

/// The BLAS library that serves ``multiply(_:_:scale:into:at:resultScale:)``.
public enum BLASLibrary {
  /// Version and build options, as OpenBLAS states them.
  public static var configuration: String { String(cString: openblas_get_config()) }

  /// The processor family whose kernels are in use, such as `SkylakeX`.
  public static var kernel: String { String(cString: openblas_get_corename()) }

  /// The kernel that the environment forces, where it does: products may then be slower than the
  /// processor allows.
  public static var forcedKernel: String? {
    ProcessInfo.processInfo.environment["OPENBLAS_CORETYPE"]
  }

  /// Keeps products on the calling thread: trials run in parallel, so their products must not.
  public static func useOneThread() { openblas_set_num_threads(1) }
}
