internal import Foundation

/// The wavelet scattering transform of images (Mallat 2012; Bruna & Mallat 2013), to the second order:
/// averages of the image, of the moduli of its wavelet coefficients, and of the moduli of theirs.
///
/// It is a fixed function of one image, so it has no privacy cost. Filters, borders, order and layout
/// are those of kymatio's `Scattering2D` (Andreux et al. 2020): Morlet wavelets at `scale` octaves and
/// `orientations` angles, images that are reflected at their borders, and averages over 2^scale pixels.
public struct Scattering: Hashable, Sendable {
  /// J, the number of octaves.
  public let scale: Int
  /// L, the number of angles in half a turn.
  public let orientations: Int

  public static let scales = 1...8
  public static let orientationCounts = 1...64

  /// Both lie in ``scales`` and ``orientationCounts``.
  public init(scale: Int, orientations: Int) {
    precondition(Self.scales.contains(scale), "1 to 8 octaves")
    precondition(Self.orientationCounts.contains(orientations), "1 to 64 orientations")
    self.scale = scale
    self.orientations = orientations
  }

  /// Features that an image has at each place, for each of its channels: one average, `J L` of the
  /// first order, and `J (J - 1) / 2 L^2` of the second.
  public var pathCount: Int {
    1 + scale * orientations + scale * (scale - 1) / 2 * orientations * orientations
  }

  /// Pixels of a side with its reflected border.
  func paddedSide(_ side: Int) -> Int { ((side + 1 << scale) >> scale + 1) << scale }

  /// Places along a side.
  public func outputSide(_ side: Int) -> Int { paddedSide(side) >> scale - 2 }

  /// Whether a side is long enough to be reflected, and to have places.
  public func fits(side: Int) -> Bool {
    side >= 1 << scale && paddedSide(side) - side < 2 * side - 1
  }
}
