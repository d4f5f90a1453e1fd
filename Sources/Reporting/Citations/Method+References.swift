internal import Accounting
internal import Datasets
internal import Experiments

/// A method in a few words, and where it was published.
struct Attribution: Hashable, Sendable {
  let method: String
  let references: [Reference]
}

extension Method {
  var attribution: Attribution {
    switch self {
    case .federatedAveraging: Attribution("federated averaging", [.mcmahan2017])
    case .clientLevelPrivacy: Attribution("client-level privacy", [.mcmahan2018])
    case .dpSGD: Attribution("noised sums of clipped gradients of examples", [.abadi2016])
    case .gaussianMechanism: Attribution("the Gaussian mechanism", [.dwork2006])
    case .proximalTerm: Attribution("FedProx, a proximal term", [.li2020])
    case .controlVariates: Attribution("SCAFFOLD, control variates", [.karimireddy2020])
    case .serverMomentum: Attribution("server momentum", [.hsu2019])
    case .adaptiveServerOptimizer:
      Attribution("adaptive federated optimization", [.reddi2021])
    case .adam: Attribution("Adam", [.kingma2015])
    case .cosineSchedule: Attribution("a cosine learning-rate schedule", [.loshchilov2017])
    case .modelAveraging: Attribution("averages of models", [.polyak1992])
    case .warmedUpModelAveraging:
      Attribution("averages of models, warmed up", [.polyak1992, .de2022])
    case .takingTurns: Attribution("training client after client", [.sheller2019])
    case .quantileClipping: Attribution("clipping norms that follow a quantile", [.andrew2021])
    case .perLayerClipping: Attribution("clipping layer by layer", [.mcmahan2018])
    case .automaticClipping: Attribution("automatic clipping", [.bu2023])
    case .localPrivacy: Attribution("local differential privacy", [.kasiviswanathan2011])
    case .distributedDiscreteGaussian:
      Attribution(
        "distributed discrete Gaussian noise under secure aggregation",
        [.kairouz2021, .bonawitz2017])
    case .distributedSkellam:
      Attribution(
        "distributed Skellam noise under secure aggregation", [.agarwal2021, .bonawitz2017])
    case .dirichletPartition: Attribution("clients with Dirichlet class shares", [.hsu2019])
    case .labelShards: Attribution("clients with shards of few classes", [.mcmahan2017])
    case .stochasticRounding: Attribution("stochastic quantization", [.alistarh2017])
    case .sparsification: Attribution("sparse updates", [.stich2018])
    case .errorFeedback: Attribution("error feedback", [.karimireddy2019])
    case .deviceAvailability: Attribution("devices that come and go", [.bonawitz2019])
    case .scattering:
      Attribution("wavelet scattering", [.bruna2013, .andreux2020, .tramer2021])
    case .groupNormalization: Attribution("group normalization", [.wu2018])
    case .temperedSigmoid: Attribution("tempered sigmoids", [.papernot2021])
    case .temperedConvolution:
      Attribution("the convolutional network for bounded activations", [.papernot2021])
    case .thresholdedHistogram:
      Attribution("thresholded noisy counts", [.korolova2009, .wilson2020, .gopi2020])
    case .unitNormContributions:
      Attribution("contributions of one norm", [.gopi2020])
    case .privateSelection: Attribution("private selection", [.papernot2022, .mcsherry2009])
    case .oneRunAudit:
      Attribution("an audit in the runs themselves, by guesses about canaries", [.steinke2023])
    case .gradientCanaries:
      Attribution("canaries of one element", [.nasr2023])
    case .oneShotEstimate:
      Attribution("an estimate of epsilon by canaries' cosines", [.andrew2024])
    case .accountant(let kind):
      Attribution("the accountant \(kind.rawValue)", kind.references)
    case .fixedSizeCohorts: Attribution("cohorts of fixed size", [.wang2019])
    case .dataset(let dataset):
      Attribution("the data set \(dataset.rawValue)", dataset.references)
    case .speakers: Attribution("Shakespeare's speakers as clients", [.caldas2018])
    }
  }
}

extension Attribution {
  fileprivate init(_ method: String, _ references: [Reference]) {
    self.init(method: method, references: references)
  }
}

extension AccountantKind {
  var references: [Reference] {
    switch self {
    case .pld: [.koskela2020, .gopi2021, .zhu2022, .doroshenko2022]
    case .rdp: [.mironov2017, .mironov2019, .canonne2020]
    case .gaussianDP: [.dong2022]
    case .zcdp: [.bun2016, .canonne2020]
    case .pureDP: [.dwork2014]
    case .optimalComposition: [.kairouz2015]
    case .moments: [.abadi2016]
    case .rdpClassic: [.mironov2017, .mironov2019]
    case .advancedComposition: [.dwork2010, .dwork2014]
    }
  }
}

extension KnownDataset {
  fileprivate var references: [Reference] {
    switch self {
    case .fashionMNIST: [.xiao2017]
    case .mnist: [.lecun1998]
    case .adult: [.becker1996]
    case .breastCancer: [.street1993]
    case .digits: [.alpaydin1998]
    case .heartDisease: [.janosi1989]
    case .shakespeareCharacters: [.caldas2018]
    }
  }
}
