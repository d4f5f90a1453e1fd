internal import Datasets
internal import LinearAlgebra

/// What becomes of an example before a model sees it: a fixed function of that example alone, which
/// therefore costs no privacy, for whatever unit and relation.
public enum FeatureStep: Hashable, Sendable {
  /// See ``Scattering``. Each channel becomes ``Scattering/pathCount`` of them.
  case scattering(Scattering)
  /// Every feature `x`, which is at least 0, becomes `log(1 + x / offset)`. The offset is positive.
  case log(offset: Double)
  /// Each group of neighboring channels is brought to mean 0 and variance 1 over all places (Wu & He
  /// 2018), with 1e-5 added to the variance.
  case groupNorm(groups: Int)
  /// See ``SyntheticWhitening``.
  case syntheticWhitening(SyntheticWhitening)
  /// Every example is brought to this Euclidean norm, which is positive; one of zeros stays.
  case norm(Double)

  /// The shape of an example after this step, which follows others.
  func outputShape(
    of shape: ExampleShape, image: ExampleShape
  ) throws(FeatureError) -> ExampleShape {
    switch self {
    case .scattering(let scattering):
      guard scattering.fits(side: shape.height), scattering.fits(side: shape.width) else {
        throw .imageTooSmall(shape: shape, scale: scattering.scale)
      }
      return ExampleShape(
        height: scattering.outputSide(shape.height), width: scattering.outputSide(shape.width),
        channels: shape.channels * scattering.pathCount)
    case .groupNorm(let groups):
      guard groups <= GroupNormalization.mostGroups, shape.channels.isMultiple(of: groups) else {
        throw .unequalGroups(channels: shape.channels, groups: groups)
      }
      return shape
    case .syntheticWhitening(let whitening):
      guard image.channels == 1, image.height > 1, image.width > 1 else {
        throw .notGray(shape: image)
      }
      guard whitening.dimensions <= min(shape.featureCount, whitening.images - 1) else {
        throw .tooManyDimensions(
          whitening.dimensions, features: shape.featureCount, images: whitening.images)
      }
      return .features(whitening.dimensions)
    case .log, .norm:
      return shape
    }
  }

  /// Whether it takes longer than to read its outcome from a file.
  var isCostly: Bool {
    switch self {
    case .scattering, .syntheticWhitening: true
    case .log, .groupNorm, .norm: false
    }
  }

  /// What computes it.
  ///
  /// - Parameter preceding: the steps before.
  func map(
    of shape: ExampleShape, image: ExampleShape, preceding: [any FeatureMap], workers: Workers
  ) -> any FeatureMap {
    switch self {
    case .scattering(let scattering): ScatteringMap(scattering, shape: shape, workers: workers)
    case .log(let offset): LogMap(offset: Float(offset), width: shape.featureCount)
    case .groupNorm(let groups):
      GroupNormMap(
        normalization: GroupNormalization(
          positions: shape.height * shape.width, channels: shape.channels, groups: groups))
    case .syntheticWhitening(let whitening):
      WhiteningMap(
        whitening, image: image, featureCount: shape.featureCount, preceding: preceding,
        workers: workers)
    case .norm(let norm): NormMap(norm: norm, width: shape.featureCount)
    }
  }
}
