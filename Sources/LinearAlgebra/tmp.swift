public struct PatchGeometry: Hashable, Sendable {
  public let height, width, channels, kernelHeight, kernelWidth, stride, padding: Int
  public init(height: Int, width: Int, channels: Int, kernelHeight: Int, kernelWidth: Int, stride: Int, padding: Int) {
    self.height = height; self.width = width; self.channels = channels; self.kernelHeight = kernelHeight; self.kernelWidth = kernelWidth; self.stride = stride; self.padding = padding
  }
  public var outputHeight: Int { (height + 2 * padding - kernelHeight) / stride + 1 }
  public var outputWidth: Int { (width + 2 * padding - kernelWidth) / stride + 1 }
  public var patchLength: Int { kernelHeight * kernelWidth * channels }
}
public struct PoolGeometry: Hashable, Sendable {
  public let height, width, channels, size, stride: Int
  public init(height: Int, width: Int, channels: Int, size: Int, stride: Int) {
    self.height = height; self.width = width; self.channels = channels; self.size = size; self.stride = stride
  }
  public var outputHeight: Int { (height - size) / stride + 1 }
  public var outputWidth: Int { (width - size) / stride + 1 }
}
public func unfold(_ a: [Float], _ g: PatchGeometry, rows: Int, into p: inout [Float]) { fatalError() }
public func fold(_ a: [Float], _ g: PatchGeometry, rows: Int, into p: inout [Float]) { fatalError() }
public func maxPool(_ a: [Float], _ g: PoolGeometry, rows: Int, into p: inout [Float], winners: inout [UInt8]) { fatalError() }
public func averagePool(_ a: [Float], _ g: PoolGeometry, rows: Int, into p: inout [Float]) { fatalError() }
public func maxPoolGradient(_ a: [Float], winners: [UInt8], _ g: PoolGeometry, rows: Int, into p: inout [Float]) { fatalError() }
public func averagePoolGradient(_ a: [Float], _ g: PoolGeometry, rows: Int, into p: inout [Float]) { fatalError() }
public struct GroupGeometry: Hashable, Sendable {
  public let positions, channels, groups: Int
  public init(positions: Int, channels: Int, groups: Int) { self.positions = positions; self.channels = channels; self.groups = groups }
}
public func normalizeGroups(_ a: [Float], _ g: GroupGeometry, rows: Int, parameters: [Float], scale: Range<Int>, shift: Range<Int>, into p: inout [Float], means: inout [Float], inverseDeviations: inout [Float]) { fatalError() }
