import Foundation
import SpecialMath

/// Noise with countably many outcomes: an atom for each loss, as many as matter.
struct AtomicLaw: NoiseLaw {
  /// In rising order of loss.
  private let atoms: [LossNode]
  private let surveyed: [LossNode]
  /// log of at least the probability of the outcomes without an atom, on either side.
  private let logTail: Double
  let latticeStep: Double?
  let isSymmetric: Bool

  /// `outcomes` by their losses and the logarithms of their probabilities without the shift, in
  /// rising order of loss.
  init(
    outcomes: [(loss: Double, logWeight: Double)], logTail: Double, latticeStep: Double?,
    isSymmetric: Bool = true
  ) {
    atoms = outcomes.map {
      LossNode(
        logWeight: $0.logWeight, loss: $0.loss, lossError: 4 * .unitRoundoff * abs($0.loss))
    }
    surveyed = Self.grouped(atoms)
    self.logTail = logTail
    self.latticeStep = latticeStep
    self.isSymmetric = isSymmetric
  }

  func lossRange(logTailBelow: Double, logTailAbove: Double) -> ClosedRange<Double> {
    (atoms.first?.loss ?? 0).nextDown...(atoms.last?.loss ?? 0)
  }

  func logMass(of tail: LossTail, beyond loss: Double, isShifted: Bool) -> Double { logTail }

  func appendNodes(between lower: Double, and upper: Double, to nodes: inout [LossNode]) {
    var index = firstIndex(above: lower)
    while index < atoms.count, atoms[index].loss <= upper {
      nodes.append(atoms[index])
      index += 1
    }
  }

  func survey(of range: ClosedRange<Double>) -> [LossNode] { surveyed }

  var atomLosses: [Double]? { atoms.map(\.loss) }

  var scale: Double { atoms.last?.loss ?? 0 }

  var nodeCount: Double { Double(atoms.count) }

  var largestLoss: Double { logTail > -.infinity ? .infinity : atoms.last?.loss ?? 0 }

  var smallestLoss: Double { logTail > -.infinity ? -.infinity : atoms.first?.loss ?? 0 }

  private func firstIndex(above loss: Double) -> Int {
    var (first, last) = (0, atoms.count)
    while first < last {
      let middle = first + (last - first) / 2
      if atoms[middle].loss > loss { last = middle } else { first = middle + 1 }
    }
    return first
  }

  private static func grouped(_ atoms: [LossNode]) -> [LossNode] {
    let size = atoms.count / 512 + 1
    guard size > 1 else { return atoms }
    return stride(from: 0, to: atoms.count, by: size).map { start in
      let group = atoms[start..<min(start + size, atoms.count)]
      var total = LogSum()
      for atom in group { total.add(atom.logWeight) }
      return LossNode(
        logWeight: total.logarithm, loss: group[start + group.count / 2].loss, lossError: 0)
    }
  }
}

extension AtomicLaw {
  /// More atoms than this are refused.
  static let largestAtomCount = 1 << 20

  /// One integer with discrete Gaussian noise, which neighbors move by `sensitivity`: at x the loss
  /// is sensitivity (2 x - sensitivity) / (2 variance). Nil if there are too many outcomes.
  static func discreteGaussian(standardDeviation: Double, sensitivity: Int) -> AtomicLaw? {
    let variance = standardDeviation * standardDeviation
    let reach = (Self.standardReach * standardDeviation).rounded(.up)
    guard 2 * reach + Double(sensitivity) < Double(largestAtomCount) else { return nil }
    var total = 0.0
    for x in stride(from: reach, through: 1, by: -1) { total += exp(-x * x / (2 * variance)) }
    let logNormalizer = log(1 + 2 * total)
    let step = Double(sensitivity) / (2 * variance)
    return AtomicLaw(
      outcomes: (-Int(reach)...Int(reach) + sensitivity).map {
        let x = Double($0)
        return (
          loss: step * (2 * x - Double(sensitivity)),
          logWeight: -x * x / (2 * variance) - logNormalizer
        )
      },
      // Beyond the reach each outcome is less likely than there, and their sum than 1 + deviation
      // times that.
      logTail: -Self.standardReach * Self.standardReach / 2 + log1p(2 * standardDeviation),
      latticeStep: step)
  }

  /// One integer with discrete Laplace noise, which neighbors move by `sensitivity`: at x the loss
  /// is (|x| - |x - sensitivity|) / scale. Nil if there are too many outcomes.
  static func discreteLaplace(scale: Double, sensitivity: Int) -> AtomicLaw? {
    guard sensitivity < largestAtomCount else { return nil }
    let logRatio = -1 / scale
    // log of 1 / (1 + ratio) and of (1 - ratio) / (1 + ratio).
    let logSide = -LogSpace.logOnePlusExp(logRatio)
    let logPeak = LogSpace.logOneMinusExp(logRatio) + logSide
    let distance = Double(sensitivity)
    let between = (1..<max(1, sensitivity)).map {
      (loss: (2 * Double($0) - distance) / scale, logWeight: logPeak + Double($0) * logRatio)
    }
    return AtomicLaw(
      outcomes: [(loss: -distance / scale, logWeight: logSide)] + between
        + [(loss: distance / scale, logWeight: logSide + distance * logRatio)],
      logTail: -.infinity, latticeStep: 1 / scale)
  }

  /// A report against that of the neighbor, by its likelihood ratios; other reports tell nothing.
  static func randomizedResponse(_ response: RandomizedResponse) -> AtomicLaw {
    let outcomes = response.renyiCurve.directions[0].map {
      (loss: $0.logRatio, logWeight: $0.logProbability)
    }
    let rest = 1 - outcomes.reduce(0) { $0 + exp($1.logWeight) }
    let silent = rest > 1e-15 ? [(loss: 0.0, logWeight: log(rest))] : []
    let sizes = outcomes.map { abs($0.loss) }
    return AtomicLaw(
      outcomes: (outcomes + silent).sorted { $0.loss < $1.loss }, logTail: -.infinity,
      latticeStep: Set(sizes).count == 1 && sizes[0] > 0 ? sizes[0] : nil,
      isSymmetric: response.renyiCurve.directions.count == 1)
  }

  /// In standard deviations: the probability beyond is e^-760.
  private static let standardReach = 39.0
}
