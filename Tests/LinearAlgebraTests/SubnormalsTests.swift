import LinearAlgebra
import Testing

@Suite struct SubnormalsTests {
  private func half(_ value: Float) -> Float { value / 2 }

  @Test func subnormalNumbersAreZerosWithinAndBackAfter() {
    let smallest = Float.leastNormalMagnitude
    #expect(half(smallest) > 0)
    #expect(flushingSubnormals { half(smallest) } == 0)
    #expect(half(smallest) > 0)
  }

  @Test func normalNumbersAreAsEver() {
    for value: Float in [1, -3.5, .greatestFiniteMagnitude, 1e-37] {
      #expect(flushingSubnormals { half(value) } == half(value))
    }
  }
}
