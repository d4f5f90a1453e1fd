/// Users numbered in the order in which they first appear.
struct UserNumbers<Name: Hashable> {
  private var numbers: [Name: Int32] = [:]

  var count: Int { numbers.count }

  /// The user's number; a new one where the name is new.
  mutating func number(of name: Name) -> Int32 {
    if let number = numbers[name] { return number }
    let number = Int32(numbers.count)
    numbers[name] = number
    return number
  }
}
