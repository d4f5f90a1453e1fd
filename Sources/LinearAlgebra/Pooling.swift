internal import CKernels

/// Square windows, without padding, over an image of shape `[height, width, channel]`.
public struct PoolGeometry: Hashable, Sendable {
  public let height: Int
  public let width: Int
  public let channels: Int
  public let size: Int
  public let stride: Int

  /// Sizes and stride are at least 1; the window is no larger than the image, and at most 16.
  public init(height: Int, width: Int, channels: Int, size: Int, stride: Int) {
    precondition(channels >= 1 && stride >= 1, "channels and stride are at least 1")
    precondition((1...16).contains(size), "a window is 1 to 16 elements wide")
    precondition(size <= height && size <= width, "the window exceeds the image")
    self.height = height
    self.width = width
    self.channels = channels
    self.size = size
    self.stride = stride
  }

  public var outputHeight: Int { (height - size) / stride + 1 }
  public var outputWidth: Int { (width - size) / stride + 1 }
  /// Elements of an image.
  public var inputLength: Int { height * width * channels }
  /// Elements of what the windows of an image give.
  public var outputLength: Int { outputHeight * outputWidth * channels }

  fileprivate var kernel: tradeoff_pool_geometry {
    tradeoff_pool_geometry(
      height: height, width: width, channels: channels, size: size, stride: stride,
      output_height: outputHeight, output_width: outputWidth)
  }

  fileprivate func requireSizes(input: Int, output: Int, examples: Int) {
    precondition(
      examples >= 0 && examples * inputLength <= input, "the images exceed their buffer")
    precondition(examples * outputLength <= output, "the windows' results exceed their buffer")
  }
}

/// The largest element of each window and channel, and its place in the window, counted by rows.
///
/// The first of equals wins, and not-a-number over every number: a model that has diverged must show
/// it.
/// - Parameters:
///   - input: `[example, height, width, channel]`.
///   - output: `[example, output row, output column, channel]`.
///   - places: The same shape.
public func maxPool(
  _ input: [Float], examples: Int, _ geometry: PoolGeometry, into output: inout [Float],
  places: inout [UInt8]
) {
  geometry.requireSizes(
    input: input.count, output: min(output.count, places.count), examples: examples)
  output.withUnsafeMutableBufferPointer { output in
    places.withUnsafeMutableBufferPointer { places in
      input.withUnsafeBufferPointer { input in
        withUnsafePointer(to: geometry.kernel) {
          tradeoff_max_pool(
            output.baseAddress, places.baseAddress, input.baseAddress, examples, $0)
        }
      }
    }
  }
}

/// The gradient with respect to the input: that of each output goes to the place it came from.
/// Shapes as in ``maxPool(_:examples:_:into:places:)``.
public func maxPoolGradient(
  _ outputGradient: [Float], places: [UInt8], examples: Int, _ geometry: PoolGeometry,
  into inputGradient: inout [Float]
) {
  geometry.requireSizes(
    input: inputGradient.count, output: min(outputGradient.count, places.count),
    examples: examples)
  inputGradient.withUnsafeMutableBufferPointer { inputGradient in
    outputGradient.withUnsafeBufferPointer { outputGradient in
      places.withUnsafeBufferPointer { places in
        withUnsafePointer(to: geometry.kernel) {
          tradeoff_max_pool_gradient(
            inputGradient.baseAddress, outputGradient.baseAddress, places.baseAddress, examples, $0)
        }
      }
    }
  }
}

/// The mean of each window and channel. Shapes as in ``maxPool(_:examples:_:into:places:)``.
public func averagePool(
  _ input: [Float], examples: Int, _ geometry: PoolGeometry, into output: inout [Float]
) {
  geometry.requireSizes(input: input.count, output: output.count, examples: examples)
  output.withUnsafeMutableBufferPointer { output in
    input.withUnsafeBufferPointer { input in
      withUnsafePointer(to: geometry.kernel) {
        tradeoff_average_pool(output.baseAddress, input.baseAddress, examples, $0)
      }
    }
  }
}

/// The gradient with respect to the input: that of each output is shared by its window.
public func averagePoolGradient(
  _ outputGradient: [Float], examples: Int, _ geometry: PoolGeometry,
  into inputGradient: inout [Float]
) {
  geometry.requireSizes(
    input: inputGradient.count, output: outputGradient.count, examples: examples)
  inputGradient.withUnsafeMutableBufferPointer { inputGradient in
    outputGradient.withUnsafeBufferPointer { outputGradient in
      withUnsafePointer(to: geometry.kernel) {
        tradeoff_average_pool_gradient(
          inputGradient.baseAddress, outputGradient.baseAddress, examples, $0)
      }
    }
  }
}
