/// Which examples each client holds: every example belongs to exactly one client.
public struct ClientPartition: Hashable, Sendable {
  /// Grouped by client, ascending within each client.
  private let examples: [Int32]

  /// `offsets[client]..<offsets[client + 1]` are the places of a client's examples.
  private let offsets: [Int]

  public var clientCount: Int { offsets.count - 1 }

  public var exampleCount: Int { examples.count }

  /// The positions of the client's examples, ascending.
  ///
  /// - Precondition: `client` is in `0..<clientCount`.
  public func examples(ofClient client: Int) -> ArraySlice<Int32> {
    examples[offsets[client]..<offsets[client + 1]]
  }

  /// How many examples the client holds, at least one; public.
  public func exampleCount(ofClient client: Int) -> Int {
    offsets[client + 1] - offsets[client]
  }

  /// Cuts `dealt`, in which each client's examples stand together, after every count of `sizes`.
  init(dealt: [Int32], sizes: [Int]) {
    precondition(sizes.reduce(0, +) == dealt.count && sizes.allSatisfy { $0 > 0 })
    var examples = dealt
    var offsets = [0]
    offsets.reserveCapacity(sizes.count + 1)
    for size in sizes {
      let start = offsets[offsets.count - 1]
      examples[start..<start + size].sort()
      offsets.append(start + size)
    }
    self.examples = examples
    self.offsets = offsets
  }
}

/// The sizes of `count` parts of `total` that differ by at most one, the larger ones first.
func equalParts(of total: Int, count: Int) -> [Int] {
  let (size, remainder) = total.quotientAndRemainder(dividingBy: count)
  return (0..<count).map { $0 < remainder ? size + 1 : size }
}
