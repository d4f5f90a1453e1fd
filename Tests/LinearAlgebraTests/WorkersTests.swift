import LinearAlgebra
import Synchronization
import Testing

@Suite struct WorkersTests {
  static let counts = [1, 2, 3, 8, 40]

  @Test(arguments: counts, [0, 1, 2, 7, 8, 9, 1000])
  func everyPartRunsOnce(count: Int, parts: Int) {
    let runs = Mutex([Int](repeating: 0, count: parts))
    Workers(count: count).run(parts: parts) { _, part in runs.withLock { $0[part] += 1 } }
    #expect(runs.withLock { $0 } == [Int](repeating: 1, count: parts))
  }

  /// What a caller keeps for a worker is used by one call at a time.
  @Test(arguments: counts) func callsOfOneWorkerFollowOneAnother(count: Int) {
    struct Use {
      var running: Set<Int> = []
      var overlaps = 0
      var strangers = 0
    }
    let use = Mutex(Use())
    Workers(count: count).run(parts: 500) { worker, part in
      use.withLock {
        if !(0..<count).contains(worker) { $0.strangers += 1 }
        if !$0.running.insert(worker).inserted { $0.overlaps += 1 }
      }
      // Some parts take longer than others.
      var sum = 0.0
      for step in 0..<(part % 7 * 300) { sum += Double(step).squareRoot() }
      _ = use.withLock { sum < 0 ? nil : $0.running.remove(worker) }
    }
    #expect(use.withLock { $0.overlaps } == 0)
    #expect(use.withLock { $0.strangers } == 0)
    #expect(use.withLock { $0.running.isEmpty })
  }

  @Test(arguments: counts, [0, 1, 2, 255, 256, 257, 1000, 8193])
  func rangesCoverEverythingOnce(count: Int, length: Int) {
    for unit in [1, 16, 256] {
      let ranges = Mutex<[Range<Int>]>([])
      Workers(count: count).run(over: length, unit: unit) { range in
        ranges.withLock { $0.append(range) }
      }
      let sorted = ranges.withLock { $0 }.sorted { $0.lowerBound < $1.lowerBound }
      #expect(sorted.count <= count)
      #expect(sorted.allSatisfy { !$0.isEmpty && $0.lowerBound.isMultiple(of: unit) })
      #expect(sorted.flatMap { Array($0) } == Array(0..<length))
    }
  }

  @Test func noWorkersAreRefused() async {
    await #expect(processExitsWith: .failure) { _ = Workers(count: 0) }
  }
}
