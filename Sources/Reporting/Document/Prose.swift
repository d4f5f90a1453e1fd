/// A line of text that every renderer can show: what is code, what is stressed and what is cited is
/// said, and everything else is shown letter by letter.
struct Prose: Hashable, Sendable {
  enum Span: Hashable, Sendable {
    case plain(String)
    case code(String)
    case strong(String)
    case citation(Reference)
  }

  var spans: [Span]

  init(_ text: String) { spans = [.plain(text)] }

  init(_ spans: [Span]) { self.spans = spans }

  static func code(_ text: String) -> Prose { Prose([.code(text)]) }

  static func + (left: Prose, right: Prose) -> Prose { Prose(left.spans + right.spans) }

  /// The letters alone.
  var plainText: String {
    spans.map { span in
      switch span {
      case .plain(let text), .code(let text), .strong(let text): text
      case .citation(let reference): reference.label
      }
    }.joined()
  }

  var citations: [Reference] {
    spans.compactMap { span in
      if case .citation(let reference) = span { reference } else { nil }
    }
  }
}

extension Prose: ExpressibleByStringInterpolation {
  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var spans: [Span] = []

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { spans.append(.plain(literal)) }
    }

    mutating func appendInterpolation(_ text: some CustomStringConvertible) {
      spans.append(.plain("\(text)"))
    }

    mutating func appendInterpolation(_ prose: Prose) { spans += prose.spans }

    mutating func appendInterpolation(code: String) { spans.append(.code(code)) }

    mutating func appendInterpolation(strong: String) { spans.append(.strong(strong)) }

    /// In brackets, one after another.
    mutating func appendInterpolation(cite references: [Reference]) {
      guard !references.isEmpty else { return }
      spans.append(.plain("("))
      for (index, reference) in references.enumerated() {
        if index > 0 { spans.append(.plain("; ")) }
        spans.append(.citation(reference))
      }
      spans.append(.plain(")"))
    }
  }

  init(stringLiteral value: String) { self.init(value) }

  init(stringInterpolation: StringInterpolation) { self.init(stringInterpolation.spans) }
}
