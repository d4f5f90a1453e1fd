import LinearAlgebra
import Randomness
import Testing

#if os(Linux)
  import Glibc
#endif

@Suite struct BLASLibraryTests {
  @Test func openBLASStatesItsConfiguration() {
    #expect(BLASLibrary.configuration.hasPrefix("OpenBLAS"))
    #expect(!BLASLibrary.kernel.isEmpty)
  }

  #if os(Linux)
    /// GSL needs a BLAS too and brings a slow one of its own, with the same symbols: whichever the
    /// linker puts first serves the whole process.
    @Test(arguments: ["cblas_sgemm", "cblas_dgemm"])
    func productsBindToOpenBLASBesideGSL(symbol: String) throws {
      var stream = RandomStream(StreamKey(seed: 1))
      #expect(stream.gaussian(standardDeviation: 1).isFinite)

      let openBLAS = try #require(dlopen("libopenblas.so.0", RTLD_LAZY | RTLD_NOLOAD))
      defer { dlclose(openBLAS) }
      let bound = try #require(dlsym(nil, symbol))
      #expect(bound == dlsym(openBLAS, symbol))
      if let slow = dlopen("libgslcblas.so.0", RTLD_LAZY | RTLD_NOLOAD) {
        defer { dlclose(slow) }
        #expect(bound != dlsym(slow, symbol))
      }
    }
  #endif
}
