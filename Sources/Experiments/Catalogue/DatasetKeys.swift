internal import Datasets
internal import LinearAlgebra

extension ValueForm {
  static func dataset(_ layout: ExperimentLayout) -> ValueForm {
    let areHeld = layout != .examples
    let holder = layout == .silos ? "silos" : "clients"
    func held(_ name: String, _ form: ValueForm, _ summary: String) -> FileKey {
      areHeld ? .required(name, form, summary) : .optional(name, form, summary)
    }
    return .mapping(
      [
        .required(
          "name", .choice(KnownDataset.allCases.map { Choice($0.rawValue, nil, $0.title) }),
          "a known data set; `tradeoff datasets` lists them"),
        .required("csv", .table, "a table of your own, with a line an example"),
        .required("npz", .arrays, "NumPy arrays of your own"),
        .required("leaf", .leaf, "files of your own in the JSON of LEAF"),
        .optional(
          "features", .list(of: .choice(featureSteps)),
          "fixed steps from an example to what the model sees, which cost no privacy"),
        .required(
          "validation_examples", .wholeNumber(0...Int.max),
          "training examples that are kept apart, to tune on"),
        .optional(
          "sites", .list(of: .text), default: "all", "the sites of the data set that train"),
        held(
          "clients", .wholeNumber(1...1_000_000_000),
          "how many \(holder) there are: declared, and public"),
        held("partition", .choice(partitions), "which examples each of the \(holder) holds"),
      ], [.exactlyOne(["name", "csv", "npz", "leaf"]), .together(["clients", "partition"])])
  }

  private static let partitions = [
    Choice("iid", nil, "equal shares, at random"),
    Choice(
      "label_shards", .wholeNumber(1...Int.max),
      "so many runs of examples sorted by label (McMahan et al. 2017)"),
    Choice(
      "dirichlet", .number(.positive),
      "labels in proportions from a Dirichlet law of this concentration (Hsu et al. 2019)"),
    Choice("power_law", .number(.positive), "shares that fall by a power law of this exponent"),
    Choice("natural", nil, "whose they are by the data set"),
    Choice(
      "drawn", .wholeNumber(1...65536),
      "a sample of so many examples each, with replacement: any number of clients"),
  ]

  private static let featureSteps = [
    Choice(
      "scattering",
      .mapping([
        .required("scale", .wholeNumber(1...8), "octaves"),
        .required("orientations", .wholeNumber(1...64), "directions of the wavelets"),
      ]), "wavelet scattering (Bruna & Mallat 2013), as kymatio computes it"),
    Choice("log", .number(.floatFactor), "log(1 + x / offset), for this offset"),
    Choice(
      "group_norm", .mapping([groups(upTo: GroupNormalization.mostGroups)]),
      "group normalization (Wu & He 2018)"),
    Choice(
      "synthetic_whitening",
      .mapping([
        .required("images", .wholeNumber(2...1_000_000), "how many are drawn"),
        .required("dimensions", .wholeNumber(1...65536), "principal axes that are kept"),
        .required(
          "exponent", .number(.fraction), "0 leaves variances as they are, 1 evens them out"),
      ]), "projection on the principal axes of drawn images, which are nobody's data"),
    Choice("norm", .number(.floatFactor), "every example brought to this length"),
  ]

  static func groups(upTo most: Int) -> FileKey {
    .required("groups", .wholeNumber(1...most), "groups of channels")
  }
}
