import Statistics
import Testing

@Suite struct HolmAdjustmentTests {
  @Test func adjustedValuesAreRs() throws {
    let rows = try ReferenceTable("holm.csv").rows
    #expect(rows.count == 5)
    for row in rows {
      let adjusted = holmAdjusted(try row.list("p_values"))
      let expected = try row.list("adjusted")
      #expect(adjusted.count == expected.count)
      for (ours, theirs) in zip(adjusted, expected) { #expect(abs(ours - theirs) < 1e-15) }
    }
    #expect(holmAdjusted([]) == [])
  }
}
