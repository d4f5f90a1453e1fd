public import Accounting
internal import Foundation
internal import Randomness

/// How clipped updates become vectors of whole numbers modulo a power of two, which secure aggregation
/// can add, and how their sum becomes an update again (Kairouz, Liu & Steinke 2021, algorithms 1 and 2).
/// All fields are public constants of the plan.
///
/// An update is scaled by 1 / `granularity`, rotated, and rounded in every coordinate to one of the two
/// whole numbers around it, at random so that it is right in expectation. Rounding can lengthen a
/// vector: it is drawn again until the square of its length is at most ``largestSquaredNorm``. That check
/// is of whole numbers, so no rounding in the steps before can break the bound. How often a vector is
/// drawn depends on it, which an adversary with a clock may use.
public struct GridEncoding: Hashable, Sendable {
  /// Elements of an update; in 1 ... 2^22.
  public let dimension: Int
  /// Of updates that are encoded.
  public let clippingNorm: Double
  /// One step of the grid; `clippingNorm / granularity` is in (0, 2^29].
  public let granularity: Double
  /// Whether a public random rotation makes all coordinates about equally large.
  public let isRotated: Bool
  /// At most this often is a rounded vector drawn again, beta in the paper; in [0, 1). With 0 the bound
  /// is so wide that none has to be.
  public let redrawProbability: Double
  /// Of the modulus 2^bits; in 2 ... 62.
  public let bits: Int
  /// What one update can be on the grid.
  public let largestSquaredNorm: Int

  public static let finestNorm = 0x1p29

  public init(
    dimension: Int, clippingNorm: Double, granularity: Double, bits: Int, isRotated: Bool = true,
    redrawProbability: Double = Self.recommendedRedrawProbability
  ) {
    precondition(
      (1...ClippedSum.largestDimension).contains(dimension), "1 to 2^22 elements, not \(dimension)")
    let norm = clippingNorm / granularity
    precondition(
      norm > 0 && norm <= Self.finestNorm, "a clipping norm has up to 2^29 steps, not \(norm)")
    precondition((0..<1).contains(redrawProbability), "a redraw probability is in [0, 1)")
    precondition((2...62).contains(bits), "a modulus has 2 to 62 bits, not \(bits)")
    self.dimension = dimension
    self.clippingNorm = clippingNorm
    self.granularity = granularity
    self.bits = bits
    self.isRotated = isRotated
    self.redrawProbability = redrawProbability
    largestSquaredNorm = Self.largestSquaredNorm(
      norm, dimension: Self.gridDimension(of: dimension, isRotated: isRotated),
      redrawProbability: redrawProbability)
  }

  /// e^(-1/2), as in the paper.
  public static let recommendedRedrawProbability = 0.6065306597126334

  /// Coordinates on the grid: a power of two where it is rotated.
  public var gridDimension: Int { Self.gridDimension(of: dimension, isRotated: isRotated) }

  public static func gridDimension(of dimension: Int, isRotated: Bool) -> Int {
    isRotated ? 1 << (Int.bitWidth - (dimension - 1).leadingZeroBitCount) : dimension
  }

  /// What one update adds to the sum.
  public var sensitivity: GridSensitivity {
    GridSensitivity(squaredL2: max(1, largestSquaredNorm), dimension: gridDimension)
  }

  /// The least of (c + sqrt(d))^2 and c^2 + d / 4 + sqrt(2 log(1 / beta)) (c + sqrt(d) / 2) for a
  /// clipping norm of c steps and d coordinates (Kairouz, Liu & Steinke 2021, Proposition 22 and
  /// Theorem 1).
  private static func largestSquaredNorm(
    _ norm: Double, dimension: Int, redrawProbability: Double
  ) -> Int {
    let root = Double(dimension).squareRoot()
    let always = (norm + root) * (norm + root)
    guard redrawProbability > 0 else { return Int(always) }
    let mostly =
      norm * norm + Double(dimension) / 4
      + (-2 * log(redrawProbability)).squareRoot() * (norm + root / 2)
    return Int(min(always, mostly))
  }
}

extension GridEncoding {
  /// The finest grid on which a sum seldom wraps: its coordinates are within the modulus up to `headroom`
  /// standard deviations of noise, of rounding and of the updates themselves, of which as many as are
  /// expected point the same way.
  ///
  /// With m updates of norm C in d coordinates, which the rotation makes equally large, and noise of
  /// standard deviation z C, it is the granularity g that satisfies
  ///
  ///     (2^bits g / (2 headroom))^2 = (m C)^2 / d + (z C)^2 + m g^2 / 4.
  ///
  /// Nil where the modulus is too small for the rounding errors of so many updates.
  public static func granularity(
    dimension: Int, clippingNorm: Double, bits: Int, isRotated: Bool, headroom: Double,
    expectedCohortSize: Double, noiseMultiplier: Double
  ) -> Double? {
    let modulus = Double(sign: .plus, exponent: bits, significand: 1)
    let room = modulus * modulus - headroom * headroom * expectedCohortSize
    guard room > 0 else { return nil }
    let coordinates = isRotated ? Double(gridDimension(of: dimension, isRotated: true)) : 1
    let spread =
      expectedCohortSize * expectedCohortSize / coordinates + noiseMultiplier * noiseMultiplier
    let steps = 2 * headroom * spread.squareRoot() / room.squareRoot()
    return clippingNorm * max(steps, 1 / finestNorm)
  }
}

extension GridEncoding {
  func rotation(_ key: StreamKey) -> RandomRotation? {
    isRotated ? RandomRotation(dimension: gridDimension, key: key) : nil
  }

  /// Whole numbers, of which the sum of squares is at most ``largestSquaredNorm``.
  ///
  /// Scaling and rotating in Float lengthens a vector by at most a relative 25 * 2^-24, for which
  /// `slack` leaves room: otherwise a long vector on a fine grid might never be short enough.
  func encoded(
    _ clipped: [Double], rotation: RandomRotation?, rounding stream: inout RandomStream
  ) -> [Int] {
    let scale = (1 - Self.slack) / granularity
    var values = [Float](repeating: 0, count: gridDimension)
    for (index, value) in clipped.enumerated() { values[index] = Float(scale * value) }
    rotation?.apply(to: &values)
    var rounded = [Int](repeating: 0, count: gridDimension)
    while true {
      var squaredNorm = 0
      for (index, value) in values.enumerated() {
        let below = value.rounded(.down)
        let isRaised = stream.uniform() < Double(value - below)
        rounded[index] = Int(below) + (isRaised ? 1 : 0)
        squaredNorm += rounded[index] * rounded[index]
      }
      if squaredNorm <= largestSquaredNorm { return rounded }
    }
  }

  private static let slack = 0x1p-18

  /// The update that a sum on the grid stands for, over `divisor`.
  ///
  /// Sums are taken modulo 2^bits, so one that is too large wraps around.
  func decoded(_ total: [Int], rotation: RandomRotation?, divisor: Double) -> [Float] {
    let scale = granularity / (1 - Self.slack) / divisor
    var values = total.map { Float(Double(centered(residue($0))) * scale) }
    rotation?.undo(in: &values)
    return Array(values.prefix(dimension))
  }

  /// Modulo 2^bits.
  func residue(_ value: Int) -> UInt64 { UInt64(bitPattern: Int64(value)) & mask }

  /// The whole number of least magnitude with this residue, the negative one of two.
  func centered(_ residue: UInt64) -> Int {
    residue >> UInt64(bits - 1) == 0 ? Int(residue) : Int(residue) - Int(mask) - 1
  }

  private var mask: UInt64 { (1 << UInt64(bits)) - 1 }
}
