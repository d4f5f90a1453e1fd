extension LabeledImages {
  /// The squared Euclidean norm of each image, its pixels scaled to [0, 1].
  ///
  /// Sums of squared bytes are exact; one division rounds.
  public func squaredFeatureNorms() -> [Double] {
    pixels.withUnsafeBufferPointer { pixels in
      (0..<exampleCount).map { example in
        var sum: UInt32 = 0
        for index in example * featureCount..<(example + 1) * featureCount {
          sum &+= UInt32(pixels[index]) &* UInt32(pixels[index])
        }
        return Double(sum) / (255 * 255)
      }
    }
  }
}
