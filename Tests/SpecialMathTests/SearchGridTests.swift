import SpecialMath
import Testing

@Suite struct SearchGridTests {
  @Test(arguments: [1.0, 0.95, 0.9537, 1e-12, 3.7306, 1e12, 0x1p40, 0x1p-20])
  func neighborsAreAMillionthApart(x: Double) {
    var point = SearchGrid.millionths.point(atOrAbove: x)
    #expect(point >= x && point <= x * (1 + 1e-6))
    for _ in 0..<100_000 {
      let next = SearchGrid.millionths.point(after: point)
      #expect(next > point && next - point <= next * 1e-6 && next - point > point * 4.9e-7)
      #expect(SearchGrid.millionths.point(before: next) == point)
      #expect(SearchGrid.millionths.point(atOrAbove: next) == next)
      point = next
    }
  }

  @Test func wholeNumbersReachTo2To53() {
    let grid = SearchGrid.wholeNumbers
    #expect(grid.point(atOrAbove: 0.3) == 1)
    #expect(grid.point(atOrAbove: 7) == 7)
    #expect(grid.point(after: 7) == 8)
    #expect(grid.point(before: 7) == 6)
    #expect(grid.point(after: 0x1p53 - 1) == 0x1p53)
    #expect(grid.point(before: 0x1p53) == 0x1p53 - 1)
  }
}
