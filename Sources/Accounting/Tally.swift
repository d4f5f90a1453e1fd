/// How often each of several things happened, in the order in which they first did.
struct Tally<Element: Hashable & Sendable>: Hashable, Sendable {
  private(set) var entries: [Entry] = []
  private var positions: [Element: Int] = [:]

  struct Entry: Hashable, Sendable {
    let element: Element
    var count: Int
  }

  /// Throws ``AccountingError`` and changes nothing when the element's total would pass 2^53.
  mutating func add(_ element: Element, count: Int) throws(AccountingError) {
    guard count > 0 else { return }
    let position = positions[element]
    let total = count + (position.map { entries[$0].count } ?? 0)
    try AccountingError.check(total, isWithin: 0...PrivacyEvent.largestCount, argument: "count")
    if let position {
      entries[position].count = total
    } else {
      positions[element] = entries.count
      entries.append(Entry(element: element, count: total))
    }
  }

  /// Adds `times` of each, in 0 ... 2^53. What was added stays when a total would pass 2^53.
  mutating func add(_ other: Tally, times: Int = 1) throws(AccountingError) {
    for entry in other.entries {
      try add(entry.element, count: AccountingError.countProduct(entry.count, times))
    }
  }
}
