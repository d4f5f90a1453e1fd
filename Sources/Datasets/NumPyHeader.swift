/// What a NumPy file says of its array before the elements.
///
/// NumPy 2.4 documentation, `numpy.lib.format`: the bytes `\x93NUMPY`, two version bytes, the length of
/// the rest (2 bytes little-endian in version 1, 4 in versions 2 and 3), and a Python dictionary such as
/// `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }`.
struct NumPyHeader: Hashable {
  let type: NumPyType
  /// Whether the first index changes fastest, not the last.
  let isFortranOrder: Bool
  let shape: [Int]

  /// Reads the header at the start of `bytes`, and says where the elements begin.
  static func read(
    _ bytes: [UInt8]
  ) throws(ArrayError.Fault) -> (header: NumPyHeader, elements: Int) {
    guard bytes.starts(with: [0x93] + Array("NUMPY".utf8)), bytes.count >= 8 else {
      throw .init(.notNumPy)
    }
    guard (1...3).contains(bytes[6]) else { throw .init(.unknownVersion(Int(bytes[6]))) }
    let lengthByteCount = bytes[6] == 1 ? 2 : 4
    let start = 8 + lengthByteCount
    guard bytes.count >= start else { throw .init(.header(reason: "it ends early")) }
    let length = bytes[8..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= bytes.count - start else { throw .init(.header(reason: "it ends early")) }
    let end = start + length
    guard let text = String(validating: bytes[start..<end], as: UTF8.self) else {
      throw .init(.header(reason: "it is not UTF-8 text"))
    }
    var literal = PythonLiteral(text)
    return (try NumPyHeader(literal.dictionary()), end)
  }

  private init(_ values: [String: PythonLiteral.Value]) throws(ArrayError.Fault) {
    switch values["descr"] {
    case .text(let name):
      guard let type = NumPyType(name) else { throw .init(.unknownType(name)) }
      self.type = type
    case .list: throw .init(.unknownType("a record of several fields"))
    default: throw .init(.header(reason: "it does not name the type of the elements"))
    }
    guard case .truth(let isFortranOrder) = values["fortran_order"],
      case .numbers(let shape) = values["shape"], values.count == 3
    else { throw .init(.header(reason: "it does not say the order and shape, or says more")) }
    self.isFortranOrder = isFortranOrder
    self.shape = shape
  }
}

/// The type of the elements: `|u1`, `<i8`, `>f4` and the like.
struct NumPyType: Hashable {
  enum Kind: Character {
    case truth = "b"
    case unsigned = "u"
    case signed = "i"
    case floating = "f"
  }

  let kind: Kind
  let byteCount: Int
  let isBigEndian: Bool

  init?(_ name: String) {
    let characters = Array(name)
    guard characters.count == 3, "<>|=".contains(characters[0]),
      let kind = Kind(rawValue: characters[1]), let byteCount = characters[2].wholeNumberValue,
      Self.byteCounts(of: kind).contains(byteCount), characters[0] != "|" || byteCount == 1
    else { return nil }
    self.kind = kind
    self.byteCount = byteCount
    isBigEndian = characters[0] == ">"
  }

  private static func byteCounts(of kind: Kind) -> [Int] {
    switch kind {
    case .truth: [1]
    case .unsigned, .signed: [1, 2, 4, 8]
    case .floating: [4, 8]
    }
  }
}

/// As much of Python's syntax as stands in the header of a NumPy file.
private struct PythonLiteral {
  enum Value {
    case text(String)
    case truth(Bool)
    case numbers([Int])
    /// Whatever stands in brackets.
    case list
  }

  private var rest: Substring.UTF8View

  init(_ text: String) { rest = text[...].utf8 }

  mutating func dictionary() throws(ArrayError.Fault) -> [String: Value] {
    var values: [String: Value] = [:]
    try expect("{")
    while !takes("}") {
      guard case .text(let key) = try value() else { throw Self.fault }
      try expect(":")
      guard values.updateValue(try value(), forKey: key) == nil else { throw Self.fault }
      if !takes(",") {
        try expect("}")
        break
      }
    }
    skipSpaces()
    guard rest.isEmpty else { throw Self.fault }
    return values
  }

  private mutating func value() throws(ArrayError.Fault) -> Value {
    for quote in ["'", "\""] where takes(quote) {
      let text = rest.prefix { $0 != quote.utf8.first }
      rest = rest.dropFirst(text.count)
      try expect(quote)
      return .text(String(Substring(text)))
    }
    if takes("True") { return .truth(true) }
    if takes("False") { return .truth(false) }
    if takes("(") { return .numbers(try numbers()) }
    if takes("[") {
      var depth = 1
      while depth > 0 {
        guard let byte = rest.popFirst() else { throw Self.fault }
        if byte == UInt8(ascii: "[") { depth += 1 }
        if byte == UInt8(ascii: "]") { depth -= 1 }
      }
      return .list
    }
    throw Self.fault
  }

  private mutating func numbers() throws(ArrayError.Fault) -> [Int] {
    var numbers: [Int] = []
    while !takes(")") {
      skipSpaces()
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      rest = rest.dropFirst(digits.count)
      guard let number = Int(Substring(digits)) else { throw Self.fault }
      numbers.append(number)
      if !takes(",") {
        try expect(")")
        break
      }
    }
    return numbers
  }

  private mutating func expect(_ symbol: String) throws(ArrayError.Fault) {
    guard takes(symbol) else { throw Self.fault }
  }

  private mutating func takes(_ symbol: String) -> Bool {
    skipSpaces()
    guard rest.starts(with: symbol.utf8) else { return false }
    rest = rest.dropFirst(symbol.utf8.count)
    return true
  }

  private mutating func skipSpaces() {
    rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
  }

  private static var fault: ArrayError.Fault {
    .init(.header(reason: "it is not the dictionary that NumPy writes"))
  }
}
