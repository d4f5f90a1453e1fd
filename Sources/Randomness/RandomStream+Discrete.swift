/// Samples whose probabilities are exact, given uniform bits: every decision compares whole numbers
/// (Canonne, Kamath & Steinke, The discrete Gaussian for differential privacy, NeurIPS 2020, algorithms
/// 1 and 2). How long a draw takes depends on its value.
extension RandomStream {
  /// True with probability e^(-numerator / denominator).
  /// - Parameter denominator: In 1 ... 2¹¹⁰.
  public mutating func bernoulli(
    expMinus numerator: UInt128, over denominator: UInt128
  ) -> Bool {
    precondition(
      denominator >= 1 && denominator <= 1 << 110, "a denominator must lie in 1 ... 2^110")
    guard numerator > denominator else {
      return fractionalBernoulli(expMinus: numerator, over: denominator)
    }
    let (whole, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
    for _ in 0..<whole where !fractionalBernoulli(expMinus: 1, over: 1) { return false }
    return fractionalBernoulli(expMinus: rest, over: denominator)
  }

  /// A whole number x with probability proportional to e^(-|x| / scale).
  /// - Parameter scale: In 1 ... 2³⁶.
  public mutating func discreteLaplace(scale: Int) -> Int {
    precondition((1...1 << 36).contains(scale), "a scale must lie in 1 ... 2^36, not be \(scale)")
    while true {
      let remainder = uniformInteger(below: scale)
      guard fractionalBernoulli(expMinus: UInt128(remainder), over: UInt128(scale)) else {
        continue
      }
      var multiple = 0
      while fractionalBernoulli(expMinus: 1, over: 1) { multiple += 1 }
      let magnitude = remainder + scale * multiple
      // Zero has one sign.
      let isNegative = uniformInteger(below: 2) == 1
      if isNegative && magnitude == 0 { continue }
      return isNegative ? -magnitude : magnitude
    }
  }

  /// The exponent is in 0 ... 1: of trials with probabilities exponent / k for k = 1, 2, ..., the first
  /// to fail has an odd number with probability e^-exponent.
  private mutating func fractionalBernoulli(
    expMinus numerator: UInt128, over denominator: UInt128
  ) -> Bool {
    var isOdd = true
    var bound = denominator
    while uniformInteger(below: bound) < numerator {
      isOdd.toggle()
      bound += denominator
    }
    return isOdd
  }

  /// Uniform on 0 ..< `bound`, exactly, by rejection of what random bits exceed it.
  private mutating func uniformInteger(below bound: UInt128) -> UInt128 {
    if bound <= Int.max { return UInt128(uniformInteger(below: Int(bound))) }
    let mask = UInt128.max >> UInt128(bound.leadingZeroBitCount)
    while true {
      let candidate = (UInt128(uniformWord()) << 64 | UInt128(uniformWord())) & mask
      if candidate < bound { return candidate }
    }
  }
}
