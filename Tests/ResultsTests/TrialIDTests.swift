import Foundation
import Results
import Testing

@Suite struct TrialIDTests {
  /// The digest of "abc" from FIPS 180-2, appendix B.1.
  @Test func anIDIsTheSHA256OfThePlan() {
    #expect(
      Samples.id.words == [
        0xba78_16bf_8f01_cfea, 0x4141_40de_5dae_2223, 0xb003_61a3_9617_7a9c, 0xb410_ff61_f200_15ad,
      ])
    #expect(Samples.id.description == "ba7816bf8f01cfea")
  }

  /// SHA-256 of "286" starts with 00328c..., by coreutils 9.1 `printf 286 | sha256sum`.
  @Test func leadingZerosStay() {
    let id = TrialID(fingerprinting: Data("286".utf8))
    #expect(id.description.count == 16)
    #expect(id.description.hasPrefix("00328c"))
  }
}
