import Crypto
import LinearAlgebra
import Testing

@testable import Datasets

/// Needs Debian's package dataset-fashion-mnist, which `make setup` installs.
struct KnownDatasetLoadTests {
  /// Sums of bytes and first labels as Python 3.11 reads them from the unpacked files.
  @Test func loadsFashionMNIST() throws {
    let dataset = try KnownDataset.fashionMNIST.load()
    #expect(dataset.training.exampleCount == 60_000)
    #expect(dataset.test.exampleCount == 10_000)
    #expect(dataset.training.featureCount == 784)
    #expect(dataset.training.classCount == 10)
    #expect(Array(dataset.training.labels.prefix(10)) == [9, 0, 0, 3, 0, 2, 7, 2, 5, 5])
    #expect(Array(dataset.test.labels.prefix(10)) == [9, 2, 1, 1, 6, 1, 4, 6, 5, 7])
    #expect(sum(dataset.training.features) == 3_431_114_169)
    #expect(sum(dataset.test.features) == 573_469_082)
    #expect(dataset.fingerprint == KnownDataset.fashionMNIST.files.fingerprint)
  }

  @Test func loadsTheOriginalsPackedWithTheirNames() throws {
    let folder = try TemporaryFolder()
    let debian = try KnownDataset.fashionMNIST.folderToRead(nil)
    let name = "t10k-labels-idx1-ubyte"
    for file in KnownDataset.fashionMNIST.files.all where file.name != name {
      try folder.link("\(file.name).gz", to: "\(debian)/\(file.name).gz")
    }
    var labels = try UnpackedFile(path: "\(debian)/\(name).gz")
    let packed = gzip(try labels.read(20_000), name: name)
    #expect(packed[3] & 8 != 0, "the header holds a name")
    try folder.write(packed, as: "\(name).gz")

    let dataset = try KnownDataset.fashionMNIST.load(folder: folder.path)
    #expect(Array(dataset.test.labels.prefix(10)) == [9, 2, 1, 1, 6, 1, 4, 6, 5, 7])
  }

  /// Six training and three test images in MNIST's four files, one of them packed.
  @Test func readsFilesThatAUserBrings() throws {
    let folder = try TemporaryFolder()
    func file(_ name: String, _ dimensions: [Int], bound: Int, _ elements: [UInt8]) throws
      -> DatasetFile
    {
      let bytes = IDXHeader(dimensions: dimensions).bytes + elements
      let isPacked = name.hasPrefix("t10k-images")
      try folder.write(isPacked ? gzip(bytes) : bytes, as: isPacked ? "\(name).gz" : name)
      return DatasetFile(
        name: name, content: .idx(dimensions: dimensions, elementBound: bound),
        sha256: SHA256.hash(data: bytes).hexadecimal)
    }
    let names = KnownDataset.mnist.files.all.map(\.name)
    let pixels = (0..<9 * 784).map { UInt8($0 * 7 % 256) }
    let files = DatasetFiles(all: [
      try file(names[0], [6, 28, 28], bound: 256, Array(pixels[..<(6 * 784)])),
      try file(names[1], [6], bound: 10, [5, 0, 4, 1, 9, 2]),
      try file(names[2], [3, 28, 28], bound: 256, Array(pixels[(6 * 784)...])),
      try file(names[3], [3], bound: 10, [7, 2, 1]),
    ])
    let dataset = try KnownDataset.mnist.images(files, in: folder.path)
    #expect(dataset.training.features == .bytes(Array(pixels[..<(6 * 784)])))
    #expect(dataset.training.labels == [5, 0, 4, 1, 9, 2])
    #expect(dataset.test.features == .bytes(Array(pixels[(6 * 784)...])))
    #expect(dataset.test.labels == [7, 2, 1])
    #expect(dataset.training.featureCount == 784 && dataset.training.classCount == 10)
    #expect(dataset.fingerprint == files.fingerprint)

    // The published data set has more examples, and says so.
    #expect(
      throws: DatasetError.wrongDimensions(
        path: "\(folder.path)/\(names[0])", expected: [60_000, 28, 28], found: [6, 28, 28])
    ) { try KnownDataset.mnist.load(folder: folder.path) }
  }

  @Test func saysWhereItLooked() {
    #expect(throws: DatasetError.notInstalled(dataset: .mnist, searched: ["/no/such/folder"])) {
      try KnownDataset.mnist.load(folder: "/no/such/folder")
    }
  }

  @Test func doesNotTakeOneDatasetForAnother() throws {
    let debian = try KnownDataset.fashionMNIST.folderToRead(nil)
    #expect {
      try KnownDataset.mnist.load(folder: debian)
    } throws: { error in
      guard case .wrongChecksum(_, let expected, let found) = error as? DatasetError else {
        return false
      }
      return expected == KnownDataset.mnist.files.all[0].sha256
        && found == KnownDataset.fashionMNIST.files.all[0].sha256
    }
  }
}

private func sum(_ features: FeatureRows) -> Int {
  guard case .bytes(let bytes) = features else { return -1 }
  return bytes.withUnsafeBufferPointer { buffer in
    var total = 0
    for byte in buffer { total += Int(byte) }
    return total
  }
}
