internal import Analytics
internal import Datasets
internal import Randomness

/// What determines the data of a trial.
struct AnalyticsSource: Hashable, Sendable {
  let corpus: CorpusSettings
  let kind: QuerySettings.Kind
}

/// The corpus of a trial: what the users hold who contribute, and the text of those who are held out.
struct AnalyticsData: Sendable {
  /// One set a user.
  let contributors: Contributors
  /// Of each held-out user, the words of each line. Public.
  let heldOut: [[[String]]]

  enum Contributors: Sendable {
    case nextWords([HeldNextWords])
    case words([HeldKeys<String>])
  }

  /// Who is held out is the experiment's, the same in every replicate: a user is one privacy unit
  /// throughout.
  init(_ plays: Plays, source: AnalyticsSource, seed: UInt64) throws(DatasetError) {
    let split = try ValidationSplit(
      holdingOut: source.corpus.heldOutCount, of: plays.speakers.count,
      key: StreamKey(seed: seed).child(.validationSplit))
    func text(_ users: [Int32]) -> [[[String]]] {
      users.map { plays.speakers[Int($0)].lines.map(\.lowercaseWords) }
    }
    heldOut = text(split.validation)
    contributors =
      switch source.kind {
      case .nextWords: .nextWords(text(split.training).map { HeldNextWords(WordPair.all(in: $0)) })
      case .wordList: .words(text(split.training).map { HeldKeys($0.joined()) })
      }
  }
}

extension AnalyticsSettings {
  var source: AnalyticsSource { AnalyticsSource(corpus: corpus, kind: query.kind) }
}

extension CorpusSettings {
  /// Rounded down.
  var heldOutCount: Int { Int(heldOut * Double(name.userCount)) }
}

extension CorpusSettings.Corpus {
  var userCount: Int {
    switch self {
    case .shakespeareWords: Plays.publishedSpeakerCount
    }
  }

  var fingerprint: String {
    switch self {
    case .shakespeareWords: Plays.publishedFingerprint
    }
  }
}
