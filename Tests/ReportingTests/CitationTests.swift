import Accounting
import Datasets
import Experiments
import Testing

@testable import Reporting

@Suite struct CitationTests {
  /// Every work that a method or an accountant rests on.
  private static let works: [Reference] = {
    let plain: [Method] = [
      .federatedAveraging, .clientLevelPrivacy, .dpSGD, .gaussianMechanism, .proximalTerm,
      .controlVariates, .serverMomentum, .adaptiveServerOptimizer, .adam, .cosineSchedule,
      .modelAveraging, .warmedUpModelAveraging, .takingTurns, .quantileClipping,
      .perLayerClipping, .automaticClipping, .localPrivacy, .distributedDiscreteGaussian,
      .distributedSkellam, .dirichletPartition, .labelShards, .stochasticRounding,
      .sparsification, .errorFeedback, .deviceAvailability, .scattering, .groupNormalization,
      .temperedSigmoid, .temperedConvolution, .thresholdedHistogram, .unitNormContributions,
      .privateSelection, .fixedSizeCohorts, .speakers, .oneRunAudit, .gradientCanaries,
      .oneShotEstimate,
    ]
    let methods =
      plain + AccountantKind.allCases.map { .accountant($0) }
      + KnownDataset.allCases.map { .dataset($0) }
    return methods.flatMap(\.attribution.references)
      + [.dwork2014, .ponomareva2023, .mironov2012]
  }()

  @Test func keysAndLabelsNameOneWork() {
    let works = Set(Self.works)
    #expect(Set(works.map(\.key)).count == works.count)
    #expect(Set(works.map(\.label)).count == works.count)
    for reference in works {
      #expect(reference.key.hasSuffix(String(reference.work.year)))
      #expect(reference.work.authors.allSatisfy { $0.contains(", ") || $0 == "others" })
    }
  }

  @Test func aWorkIsNamedByItsAuthors() {
    #expect(Reference.mironov2017.label == "Mironov 2017")
    #expect(Reference.papernot2022.label == "Papernot & Steinke 2022")
    #expect(Reference.mcmahan2017.label == "McMahan et al. 2017")
    #expect(
      Reference.kasiviswanathan2011.citation
        == "Shiva Prasad Kasiviswanathan, Homin K. Lee, Kobbi Nissim, Sofya Raskhodnikova and "
        + "Adam Smith. What Can We Learn Privately? SIAM Journal on Computing 40(3), 793–826, 2011."
    )
    #expect(Reference.andreux2020.citation.contains("Eugene Belilovsky and others. Kymatio:"))
  }

  @Test func bibTeXIsASCII() {
    let text = BibTeX(Array(Set(Self.works))).description
    #expect(text.utf8.allSatisfy { $0 < 128 })
    var depth = 0
    for character in text {
      if character == "{" { depth += 1 }
      if character == "}" { depth -= 1 }
      #expect(depth >= 0)
    }
    #expect(depth == 0)
  }

  @Test func anEntryHasItsFields() {
    #expect(
      BibTeX([.tramer2021]).description == #"""
        @inproceedings{tramer2021,
          author = {Tram{\`e}r, Florian and Boneh, Dan},
          title = {{Differentially Private Learning Needs Better Features (or Much More Data)}},
          booktitle = {International Conference on Learning Representations (ICLR)},
          year = {2021},
          eprint = {2011.11660},
          archiveprefix = {arXiv},
        }

        """#)
    #expect(
      BibTeX.encoded("Jälkö, Konečný & Ünal 1–2")
        == #"J{\"a}lk{\"o}, Kone{\v c}n{\'y} \& {\"U}nal 1--2"#)
  }
}
