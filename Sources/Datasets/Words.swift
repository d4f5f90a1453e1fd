extension StringProtocol {
  /// The words of a text in lower case: longest runs of the letters a to z and the digits 0 to 9, with
  /// apostrophes (U+0027) between two of them.
  ///
  /// All else separates: `'Tis new-made, o'er th' air` has the words tis, new, made, o'er, th and air.
  public var lowercaseWords: [String] {
    var words: [String] = []
    var word: [UInt8] = []
    var endsInApostrophe = false
    func end() {
      if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
      word.removeAll(keepingCapacity: true)
    }
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"):
        if endsInApostrophe { word.append(UInt8(ascii: "'")) }
        endsInApostrophe = false
        word.append(byte | 0x20)
      case UInt8(ascii: "'") where !word.isEmpty && !endsInApostrophe:
        endsInApostrophe = true
      default:
        end()
        endsInApostrophe = false
      }
    }
    end()
    return words
  }
}
