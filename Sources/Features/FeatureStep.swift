public import Datasets
internal import LinearAlgebra

/// What becomes of an example before a model sees it: a fixed function of that example alone, which
/// therefore costs no privacy, for whatever unit and relation.
public enum FeatureStep: Hashable, Sendable {
  /// See ``Scattering``. Each channel becomes ``Scattering/pathCount`` of them.
  case scattering(Scattering)
  /// Each group of neighboring channels is brought to mean 0 and variance 1 over all places (Wu & He
  /// 2018), with 1e-5 added to the variance.
  case groupNorm(groups: Int)

  /// The shape of an example after this step.
  func outputShape(of shape: ExampleShape) throws(FeatureError) -> ExampleShape {
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
    }
  }
}
