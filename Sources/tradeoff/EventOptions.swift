import Accounting
import ArgumentParser

/// What is released: equal releases from flags, phases of them, and what a file has recorded, all
/// composed.
struct EventOptions: ParsableArguments {
  @Option(help: "What noise a release has. (default: gaussian)")
  var mechanism: MechanismName?

  @Option(
    parsing: .unconditional,
    help: """
      gaussian: standard deviation of the noise on the sum, over the clipping norm. laplace: its \
      scale, over the L1 bound.
      """,
    transform: ReleaseParameter.noiseMultiplier.number)
  var noiseMultiplier: Double?

  @Option(
    parsing: .unconditional, help: "discrete-gaussian: sigma, in units of the grid.",
    transform: ReleaseParameter.standardDeviation.number)
  var standardDeviation: Double?

  @Option(
    parsing: .unconditional, help: "discrete-laplace: in units of the grid.",
    transform: ReleaseParameter.scale.number)
  var scale: Double?

  @Option(
    parsing: .unconditional,
    help: "discrete-gaussian, discrete-laplace: the most that one unit adds to the integer sum.",
    transform: ReleaseParameter.sensitivity.number)
  var sensitivity: Double?

  @Option(
    parsing: .unconditional,
    help: "randomized-response: the probability of a random answer, in (0, 1].",
    transform: ReleaseParameter.noiseParameter.number)
  var noiseParameter: Double?

  @Option(
    parsing: .unconditional, help: "randomized-response: how many answers there are.",
    transform: ReleaseParameter.bucketCount.number)
  var bucketCount: Double?

  @Option(
    parsing: .unconditional,
    help: "Poisson sampling: the probability that a unit takes part in a round, in (0, 1].",
    transform: ReleaseParameter.samplingRate.number)
  var samplingRate: Double?

  @Option(
    parsing: .unconditional,
    help: "Sampling without replacement: units a round; needs --population-size.",
    transform: ReleaseParameter.cohortSize.number)
  var cohortSize: Double?

  @Option(
    parsing: .unconditional, help: "Sampling without replacement: all units; needs --cohort-size.",
    transform: ReleaseParameter.populationSize.number)
  var populationSize: Double?

  @Option(
    parsing: .unconditional, help: "How many releases there are.",
    transform: ReleaseParameter.rounds.number)
  var rounds: Double?

  @Option(
    help: ArgumentHelp(
      """
      Further releases, once for each phase, by these flags without their dashes: \
      "noise-multiplier=1,sampling-rate=0.01,rounds=100".
      """,
      valueName: "phase"),
    transform: ReleaseSettings.init(phase:))
  var phase: [ReleaseSettings] = []

  @Option(
    help: ArgumentHelp(
      """
      A JSON file of what else was released: an event or a ledger of this program, or an event of \
      dp-accounting; - is standard input.
      """,
      valueName: "file"), completion: .file())
  var eventFile: String?

  @Option(
    parsing: .unconditional,
    help: """
      All of that is one run of a random number, this many on average, of which only the best is \
      published: private selection.
      """)
  var selectedFromMean: Double?

  @Option(
    parsing: .unconditional,
    help: """
      The law of that number: the shape of a truncated negative binomial, above -1 (0 is the \
      logarithmic law, 1 the geometric one), or inf for the Poisson law. (default: 0)
      """)
  var selectionShape: Double?

  private func repetitions() throws -> RepetitionLaw? {
    guard let mean = selectedFromMean else {
      guard selectionShape == nil else {
        throw ValidationError("--selection-shape needs --selected-from-mean.")
      }
      return nil
    }
    let shape = selectionShape ?? 0
    return shape == .infinity
      ? .poisson(mean: mean) : .truncatedNegativeBinomial(shape: shape, mean: mean)
  }

  /// The settings of the flags, if there is one.
  private var flagged: ReleaseSettings? {
    let numbers: [ReleaseParameter: Double?] = [
      .noiseMultiplier: noiseMultiplier, .standardDeviation: standardDeviation, .scale: scale,
      .sensitivity: sensitivity, .noiseParameter: noiseParameter, .bucketCount: bucketCount,
      .samplingRate: samplingRate, .cohortSize: cohortSize, .populationSize: populationSize,
      .rounds: rounds,
    ]
    let given = numbers.compactMapValues(\.self)
    guard mechanism != nil || !given.isEmpty else { return nil }
    return ReleaseSettings(mechanism: mechanism ?? .gaussian, numbers: given)
  }

  /// Whether nothing is described.
  var isEmpty: Bool {
    flagged == nil && phase.isEmpty && eventFile == nil && selectedFromMean == nil
      && selectionShape == nil
  }

  func releases() throws -> Releases {
    Releases(
      settings: (flagged.map { [$0] } ?? []) + phase,
      recorded: try eventFile.map { try RecordedEvent(file: $0) }, repetitions: try repetitions())
  }
}
