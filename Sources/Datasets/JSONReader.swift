/// Reads a file of JSON (RFC 8259) from front to back.
///
/// Foundation's reader makes an object of every number, which takes many times the memory of the
/// features.
struct JSONReader: ~Copyable {
  private var bytes: SummedBytes
  private var depth = 0

  /// So that no text can exhaust the stack.
  private static let mostDepth = 64
  /// No double takes more digits to write out.
  private static let mostDigits = 1100

  var path: String { bytes.path }

  init(path: String) throws(DatasetError) {
    bytes = try SummedBytes.ofText(at: path)
  }

  /// Calls `body` at the value of each key.
  mutating func readObject(
    _ body: (_ key: String, _ reader: inout JSONReader) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    try readItems(from: "{", to: "}") { reader throws(DatasetError) in
      let key = try reader.readString()
      try reader.expect(":")
      try body(key, &reader)
    }
  }

  /// Calls `body` at each element.
  mutating func readArray(
    _ body: (_ reader: inout JSONReader) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    try readItems(from: "[", to: "]", body)
  }

  /// Whether a list comes next.
  mutating func isAtArray() throws(DatasetError) -> Bool { try first() == UInt8(ascii: "[") }

  mutating func readString() throws(DatasetError) -> String {
    try expect("\"")
    var text: [UInt8] = []
    while true {
      guard let byte = try bytes.take(), byte >= 0x20 else { throw fault("the end of a text") }
      switch byte {
      case UInt8(ascii: "\\"):
        text += Array(String(try readEscape()).utf8)
      case UInt8(ascii: "\""):
        guard let text = String(validating: text, as: UTF8.self) else { throw fault("UTF-8 text") }
        return text
      default:
        text.append(byte)
      }
    }
  }

  /// A number; infinite where a Double cannot hold it. Also takes the `NaN`, `Infinity` and `-Infinity`
  /// that Python writes.
  mutating func readNumber() throws(DatasetError) -> Double {
    var isNegative = false
    if try first() == UInt8(ascii: "-") {
      try expect("-")
      isNegative = true
    }
    switch try bytes.peek() {
    case UInt8(ascii: "N"):
      try expect("NaN")
      return .nan
    case UInt8(ascii: "I"):
      try expect("Infinity")
      return isNegative ? -.infinity : .infinity
    default:
      var digits: [UInt8] = []
      while let byte = try bytes.peek(), byte.isOfNumbers, digits.count < Self.mostDigits {
        digits.append(byte)
        _ = try bytes.take()
      }
      guard digits.first?.isDigit == true,
        let number = Double(String(decoding: digits, as: UTF8.self))
      else { throw fault("a number") }
      return isNegative ? -number : number
    }
  }

  mutating func skipValue() throws(DatasetError) {
    switch try first() {
    case UInt8(ascii: "{"):
      try readObject { _, reader throws(DatasetError) in try reader.skipValue() }
    case UInt8(ascii: "["):
      try readArray { reader throws(DatasetError) in try reader.skipValue() }
    case UInt8(ascii: "\""): _ = try readString()
    case UInt8(ascii: "t"): try expect("true")
    case UInt8(ascii: "f"): try expect("false")
    case UInt8(ascii: "n"): try expect("null")
    default: _ = try readNumber()
    }
  }

  /// The SHA-256 of the whole file, behind whose text nothing may stand.
  consuming func sha256() throws(DatasetError) -> String {
    guard try first() == nil else { throw fault("the end of the file") }
    return try bytes.sha256()
  }

  private mutating func readItems(
    from opening: String, to closing: Unicode.Scalar,
    _ body: (_ reader: inout JSONReader) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    try expect(opening)
    depth += 1
    guard depth <= Self.mostDepth else { throw fault("at most \(Self.mostDepth) levels") }
    if try first() != UInt8(ascii: closing) {
      try body(&self)
      while try first() == UInt8(ascii: ",") {
        try expect(",")
        try body(&self)
      }
    }
    try expect(String(closing))
    depth -= 1
  }

  /// What follows a backslash.
  private mutating func readEscape() throws(DatasetError) -> Unicode.Scalar {
    let byte = try bytes.take()
    switch byte {
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte!)
    case UInt8(ascii: "u"):
      var code = try readHexadecimal()
      if 0xd800..<0xdc00 ~= code {
        try expectNext("\\u")
        let low = try readHexadecimal()
        guard 0xdc00..<0xe000 ~= low else { throw fault("the second half of a character") }
        code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw fault("a character") }
      return scalar
    default: throw fault("an escaped character")
    }
  }

  private mutating func readHexadecimal() throws(DatasetError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = try bytes.take(),
        let digit = Character(Unicode.Scalar(byte)).hexDigitValue
      else { throw fault("four hexadecimal digits") }
      code = code << 4 | UInt32(digit)
    }
    return code
  }

  /// The first byte that is no white space, which stays; nil at the end.
  private mutating func first() throws(DatasetError) -> UInt8? {
    while let byte = try bytes.peek(), " \n\r\t".utf8.contains(byte) { _ = try bytes.take() }
    return try bytes.peek()
  }

  private mutating func expect(_ symbol: String) throws(DatasetError) {
    _ = try first()
    try expectNext(symbol)
  }

  private mutating func expectNext(_ symbol: String) throws(DatasetError) {
    for byte in symbol.utf8 {
      guard try bytes.peek() == byte else { throw fault(symbol) }
      _ = try bytes.take()
    }
  }

  private func fault(_ expected: String) -> DatasetError {
    .leaf(LEAFError(.syntax(expected: expected, offset: bytes.offset), path: bytes.path))
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

  fileprivate var isOfNumbers: Bool { isDigit || "+-.eE".utf8.contains(self) }
}
