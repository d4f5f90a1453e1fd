internal import CKernels

/// How the kernel of a convolution meets an image of shape `[height, width, channel]`.
///
/// Zeros surround the image, `padding` of them on each side. The kernel has the same stride in both
/// directions.
public struct PatchGeometry: Hashable, Sendable {
  public let height: Int
  public let width: Int
  public let channels: Int
  public let kernelHeight: Int
  public let kernelWidth: Int
  public let stride: Int
  public let padding: Int

  /// Sizes and stride are at least 1, the padding is at least 0 and narrower than the kernel, and the
  /// kernel is no larger than the padded image.
  public init(
    height: Int, width: Int, channels: Int, kernelHeight: Int, kernelWidth: Int, stride: Int = 1,
    padding: Int = 0
  ) {
    precondition(height >= 1 && width >= 1 && channels >= 1, "an image has no empty side")
    precondition(kernelHeight >= 1 && kernelWidth >= 1 && stride >= 1, "a kernel covers and moves")
    precondition(
      padding >= 0 && padding < min(kernelHeight, kernelWidth),
      "the padding must be narrower than the kernel")
    precondition(
      kernelHeight <= height + 2 * padding && kernelWidth <= width + 2 * padding,
      "the kernel exceeds the padded image")
    self.height = height
    self.width = width
    self.channels = channels
    self.kernelHeight = kernelHeight
    self.kernelWidth = kernelWidth
    self.stride = stride
    self.padding = padding
  }

  public var outputHeight: Int { (height + 2 * padding - kernelHeight) / stride + 1 }
  public var outputWidth: Int { (width + 2 * padding - kernelWidth) / stride + 1 }
  public var outputPositions: Int { outputHeight * outputWidth }
  /// Elements of a patch: `[kernel row, kernel column, channel]`.
  public var patchLength: Int { kernelHeight * kernelWidth * channels }
  /// Elements of an image.
  public var imageLength: Int { height * width * channels }

  fileprivate var kernel: tradeoff_patch_geometry {
    tradeoff_patch_geometry(
      height: height, width: width, channels: channels, kernel_height: kernelHeight,
      kernel_width: kernelWidth, stride: stride, padding: padding, output_height: outputHeight,
      output_width: outputWidth)
  }
}

/// Copies the part of each image under each place of the kernel, so that a convolution becomes a
/// matrix product.
///
/// - Parameters:
///   - images: `[example, height, width, channel]`.
///   - examples: How many images, the first ones, are read.
///   - patches: `[example, output position, kernel row, kernel column, channel]`.
public func extractPatches(
  of images: [Float], examples: Int, _ geometry: PatchGeometry, into patches: inout [Float]
) {
  requireSizes(images: images, patches: patches, examples: examples, geometry)
  patches.withUnsafeMutableBufferPointer { patches in
    images.withUnsafeBufferPointer { images in
      withUnsafePointer(to: geometry.kernel) {
        tradeoff_patches(patches.baseAddress, images.baseAddress, examples, $0)
      }
    }
  }
}

/// The gradient with respect to the images from that with respect to their patches: every element
/// of an image gets the sum over the places it was copied to. Shapes as in
/// ``extractPatches(of:examples:_:into:)``.
public func patchesGradient(
  _ patches: [Float], examples: Int, _ geometry: PatchGeometry, into images: inout [Float]
) {
  requireSizes(images: images, patches: patches, examples: examples, geometry)
  images.withUnsafeMutableBufferPointer { images in
    patches.withUnsafeBufferPointer { patches in
      withUnsafePointer(to: geometry.kernel) {
        tradeoff_patches_gradient(images.baseAddress, patches.baseAddress, examples, $0)
      }
    }
  }
}

private func requireSizes(
  images: [Float], patches: [Float], examples: Int, _ geometry: PatchGeometry
) {
  precondition(
    examples >= 0 && examples * geometry.imageLength <= images.count,
    "the images exceed their buffer")
  precondition(
    examples * geometry.outputPositions * geometry.patchLength <= patches.count,
    "the patches exceed their buffer")
}
