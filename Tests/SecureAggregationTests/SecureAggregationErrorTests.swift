import Testing

@testable import SecureAggregation

@Suite struct SecureAggregationErrorTests {
  @Test(
    arguments: [
      (
        .ringBitsOutOfRange(given: 65),
        "bits is 65; integers are summed modulo 2^bits with bits from 1 to 64"
      ),
      (
        .thresholdOutOfRange(given: 3, smallest: 4, clientCount: 6, adversary: .active),
        "threshold is 3; with 6 clients and a server that is active it must be from 4 to 6"
      ),
      (
        .elementOutsideRing(index: 4, bits: 8),
        "element 4 of a vector is not below 2^8; reduce it modulo 2^8 or add bits"
      ),
      (
        .bothMasksRequested(2),
        "the server asks for both masks of client 2, which would bare its vector; refused"
      ),
      (
        .tooFewSurvivors(.masking, survived: 3, needed: 4),
        "3 clients are left after masking and 4 are needed; nothing is revealed"
      ),
    ] as [(SecureAggregationError, String)])
  func descriptionsNameTheValueAndTheMend(error: SecureAggregationError, text: String) {
    #expect(error.description == text)
  }
}
