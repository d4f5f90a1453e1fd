import Foundation
import SpecialMath

/// The Fourier transform of one step's discrete privacy loss on a grid.
struct LossSpectrum {
  /// Real and imaginary parts by frequency, interleaved, from 0 to count / 2.
  let values: [Double]
  /// How far any value may be from that of a true bound.
  let error: Double
  let logScale: Double
  let logOutside: Double
  /// Of the lattice.
  let offset: Double

  init(of loss: DiscreteLoss, grid: LossGrid) {
    let transform = RealFourierTransform(count: grid.count)
    values = transform.spectrum { sequence in
      for (index, mass) in zip(loss.knots.indices, loss.masses) {
        let place = index % grid.count
        sequence[place < 0 ? place + grid.count : place] += mass
      }
    }
    // What the transform says of the known sum is a check on the bound of its error.
    let seen = abs(values[0] - 1)
    error = loss.error + max(transform.relativeError, 8 * seen)
    logScale = loss.logScale
    logOutside = loss.logOutside
    offset = loss.knots.offset
  }

  var frequencyCount: Int { values.count / 2 }
}
