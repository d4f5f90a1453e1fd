import Testing

@testable import Datasets

struct ClientPartitionTests {
  let partition = ClientPartition(dealt: [4, 1, 0, 3, 2], sizes: [2, 3])

  @Test func cutsBySize() {
    #expect(partition.clientCount == 2)
    #expect(partition.exampleCount == 5)
    #expect(Array(partition.examples(ofClient: 0)) == [1, 4])
    #expect(Array(partition.examples(ofClient: 1)) == [0, 2, 3])
    #expect(partition.exampleCount(ofClient: 1) == 3)
  }

  @Test(
    arguments: [
      (10, 5, [2, 2, 2, 2, 2]), (11, 4, [3, 3, 3, 2]), (3, 3, [1, 1, 1]), (7, 1, [7]),
    ])
  func partsDifferByAtMostOne(total: Int, count: Int, sizes: [Int]) {
    #expect(equalParts(of: total, count: count) == sizes)
  }
}
