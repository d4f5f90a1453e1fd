/// A key of an experiment file, as people are told about it.
///
/// The readers decide what a file may say. The catalogue says the same in a form that a schema and a
/// reference are made from; tests hold one against the other.
struct FileKey: Sendable {
  let name: String
  let form: ValueForm
  /// One sentence, without its full stop.
  let summary: String
  let presence: Presence

  enum Presence: Sendable {
    case required
    /// In words or as it would be written; nil where leaving the key out is no value of it.
    case optional(default: String?)
  }

  /// A key that must be there, unless a rule of its mapping says otherwise.
  static func required(_ name: String, _ form: ValueForm, _ summary: String) -> FileKey {
    FileKey(name: name, form: form, summary: summary, presence: .required)
  }

  static func optional(
    _ name: String, _ form: ValueForm, default value: String? = nil, _ summary: String
  ) -> FileKey {
    FileKey(name: name, form: form, summary: summary, presence: .optional(default: value))
  }

  var isRequired: Bool {
    if case .required = presence { true } else { false }
  }
}

/// What may stand under a key.
indirect enum ValueForm: Sendable {
  /// Text; where there is a pattern, all of it matches this regular expression.
  case text(pattern: String?)
  case wholeNumber(ClosedRange<Int>)
  /// One of these whole numbers.
  case among([Int])
  case number(NumberInterval)
  case flag
  /// Text, a number or a flag, read as text.
  case scalar
  /// A bare name, or one key with its value.
  case choice([Choice])
  case mapping(FileMapping)
  /// A mapping whose keys are the author's own names.
  case named(ValueForm)
  case list(ValueForm, ClosedRange<Int>)
  case either([ValueForm])

  static let text = ValueForm.text(pattern: nil)

  static func list(of form: ValueForm) -> ValueForm { .list(form, 1...Int.max) }

  static func mapping(_ keys: [FileKey], _ rules: [KeyRule] = []) -> ValueForm {
    .mapping(FileMapping(keys: keys, rules: rules))
  }
}

/// `iid`, or `{dirichlet: 0.3}`.
struct Choice: Sendable {
  let name: String
  /// Of its value; nil for a bare name.
  let form: ValueForm?
  let summary: String

  init(_ name: String, _ form: ValueForm? = nil, _ summary: String) {
    self.name = name
    self.form = form
    self.summary = summary
  }
}

struct FileMapping: Sendable {
  let keys: [FileKey]
  let rules: [KeyRule]
}

/// What keys of one mapping have to do with each other.
enum KeyRule: Sendable {
  case exactlyOne([String])
  case atMostOne([String])
  /// The key goes with some values of another one alone, and may be needed there.
  case goes(key: String, with: String, among: [String], isNeeded: Bool)
  /// One of these keys needs the others.
  case together([String])
  /// A key inside the mapping `inner`, if that is one, goes with the key `other` alone, and is needed
  /// there.
  case inside(inner: String, key: String, goesWith: String)
}
