import Testing
import _TestSupport

@testable import SecureAggregation

/// That what the server sees of one client, or of two, is noise: Pearson's tests of 256 cells over the
/// 2^16 elements of clients whose vectors are constant. Each check raises a false alarm with probability
/// `AlarmBudget.perCheck`, 2e-9.
@Suite struct MaskedVectorTests {
  private static let dimension = 1 << 16

  private func pValue(_ cells: [Int]) -> Double {
    var counts = [Int](repeating: 0, count: 256)
    for cell in cells { counts[cell] += 1 }
    return GoodnessOfFit.chiSquare(
      observed: counts,
      expected: [Double](repeating: Double(cells.count) / 256, count: 256))
  }

  private func rehearsal(bits: Int, seed: UInt64 = 51) throws -> Rehearsal {
    try Rehearsal(dimension: Self.dimension, bits: bits, seed: seed) { client in
      [UInt64](repeating: client.number == 0 ? 0 : 77, count: Self.dimension)
    }
  }

  /// The lowest and the highest eight bits of every element.
  private func expectUniform(_ vector: RingVector) {
    let shift = UInt64(vector.ring.bits - 8)
    #expect(pValue(vector.elements.map { Int($0 & 255) }) > AlarmBudget.perCheck)
    #expect(pValue(vector.elements.map { Int($0 >> shift) }) > AlarmBudget.perCheck)
  }

  @Test(arguments: [8, 20, 64])
  func oneMaskedVectorIsUniform(bits: Int) throws {
    for message in try rehearsal(bits: bits).mask().messages { expectUniform(message.vector) }
  }

  @Test func twoMaskedVectorsAreJointlyUniform() throws {
    let messages = try rehearsal(bits: 8).mask().messages
    for (left, right) in [(0, 1), (1, 2), (2, 3)] {
      let pairs = zip(messages[left].vector.elements, messages[right].vector.elements)
      #expect(pValue(pairs.map { Int(($0 &- $1) & 255) }) > AlarmBudget.perCheck)
      #expect(pValue(pairs.map { Int(($0 &+ $1) & 255) }) > AlarmBudget.perCheck)
      #expect(pValue(pairs.map { Int(($0 & 0xf0) | ($1 >> 4)) }) > AlarmBudget.perCheck)
    }
  }

  /// Either kind of mask hides the vector by itself; without both nothing does, and the test notices.
  @Test func eachKindOfMaskHidesByItself() throws {
    let rehearsal = try rehearsal(bits: 8)
    let keys = rehearsal.advertise()
    let advertised = rehearsal.roster(keys).advertisements
    let client = keys.clients[1]!.take()
    let (seed, maskingKey) = (client.selfMaskSeed, client.maskingKey)
    let session = rehearsal.terms.session
    let selfMask = Mask(key: KeyPurpose.selfMask(1).key(from: seed, session: session))
    let masked = try rehearsal.mask().messages[1].vector

    var underPairMasks = masked
    underPairMasks.add(selfMask, negated: true)
    expectUniform(underPairMasks)

    var underSelfMask = masked
    for peer in advertised where peer.sender != 1 {
      let agreed = try maskingKey.agree(with: peer.maskingKey, of: peer.sender)
      underSelfMask.add(
        Mask(key: KeyPurpose.pairMask(1, peer.sender).key(from: agreed, session: session)),
        negated: peer.sender > 1)
    }
    expectUniform(underSelfMask)

    var bare = underSelfMask
    bare.add(selfMask, negated: true)
    #expect(bare == rehearsal.vectors[1]!)
    #expect(pValue(bare.elements.map { Int($0) }) < 1e-9)
  }

  /// Another session's masks are other masks: their difference does not repeat either.
  @Test func masksDoNotRepeatInAnotherSession() throws {
    let one = try rehearsal(bits: 8).mask().messages
    let other = try rehearsal(bits: 8, seed: 52).mask().messages
    for (left, right) in zip(one, other) {
      let differences = zip(left.vector.elements, right.vector.elements).map {
        Int(($0 &- $1) & 255)
      }
      #expect(pValue(differences) > AlarmBudget.perCheck)
    }
  }
}
