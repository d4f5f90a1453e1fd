import Foundation
import Testing
import Yams

@testable import Experiments

/// The catalogue of keys against the readers, which have the last word.
@Suite struct CatalogueTests {
  private static func walk(_ layout: ExperimentLayout) throws -> [CatalogueWalk.Place] {
    let source =
      switch layout {
      case .clients: TinyExperiment.plain()
      case .examples: TinyExperiment.examples()
      case .silos: TinyExperiment.silos()
      case .nextWords: TinyAnalytics.source
      case .wordList: TinyAnalytics.wordList
      }
    var base = try #require(try Yams.compose(yaml: source)?.mapping)
    base["sweep"] = nil
    base["smoke"] = nil
    #expect(try problem(of: .mapping(base)) == nil)
    return CatalogueWalk(layout, base: base).places
  }

  private static func error(of document: Node) throws -> ExperimentError? {
    let text = try Yams.serialize(node: document)
    do {
      _ = try Experiment(source: text, file: "x.yaml", smoke: false)
      return nil
    } catch {
      return error
    }
  }

  private static func problem(of document: Node) throws -> ExperimentError.Problem? {
    try error(of: document)?.problem
  }

  /// Both ways: what the reader knows is in the catalogue, and what is there the reader knows.
  @Test(arguments: ExperimentLayout.allCases)
  func keysAreTheReaders(layout: ExperimentLayout) throws {
    for place in try Self.walk(layout) {
      guard case .mapping(let mapping) = place.form else { continue }
      var value = try #require(place.value.mapping, "\(place.path)")
      value["bogus"] = "1"
      let problem = try Self.problem(of: place.document(.mapping(value)))
      guard case .unknownKey(_, let known) = problem else {
        Issue.record("\(layout) \(place.path): \(String(describing: problem))")
        continue
      }
      var expected = Set(mapping.keys.map(\.name))
      // The array of users goes with declared users, of whom this file has none.
      if place.path == "dataset.npz.training" { expected.remove("users") }
      #expect(Set(known) == expected, "\(layout) \(place.path)")
    }
  }

  @Test func theTopHasTheReadersKeys() throws {
    let text = TinyExperiment.plain() + "bogus: 1\n"
    #expect {
      try Experiment(source: text, file: "x.yaml", smoke: false)
    } throws: { error in
      guard case .unknownKey(_, let known) = (error as? ExperimentError)?.problem else {
        return false
      }
      let last = [
        ExperimentLayout.tuning.name, ExperimentLayout.sweep.name, ExperimentLayout.smoke.name,
      ]
      return Set(known)
        == Set(ExperimentLayout.header.map(\.name) + ExperimentLayout.sectionNames + last)
    }
  }

  @Test(arguments: ExperimentLayout.allCases)
  func choicesAreTheReaders(layout: ExperimentLayout) throws {
    for place in try Self.walk(layout) {
      guard case .choice(let choices) = place.form else { continue }
      let problem = try Self.problem(of: place.document("bogus"))
      guard case .unknownChoice(_, _, let offered) = problem else {
        Issue.record("\(layout) \(place.path): \(String(describing: problem))")
        continue
      }
      let readers = Set(offered.map { String($0.trimmingPrefix("{").prefix { $0 != ":" }) })
      let names = Set(choices.map(\.name))
      #expect(names.isSubset(of: readers), "\(layout) \(place.path)")
      // What the reader offers and the catalogue leaves out is refused for another reason.
      for name in readers.subtracting(names.union(place.takesFlag ? ["true", "false"] : [])) {
        let isKeyed = offered.contains { $0.hasPrefix("{\(name):") }
        let value: Node = isKeyed ? .mapping([Node(name): "1"]) : Node(name)
        #expect(
          try Self.problem(of: place.document(value)) != nil, "\(layout) \(place.path): \(name)")
      }
    }
  }

  /// Where the reader allows less, by what else the file says.
  private static let dependent: Set = [
    "dataset.clients", "dataset.partition.label_shards", "dataset.validation_examples",
    "training.sampling.cohort_size", "training.sampling.expected_batch_size",
    "training.weighting.by_examples.expected",
    "training.participation.availability.diurnal.lowest",
    "training.participation.stragglers.fraction", "dataset.csv.columns.named.number[]",
    "dataset.npz.bounds[]", "dataset.leaf.bounds[]", "audit.guesses",
  ]

  /// What the reader refuses at a place the catalogue does not allow there, and the other way round.
  @Test func rangesAreTheReaders() throws {
    var seen: Set<String> = []
    for layout in ExperimentLayout.allCases {
      for place in try Self.walk(layout) where seen.insert(place.path).inserted {
        let (right, wrong) = Self.values(of: place.form)
        for text in wrong {
          let value = try #require(try Yams.compose(yaml: text))
          #expect(
            try Self.problem(of: place.document(value)) != nil, "\(place.path) takes \(text)")
        }
        // Elements of a list are told by the list's path, its choices by their number.
        let path = place.path.replacing(/\[\]$/, with: "").replacing("[]", with: ".1")
        for text in right where !Self.dependent.contains(place.path) {
          let error = try Self.error(of: place.document(Node(text)))
          guard let error, error.path == path else { continue }
          switch error.problem {
          case .wrongType, .outOfRange: Issue.record("\(place.path) refuses \(text): \(error)")
          default: break
          }
        }
      }
    }
  }

  private static func values(of form: ValueForm) -> (right: [String], wrong: [String]) {
    switch form {
    case .wholeNumber(let range):
      let isOpen = range.upperBound == .max
      return (
        [range.lowerBound, isOpen ? range.lowerBound + 1 : range.upperBound].map(String.init),
        ["1.5", "[1]", "\(range.lowerBound - 1)"] + (isOpen ? [] : ["\(range.upperBound + 1)"])
      )
    case .number(let interval):
      let values = [
        -1e19, -1, 0, 1e-31, 1e-19, 1e-9, 1e-7, 0.5, 0.999, 1, 1.001, 101, 1001, 1e7, 1e13, 1e19,
        1e31,
      ]
      let (inside, outside) = (
        values.filter(interval.contains), values.filter { !interval.contains($0) }
      )
      // The ends of the range, and what lies next to them.
      let next =
        outside.filter { $0 < inside[0] }.suffix(1) + outside.filter { $0 > inside[0] }.prefix(1)
      return (
        [inside[0], inside[inside.count - 1]].map { "\($0)" }, next.map { "\($0)" } + ["[1]"]
      )
    case .flag: return (["true", "false"], ["1", "[]"])
    case .among(let values): return (values.map(String.init), ["0", "[1]"])
    case .text(let pattern): return (pattern == nil ? ["text"] : [], ["[a]"])
    case .list, .mapping, .named, .scalar, .choice, .either: return ([], [])
    }
  }
}
