import Yams

@testable import Experiments

/// Goes to every place of an experiment file that the catalogue knows, each within a file that is
/// otherwise in order.
struct CatalogueWalk {
  struct Place {
    let layout: ExperimentLayout
    let path: String
    let form: ValueForm
    /// What stands there.
    let value: Node
    /// The whole file with another value there.
    let document: (Node) -> Node
    /// Whether a bare flag may stand there as well.
    var takesFlag = false
  }

  private(set) var places: [Place] = []
  private let layout: ExperimentLayout

  /// - Parameter base: a file of this layout that the reader takes.
  init(_ layout: ExperimentLayout, base: Node.Mapping) {
    self.layout = layout
    for key in layout.sections + [ExperimentLayout.tuning] {
      visit(key.form, base[Node(key.name)] ?? Self.example(key.form), at: key.name) { value in
        var document = base
        document[Node(key.name)] = value
        return .mapping(document)
      }
    }
  }

  private mutating func visit(
    _ form: ValueForm, _ value: Node, at path: String, takesFlag: Bool = false,
    in document: @escaping (Node) -> Node
  ) {
    if case .either(let forms) = form {
      let takesFlag = forms.contains { if case .flag = $0 { true } else { false } }
      for form in forms {
        visit(form, Self.example(form), at: path, takesFlag: takesFlag, in: document)
      }
      return
    }
    places.append(
      Place(
        layout: layout, path: path, form: form, value: value, document: document,
        takesFlag: takesFlag))
    switch form {
    case .mapping(let mapping): visit(mapping, value.mapping ?? [:], at: path, in: document)
    case .choice(let choices):
      for choice in choices {
        guard let form = choice.form else { continue }
        visit(form, Self.example(form), at: "\(path).\(choice.name)") {
          document(.mapping([Node(choice.name): $0]))
        }
      }
    case .named(let form):
      visit(form, Self.example(form), at: "\(path).named") { document(.mapping(["named": $0])) }
    case .list(let form, let counts):
      let rest = Array(repeating: Self.example(form), count: counts.lowerBound).dropFirst()
      visit(form, Self.example(form), at: "\(path)[]") {
        document(.sequence(Node.Sequence([$0] + rest)))
      }
    case .either, .text, .wholeNumber, .among, .number, .flag, .scalar: break
    }
  }

  private mutating func visit(
    _ mapping: FileMapping, _ value: Node.Mapping, at path: String,
    in document: @escaping (Node) -> Node
  ) {
    for key in mapping.keys {
      let own = Self.making(room: key.name, in: value, of: mapping)
      let inner = own[Node(key.name)] ?? Self.example(key.form)
      let embed: (Node) -> Node = { inner in
        var changed = own
        changed[Node(key.name)] = inner
        return document(.mapping(changed))
      }
      visit(key.form, inner, at: "\(path).\(key.name)", in: embed)
    }
  }

  /// The mapping without what excludes the key, and with what it needs.
  private static func making(
    room key: String, in value: Node.Mapping, of mapping: FileMapping
  ) -> Node.Mapping {
    var value = value
    for rule in mapping.rules {
      switch rule {
      case .exactlyOne(let names) where names.contains(key),
        .atMostOne(let names) where names.contains(key):
        for other in names where other != key { value[Node(other)] = nil }
      case .goes(key, let other, let values, _):
        value[Node(other)] = Node(values[0])
        for case .goes(let needed, other, let takers, true) in mapping.rules
        where takers.contains(values[0]) && value[Node(needed)] == nil {
          let form = mapping.keys.first { $0.name == needed }?.form
          value[Node(needed)] = form.map(example)
        }
      case .together(let names) where names.contains(key):
        for other in mapping.keys
        where names.contains(other.name) && value[Node(other.name)] == nil {
          value[Node(other.name)] = example(other.form)
        }
      case .exactlyOne, .atMostOne, .goes, .together, .inside: break
      }
    }
    return value
  }

  /// A value of this form.
  static func example(_ form: ValueForm) -> Node {
    switch form {
    case .text, .scalar: return "text"
    case .wholeNumber(let range): return Node("\(range.lowerBound)")
    case .among(let values): return Node("\(values[0])")
    case .number(let interval):
      return Node("\([0.5, 1, 0].first(where: interval.contains) ?? 2)")
    case .flag: return "true"
    case .choice(let choices):
      let choice = choices[0]
      return choice.form.map { .mapping([Node(choice.name): example($0)]) } ?? Node(choice.name)
    case .named(let form): return .mapping(["named": example(form)])
    case .list(.number, let counts):
      return .sequence(Node.Sequence((0..<max(1, counts.lowerBound)).map { Node("\($0)") }))
    case .list(let form, let counts):
      return .sequence(
        Node.Sequence(Array(repeating: example(form), count: max(1, counts.lowerBound))))
    case .either(let forms): return example(forms[forms.count - 1])
    case .mapping(let mapping):
      var value: Node.Mapping = [:]
      var left = Set(mapping.keys.filter(\.isRequired).map(\.name))
      for case .exactlyOne(let names) in mapping.rules { left.subtract(names.dropFirst()) }
      for key in mapping.keys where left.contains(key.name) {
        value[Node(key.name)] = example(key.form)
      }
      return .mapping(value)
    }
  }
}
