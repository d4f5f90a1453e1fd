internal import Accounting
internal import Experiments
internal import Foundation

/// What epsilons promise, in the order in which Ponomareva et al. 2023 (section 5.3) ask for it.
struct PrivacyStatement {
  let blocks: [Block]

  /// What some settings guarantee.
  struct Promise {
    let guarantee: Guarantee
    /// What the epsilon that is published was counted by.
    let accountant: AccountantKind
    /// How the published run was chosen, where the choice is part of the guarantee.
    var choice: Prose?
    /// The settings, for a person.
    var settings: [String] = []
  }

  /// What the promises have in common is said once.
  ///
  /// - Precondition: there is one, and all protect the same unit.
  init(_ promises: [Promise]) {
    let guarantee = promises[0].guarantee
    let promise: Prose = """
      The guarantee protects \(strong: "one \(guarantee.unit.noun)")\(guarantee.holdings). Take any two \
      data sets that are neighbors, and any set of outcomes: the probability that what is released falls \
      into the set is on the one at most exp(ε) times as large as on the other, plus δ \
      \(cite: [.dwork2014]).
      """
    let all = promises.map(\.definitions)
    let common = all[0].filter { definition in all.allSatisfy { $0.contains(definition) } }
    blocks =
      [.paragraph(promise), .definitions(common)]
      + zip(promises, all).flatMap { promise, definitions -> [Block] in
        let own = definitions.filter { !common.contains($0) }
        guard !own.isEmpty else { return [] }
        return [
          .paragraph("\(strong: "For") \(promise.settings.joined(separator: "; ")):"),
          .definitions(own),
        ]
      }
  }
}

extension PrivacyStatement.Promise {
  fileprivate var definitions: [Block.Definition] {
    [
      .init("Privacy unit", guarantee.unitDescription),
      .init("Neighbors", guarantee.neighborDescription),
      .init("What is released", guarantee.releaseDescription),
      .init("Sampling", guarantee.samplingDescription),
    ] + (choice.map { [.init("Choice", $0)] } ?? []) + [
      .init(
        "Accountant",
        """
        \(code: accountant.rawValue), \(accountant.words) \(cite: accountant.references). Every epsilon \
        here is the upper bound that it proves, rounded up.
        """),
      .init("Delta", guarantee.deltaDescription),
    ]
  }
}

extension PrivacyUnit {
  fileprivate var noun: String {
    switch self {
    case .example: "example"
    case .client: "client"
    }
  }
}

extension Guarantee {
  fileprivate var holdings: String { unit == .client ? ", with all that it holds" : "" }

  fileprivate var unitDescription: Prose {
    switch release {
    case .sums(let sums):
      """
      \(code: unit.rawValue); the plan declares \(sums.unitCount) of them\
      \(sums.hasCanaries ? ", the canaries of its audit included" : "")
      """
    case .counts: "\(code: unit.rawValue): one person with all of its text"
    }
  }

  fileprivate var neighborDescription: Prose {
    let name = neighboringRelation.rawValue
    let noun = unit.noun
    return switch neighboringRelation {
    case .addOrRemoveOne: "\(code: name): one of the two has one \(noun) more than the other"
    case .replaceOne:
      "\(code: name): one \(noun) has other data; how many there are is public"
    case .zeroOut:
      "\(code: name): one \(noun) contributes zero in its place; how many there are is public"
    }
  }

  fileprivate var releaseDescription: Prose {
    guard case .sums(let sums) = release else {
      return """
        counts with Gaussian noise, of which those above a threshold are released, once; each person's \
        contribution is bounded. Delta pays for the noise and for a threshold that fails.
        """
    }
    let what = unit == .client ? "update" : "gradient"
    var text: Prose
    switch sums.noise {
    case .aggregator:
      text = """
        in every round the sum of \(what)s that are clipped to a Euclidean norm, with Gaussian noise that \
        whoever adds them up adds once; so every model along the way, and the last one
        """
    case .hardenedAggregator(let entropy):
      text = """
        in every round the sum of \(what)s that are clipped to a Euclidean norm and cut to a public grid, \
        with exact discrete Gaussian noise \(cite: [.canonne2020]) that whoever adds them up adds once, in \
        whole numbers; so every model along the way, and the last one. The release is hardened against \
        attacks on low bits; \(entropy.words)
        """
    case .eachClient:
      text = """
        every client's own clipped \(what) with Gaussian noise of its own: the server that collects them \
        is not trusted
        """
    case .contributors(let least):
      text = """
        in every round the sum of clipped \(what)s as secure aggregation shows it, to which contributors \
        have added discrete noise; at least \(least) of them have to add their shares and keep them to \
        themselves
        """
    }
    if sums.includesCount { text = "\(text); a noised count is part of every release" }
    if sums.hasSilos {
      text = "\(text). Every silo releases on its own, and an example lies in one of them"
    }
    return text
  }

  fileprivate var samplingDescription: Prose {
    guard case .sums(let sums) = release else {
      return "\(code: sampling): everybody contributes once, and no sampling is reckoned with"
    }
    let noun = unit.noun
    let meaning =
      switch sums.cohorts {
      case .poisson(let rate):
        "in every round each \(noun) takes part with probability \(rate), by a coin of its own"
      case .fixedSize(let size):
        "in every round a random cohort of exactly \(size) of \(sums.unitCount) \(noun)s"
      case .everyone: "everybody takes part in every round, and no sampling is reckoned with"
      case .inTurn:
        "one \(noun) after another in a fixed public order; a pass over all costs each one release"
      }
    let secrecy =
      switch (sums.cohorts, sums.noise) {
      case (.poisson, .eachClient), (.fixedSize, .eachClient):
        ". Who sends is seen, so each participation is charged in full"
      case (.poisson, _), (.fixedSize, _):
        ". Who took part stays secret, and epsilon reckons with it"
      case (.everyone, _), (.inTurn, _): ""
      }
    return "\(code: sampling): \(meaning)\(secrecy)"
  }

  fileprivate var deltaDescription: Prose {
    guard case .sums(let sums) = release else { return "\(delta)" }
    let share = String(format: "%.2g", 1 / Double(sums.unitCount))
    return delta * Double(sums.unitCount) < 1
      ? "\(delta), which is less than one over the number of \(unit.noun)s, \(share)"
      : """
      \(delta), which is \(strong: "not less") than one over the number of \(unit.noun)s, \(share): such a \
      delta allows to publish one of them as it is
      """
  }
}

extension EntropySource {
  fileprivate var words: String {
    switch self {
    case .system:
      "its noise and cohorts are drawn from entropy of the operating system that nobody kept"
    case .seed:
      "its noise and cohorts hang from a seed that stands in the experiment, so whoever has that "
        + "can take the noise away"
    }
  }
}

extension AccountantKind {
  /// What it composes, in words.
  fileprivate var words: String {
    switch self {
    case .pld: "privacy loss distributions, composed with a certified numerical error"
    case .rdp: "Rényi divergences at many orders"
    case .gaussianDP: "Gaussian differential privacy"
    case .zcdp: "zero-concentrated differential privacy"
    case .pureDP: "pure differential privacy, whose epsilons add up"
    case .optimalComposition: "optimal composition of equal pure guarantees"
    case .moments: "the moments accountant"
    case .rdpClassic: "Rényi divergences as the libraries of 2020 converted them"
    case .advancedComposition: "advanced composition"
    }
  }
}
