import LinearAlgebra

/// Shakespeare's plays as examples of characters: the next one of a speaker's text is the label, and the
/// few before it are the features. Speakers are the owners, all of them, in the order of ``Plays``.
///
/// The text of a speaker is the lines, each with its end. Its first thousand characters at most are
/// examples, so that what a speaker holds has a public bound; of these, the last fifth, rounded down, is
/// for tests, and so everyone has a training example.
///
/// LEAF predicts characters of the same users from the 80 before, with a recurrent network (Caldas et
/// al., arXiv:1812.01097); the short context here is for linear models.
enum PlayCharacters {
  static let mostPerSpeaker = 1_000

  /// How many characters precede the next one. Before the first of a text stand line ends.
  static let contextLength = 5

  /// The letters regardless of case, the space, the apostrophe, the end of a line, and all others as one.
  static let symbolCount = 30

  /// Of the context, one feature for each place and symbol: 255 for what stands there, 0 elsewhere.
  static let featureCount = contextLength * symbolCount

  private static let lineEnd: UInt8 = 28
  private static let other: UInt8 = 29

  /// Of the characters of ASCII.
  private static let symbols: [UInt8] = (0..<128).map { character in
    switch UInt8(character) {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt8(character) - UInt8(ascii: "a")
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt8(character) - UInt8(ascii: "A")
    case UInt8(ascii: " "): 26
    case UInt8(ascii: "'"): 27
    default: other
    }
  }

  static func dataset(of plays: Plays, fingerprint: String) -> LabeledDataset {
    let texts = plays.speakers.map { symbols(of: $0) }
    func examples(_ part: (_ count: Int, _ trainingCount: Int) -> Range<Int>) -> LabeledExamples {
      labeled(texts, next: texts.map { part($0.count, $0.count - $0.count / 5) })
    }
    return LabeledDataset(
      training: examples { _, trainingCount in 0..<trainingCount },
      test: examples { count, trainingCount in trainingCount..<count }, fingerprint: fingerprint)
  }

  /// The first symbols of what a speaker says.
  static func symbols(of speaker: Speaker) -> [UInt8] {
    var text: [UInt8] = []
    for line in speaker.lines where text.count < mostPerSpeaker {
      text += line.unicodeScalars.map { $0.isASCII ? symbols[Int($0.value)] : other } + [lineEnd]
    }
    return Array(text.prefix(mostPerSpeaker))
  }

  /// Examples whose labels stand at these places of each owner's text.
  private static func labeled(_ texts: [[UInt8]], next places: [Range<Int>]) -> LabeledExamples {
    let count = places.reduce(0) { $0 + $1.count }
    var features = [UInt8](repeating: 0, count: count * featureCount)
    var labels: [UInt8] = []
    var owners: [Int32] = []
    for (owner, (text, places)) in zip(texts, places).enumerated() {
      for place in places {
        let row = labels.count * featureCount
        for position in 0..<contextLength {
          let before = place - contextLength + position
          let symbol = before < 0 ? lineEnd : text[before]
          features[row + position * symbolCount + Int(symbol)] = 255
        }
        labels.append(text[place])
        owners.append(Int32(owner))
      }
    }
    return LabeledExamples(
      features: .bytes(features), labels: labels, featureCount: featureCount,
      classCount: symbolCount, owners: owners, ownerCount: texts.count)
  }
}
