/// The area under a Gaussian curve f(y), y = 0, 1, 2, ..., cut into cells of one size, so that a whole
/// number with probability in proportion to f is found by choosing a cell.
///
/// Cells stand on top of each other in bins of 2^binBits whole numbers; each is 2^-levelBits high. Those
/// of a bin that lie below the curve are closed: every number of the bin may be taken. On them stand the
/// open ones, up to the curve: there a number y of the bin is taken if the curve at y exceeds a height
/// chosen uniformly in the cell. So each y of the bins is taken with probability in proportion to f(y),
/// whichever cells are counted as closed, as long as they lie below the curve.
///
/// One more cell is for the tail, all y from `tailStart` on: ``tail(nextWord:)``.
struct GaussianCells: Sendable {
  let curve: GaussianCurve
  /// The number of each cell's bin, with 2¹⁵ added to open cells. Cells of a bin stand in a row, from
  /// below. The last is the tail's.
  let cells: [UInt16]
  /// The first cell of every bin.
  let firstOfBin: [Int]
  let binBits: Int
  let levelBits: Int
  /// The first whole number behind the bins.
  let tailStart: UInt64
  let tailBlockBits: Int
  /// The curve at the tail's start is below 2^-tailBits.
  private let tailBits: Int
  /// Products modulo 2³² that would favor some cells.
  let rejectedBelow: UInt32

  /// - Parameter curve: Decides in open cells. Which ones are open does not depend on its slack.
  init(_ variance: RationalVariance, deciding curve: GaussianCurve) {
    self.curve = curve
    let curve = GaussianCurve(variance)
    let (p, q) = (variance.numerator, variance.denominator)
    let whole = p / q
    // floor(log2(max(1, σ))).
    let magnitude = whole == 0 ? 0 : (UInt128.bitWidth - 1 - whole.leadingZeroBitCount) / 2
    binBits = max(0, magnitude - 5)
    levelBits = 12 - (magnitude - binBits)
    tailBlockBits = max(0, magnitude - 1)

    tailBits = 1 + tailBlockBits - binBits + levelBits
    let block = UInt128(1) << UInt128(tailBlockBits)
    var (cells, firstOfBin): ([UInt16], [Int]) = ([], [])
    while true {
      let bin = firstOfBin.count
      let first = UInt64(bin) << UInt64(binBits)
      let upper = curve.bounds(at: first).upper
      // From there on, f falls by e^(-fall / 2p) and more from block to block; 7/10 > ln 2.
      let fall = (2 * UInt128(first) + block) * block * q
      if let upper, upper >> UInt64(64 - tailBits) == 0, 5 * fall >= 7 * p {
        tailStart = first
        break
      }
      let closed = Int(
        curve.bounds(at: first + (1 << UInt64(binBits)) - 1).lower >> UInt64(64 - levelBits))
      let all = if let upper { Int(upper >> UInt64(64 - levelBits)) + 1 } else { 1 << levelBits }
      firstOfBin.append(cells.count)
      cells.append(contentsOf: repeatElement(UInt16(bin), count: closed))
      cells.append(contentsOf: repeatElement(UInt16(bin) | Self.open, count: all - closed))
    }
    cells.append(Self.open)
    self.cells = cells
    self.firstOfBin = firstOfBin
    // 2³² modulo the number of cells.
    rejectedBelow = (0 &- UInt32(cells.count)) % UInt32(cells.count)
  }

  static let open: UInt16 = 1 << 15

  /// A whole number x of either sign with probability in proportion to f(|x|), or nothing, in which case
  /// another pair of words decides.
  ///
  /// The first word chooses among all cells, each with the same probability (Lemire, Fast random integer
  /// generation in an interval, ACM TOMACS 2019); of the second, the lowest bits choose in the bin
  /// and the highest one chooses the sign. Zero has one sign.
  func sample(_ first: UInt32, _ second: UInt32, more stream: inout RandomStream) -> Int? {
    let product = UInt64(first) * UInt64(cells.count)
    if UInt32(truncatingIfNeeded: product) < rejectedBelow { return nil }
    let cell = Int(product >> 32)
    let magnitude: UInt64
    if cell == cells.count - 1 {
      guard let far = tail(nextWord: { stream.uniformWord() }) else { return nil }
      magnitude = far
    } else {
      let bin = cells[cell] & ~Self.open
      magnitude = UInt64(bin) << UInt64(binBits) | UInt64(second & (1 << UInt32(binBits) - 1))
      if cells[cell] != bin {
        let level = UInt64(cell - firstOfBin[Int(bin)])
        guard curve.exceeds(level, over: levelBits, at: magnitude, more: &stream) else {
          return nil
        }
      }
    }
    let isNegative = second >> 31 == 1
    if isNegative && magnitude == 0 { return nil }
    return isNegative ? -Int(magnitude) : Int(magnitude)
  }

  /// A whole number from `tailStart` on, or nothing.
  ///
  /// Blocks of 2^tailBlockBits numbers are chosen with probabilities 1/2, 1/4, ... and their numbers
  /// uniformly: y of block m with probability 2^-(m + 1 + tailBlockBits). To have it in proportion to
  /// f(y), as the numbers of the bins are, it is taken with probability 2^(m + tailBits) f(y). That is
  /// a probability, because it is one at the start of the tail and f falls by half from block to block:
  /// both were seen to when the tail's start was chosen.
  func tail(nextWord: () -> UInt64) -> UInt64? {
    var block = 0
    while true {
      let zeros = nextWord().leadingZeroBitCount
      block += zeros
      if zeros < 64 { break }
    }
    let offset = nextWord() & (1 << UInt64(tailBlockBits) - 1)
    let magnitude = tailStart + UInt64(block) << UInt64(tailBlockBits) + offset
    let exponent = tailBits + block
    var height = [UInt64](repeating: 0, count: exponent / 64)
    height.append(nextWord() >> UInt64(exponent % 64))
    return curve.exceeds(height, at: magnitude, nextWord: nextWord) ? magnitude : nil
  }
}
