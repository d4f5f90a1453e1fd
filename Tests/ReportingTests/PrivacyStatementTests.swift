import Accounting
import Experiments
import Foundation
import Testing

@testable import Reporting

@Suite struct PrivacyStatementTests {
  private func promises(_ changes: [String: String] = [:]) throws -> [PrivacyStatement.Promise] {
    let source = changes.reduce(Self.source) { text, change in
      text.replacingOccurrences(of: change.key, with: change.value)
    }
    let plan = try Plan(
      Experiment(source: source, file: "x.yaml", smoke: false), file: "x.yaml")
    return zip(plan.guarantees, plan.settingLabels).compactMap { guarantee, label in
      guarantee.map {
        PrivacyStatement.Promise(guarantee: $0, accountant: $0.accountant, settings: [label])
      }
    }
  }

  private func wording(_ promises: [PrivacyStatement.Promise]) -> String {
    PrivacyStatement(promises).blocks.map { block in
      switch block {
      case .paragraph(let prose): prose.plainText
      case .definitions(let definitions):
        definitions.map { "\($0.term.plainText): \($0.description.plainText)" }
          .joined(separator: "\n")
      default: ""
      }
    }.joined(separator: "\n")
  }

  @Test func everythingThatGivesEpsilonAMeaningIsSaid() throws {
    let text = wording([try promises()[0]])
    for words in [
      "protects one client", "the plan declares 40 of them", "add-or-remove-one: one of the two",
      "takes part with probability 0.25, by a coin of its own", "stays secret",
      "Accountant: pld", "rounded up", "Delta: 1e-05, which is less than one over",
      "Gaussian noise that whoever adds them up adds once",
    ] {
      #expect(text.contains(words), "\(words) in \(text)")
    }
  }

  @Test func whatIsCommonIsSaidOnce() throws {
    let promises = try promises([
      "multiplier: 2.0}": "multiplier: 2.0}\n  privacy.delta: [1.0e-5, 0.1]"
    ])
    #expect(promises.count == 2)
    let text = wording(promises)
    #expect(text.components(separatedBy: "Accountant: pld").count == 2)
    #expect(text.components(separatedBy: "\nDelta: ").count == 3)
    #expect(text.contains("Delta: 0.1, which is not less than one over the number of clients"))
  }

  @Test func whoSendsForItselfIsChargedInFull() throws {
    let text = wording(
      try promises([
        "clipping_norm: 0.5": "clipping_norm: 0.5\n  mechanism: local-gaussian",
        "add-or-remove-one": "zero-out",
      ]))
    #expect(text.contains("the server that collects them is not trusted"))
    #expect(text.contains("Who sends is seen, so each participation is charged in full"))
    #expect(text.contains("zero-out: one client contributes zero in its place"))
  }

  private static let source = """
    schema: 1
    name: tiny
    question: Does it run?
    seed: 7
    replicates: 1
    dataset: {name: fashion-mnist, clients: 40, partition: iid, validation_examples: 0}
    model: {kind: logistic-regression}
    training:
      rounds: 3
      sampling: {poisson_rate: 0.25}
      local_epochs: 1
      batch_size: 5
      local_learning_rate: 0.1
      server_learning_rate: 1.0
      server_momentum: 0.9
    evaluation: {split: test, every: 2, tuned_on: nothing}
    privacy:
      unit: client
      neighboring_relation: add-or-remove-one
      delta: 1.0e-5
      accountant: pld
      clipping_norm: 0.5
      noise: {multiplier: 1.0}
    sweep:
      privacy.noise:
        - {multiplier: 2.0}

    """
}
