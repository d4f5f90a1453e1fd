import LinearAlgebra
import Testing

@Suite struct FeatureRowsTests {
  @Test(arguments: [
    (FeatureRows.bytes([1, 2, 3, 4, 5, 6]), FeatureRows.bytes([5, 6, 1, 2, 5, 6])),
    (.floats([1, 2, 3, 4, 5, 6]), .floats([5, 6, 1, 2, 5, 6])),
  ])
  func selectsRowsInTheOrderGiven(rows: FeatureRows, chosen: FeatureRows) {
    #expect(rows.elementCount == 6)
    #expect(rows.selecting([2, 0, 2], rowLength: 2) == chosen)
    #expect(rows.selecting([], rowLength: 2).elementCount == 0)
  }

  @Test func gathersFloatsWhereTheBufferBegins() {
    var rows = AlignedFloats(count: 6)
    gather([2, 0][...], from: [1, 2, 3, 4, 5, 6], rowLength: 2, into: &rows)
    #expect(Array(rows.values[rows.offset..<rows.offset + 6]) == [5, 6, 1, 2, 0, 0])
  }

  @Test func gathersNoRowOutsideTheData() async {
    await #expect(processExitsWith: .failure) {
      var rows = AlignedFloats(count: 6)
      gather([3][...], from: [1, 2, 3, 4, 5, 6], rowLength: 2, into: &rows)
    }
  }
}
