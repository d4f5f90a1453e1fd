internal import CKernels

/// Group normalization (Wu and He, Group normalization, ECCV 2018) of a batch of shape
/// `[example, position, channel]`: each example's groups of neighboring channels are brought to mean
/// 0 and variance 1, so no example depends on another.
public struct GroupNormalization: Hashable, Sendable {
  public let positions: Int
  public let channels: Int
  public let groups: Int
  /// Added to the variance.
  public let epsilon: Double

  public static let mostGroups = Int(tradeoff_most_groups)

  /// Sizes are at least 1, epsilon is positive; the groups divide the channels and are at most 256.
  public init(positions: Int, channels: Int, groups: Int, epsilon: Double = 1e-5) {
    precondition(positions >= 1 && channels >= 1, "sizes are at least 1")
    precondition(
      (1...Self.mostGroups).contains(groups) && channels.isMultiple(of: groups),
      "1 to 256 groups, which divide the channels")
    precondition(epsilon > 0 && epsilon.isFinite, "epsilon must be positive and finite")
    self.positions = positions
    self.channels = channels
    self.groups = groups
    self.epsilon = epsilon
  }

  /// What normalizing a batch leaves for its gradient, both `[example, group]`.
  public struct Statistics: Sendable {
    public var means: [Float]
    /// `1 / sqrt(variance + epsilon)`
    public var inverseDeviations: [Float]

    public init(examples: Int, groups: Int) {
      means = [Float](repeating: 0, count: examples * groups)
      inverseDeviations = means
    }
  }

  /// `output = scale * (input - mean) / sqrt(variance + epsilon) + shift`; scale and shift have one
  /// element a channel. The statistics are computed in Double.
  public func normalize(
    _ input: [Float], examples: Int, scale: [Float], shift: [Float], into output: inout [Float],
    statistics: inout Statistics
  ) {
    requireSizes(examples: examples, input, output, scale: scale, statistics)
    precondition(shift.count == channels, "one shift a channel")
    let shape = shape(examples: examples)
    output.withUnsafeMutableBufferPointer { output in
      statistics.means.withUnsafeMutableBufferPointer { means in
        statistics.inverseDeviations.withUnsafeMutableBufferPointer { inverseDeviations in
          input.withUnsafeBufferPointer { input in
            withUnsafePointer(to: shape) {
              tradeoff_group_norm(
                output.baseAddress, means.baseAddress, inverseDeviations.baseAddress,
                input.baseAddress, scale, shift, epsilon, $0)
            }
          }
        }
      }
    }
  }

  /// Turns the gradient with respect to the output into that with respect to the input.
  ///
  /// `scaleGradients` and `shiftGradients`, both `[example, channel]`, get each example's own.
  public func propagate(
    _ gradient: inout [Float], input: [Float], statistics: Statistics, examples: Int,
    scale: [Float], scaleGradients: inout [Float], shiftGradients: inout [Float]
  ) {
    requireSizes(examples: examples, input, gradient, scale: scale, statistics)
    precondition(
      examples * channels <= min(scaleGradients.count, shiftGradients.count),
      "one gradient an example and channel")
    let shape = shape(examples: examples)
    gradient.withUnsafeMutableBufferPointer { gradient in
      scaleGradients.withUnsafeMutableBufferPointer { scaleGradients in
        shiftGradients.withUnsafeMutableBufferPointer { shiftGradients in
          input.withUnsafeBufferPointer { input in
            withUnsafePointer(to: shape) {
              tradeoff_group_norm_gradient(
                gradient.baseAddress, scaleGradients.baseAddress, shiftGradients.baseAddress,
                input.baseAddress, statistics.means, statistics.inverseDeviations, scale, $0)
            }
          }
        }
      }
    }
  }

  private func shape(examples: Int) -> tradeoff_group_norm_shape {
    tradeoff_group_norm_shape(
      examples: examples, positions: positions, channels: channels, groups: groups)
  }

  private func requireSizes(
    examples: Int, _ input: [Float], _ output: [Float], scale: [Float], _ statistics: Statistics
  ) {
    precondition(
      examples >= 0 && examples * positions * channels <= min(input.count, output.count),
      "the batch exceeds a buffer")
    precondition(scale.count == channels, "one scale a channel")
    precondition(
      examples * groups <= min(statistics.means.count, statistics.inverseDeviations.count),
      "one statistic an example and group")
  }
}
