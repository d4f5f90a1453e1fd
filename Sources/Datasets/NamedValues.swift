/// Values in a declared order, each of which may go by several names.
public struct NamedValues: Hashable, Sendable, ExpressibleByArrayLiteral {
  /// The names of each value.
  public let names: [[String]]

  private let positions: [String: Int]

  public var count: Int { names.count }

  public init(_ names: [[String]]) {
    self.names = names
    positions = Dictionary(
      names.enumerated().flatMap { position, names in names.map { ($0, position) } },
      uniquingKeysWith: { first, _ in first })
  }

  public init(_ names: [String]) { self.init(names.map { [$0] }) }

  public init(arrayLiteral names: String...) { self.init(names) }

  func position(of name: String) -> Int? { positions[name] }

  var firstNames: [String] { names.compactMap(\.first) }

  /// A name that stands twice, or nil.
  var repeatedName: String? {
    var seen: Set<String> = []
    return names.joined().first { !seen.insert($0).inserted }
  }
}
