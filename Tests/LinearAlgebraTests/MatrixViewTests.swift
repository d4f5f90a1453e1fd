import LinearAlgebra
import Testing

@Suite struct MatrixViewTests {
  @Test func aViewCoversItsElements() {
    let view = MatrixView(offset: 5, rows: 3, columns: 4)
    #expect(view.count == 12)
    #expect(view.range == 5..<17)
  }

  @Test(arguments: 0...3) func firstRowsStartAtTheSamePlace(count: Int) {
    let view = MatrixView(offset: 5, rows: 3, columns: 4)
    #expect(view.firstRows(count).range == 5..<(5 + 4 * count))
  }
}
