extension Architecture {
  /// The most parameters of a network, and the most values that a layer computes from one example.
  public static let largestSize = 1 << 22

  /// Throws unless the layers fit one another, from inputs of this shape to the output layer.
  public func validate(input: Shape, classCount: Int) throws(ArchitectureError) {
    var walk = ArchitectureWalk(shape: input)
    for kind in hiddenLayers { try walk.append(kind) }
    try walk.append(.dense(outputWidth: loss.outputWidth(classCount: classCount)))
  }
}

/// Follows the shapes through the layers, without making them.
private struct ArchitectureWalk {
  private var shape: Shape
  private var layer = 0
  private var parameterCount = 0.0
  private var takesActivation = false

  init(shape: Shape) { self.shape = shape }

  mutating func append(_ kind: LayerKind) throws(ArchitectureError) {
    layer += 1
    let name = kind.name
    switch kind {
    case .dense(let outputWidth):
      try check(outputWidth, "output width", of: name)
      try grow(by: Double(outputWidth) * Double(shape.count + 1), of: name)
      shape = Shape(features: outputWidth)
    case .convolution(let filters, let kernelSize, let stride, let padding):
      try check(filters, "filters", of: name)
      try check(padding, "padding", of: name, least: 0)
      let image = try slide(kernelSize, stride: stride, padding: padding, of: name)
      let patch = Double(kernelSize) * Double(kernelSize) * Double(shape.channels)
      try check(values: Double(image.height) * Double(image.width) * patch, of: name)
      try grow(by: Double(filters) * (patch + 1), of: name)
      try check(
        values: Double(image.height) * Double(image.width) * Double(filters), of: name)
      shape = Shape(height: image.height, width: image.width, channels: filters)
    case .maxPool(let size, let stride), .averagePool(let size, let stride):
      let image = try slide(size, stride: stride, padding: 0, of: name)
      guard size <= Self.largestPool else {
        throw .poolExceedsLimit(layer: layer, kind: name, size: size, most: Self.largestPool)
      }
      shape = Shape(height: image.height, width: image.width, channels: shape.channels)
    case .groupNorm(let groups):
      try check(groups, "groups", of: name)
      guard shape.channels.isMultiple(of: groups) else {
        throw .unequalGroups(layer: layer, groups: groups, channels: shape.channels)
      }
      try grow(by: 2 * Double(shape.channels), of: name)
    case .flatten:
      shape = Shape(features: shape.count)
    case .activation:
      guard takesActivation else { throw .misplacedActivation(layer: layer) }
    }
    switch kind {
    case .flatten, .activation: takesActivation = false
    default: takesActivation = true
    }
  }

  private static let largestPool = 16

  private func check(
    _ value: Int, _ name: String, of kind: String, least: Int = 1
  ) throws(ArchitectureError) {
    guard value >= least else {
      throw .tooSmall(layer: layer, kind: kind, name: name, value: value, least: least)
    }
  }

  private func check(values: Double, of kind: String) throws(ArchitectureError) {
    guard values <= Double(Architecture.largestSize) else {
      throw .tooLarge(layer: layer, kind: kind, most: Architecture.largestSize)
    }
  }

  private mutating func grow(by parameters: Double, of kind: String) throws(ArchitectureError) {
    parameterCount += parameters
    try check(values: parameterCount, of: kind)
  }

  /// How many places a square window has along each side.
  private func slide(
    _ size: Int, stride: Int, padding: Int, of kind: String
  ) throws(ArchitectureError) -> (height: Int, width: Int) {
    try check(size, kind == "convolution" ? "kernel size" : "size", of: kind)
    try check(stride, "stride", of: kind)
    try check(values: Double(padding), of: kind)
    let (height, width) = (shape.height + 2 * padding, shape.width + 2 * padding)
    guard size <= min(height, width) else {
      throw .windowExceedsImage(
        layer: layer, kind: kind, size: size, height: height, width: width)
    }
    return ((height - size) / stride + 1, (width - size) / stride + 1)
  }
}

extension LayerKind {
  /// As experiment files spell it.
  fileprivate var name: String {
    switch self {
    case .dense: "dense"
    case .convolution: "convolution"
    case .maxPool: "max_pool"
    case .averagePool: "average_pool"
    case .groupNorm: "group_norm"
    case .flatten: "flatten"
    case .activation: "activation"
    }
  }
}
