import Crypto
import Foundation
import LinearAlgebra
import Testing

@testable import Datasets

/// Needs the data that `make data` fetches.
struct KnownDatasetTablesTests {
  /// What Reference/read_tables.py finds in the same files.
  struct Expected: Sendable {
    let dataset: KnownDataset
    let training: Part
    let test: Part

    struct Part: Sendable {
      /// How many examples each class has.
      let labels: [Int]
      /// Of all features.
      let sum: Double
      /// SHA-256 of the features as little-endian Float.
      let features: String
      /// SHA-256 of the labels in order.
      let order: String
      /// How many examples each owner has.
      var owners: [Int] = []
    }
  }

  static let all = [
    Expected(
      dataset: .adult,
      training: .init(
        labels: [24_720, 7_841], sum: 308_712.864212,
        features: "02fc56d4d9c10a5b4c8eea3f6f7cbf17bd425d93943a9a850cf11d58c159a7b1",
        order: "fc6f24803d0465014d0a618840423ad387d55f85b6d8f37ad8b95edba4c9e778"),
      test: .init(
        labels: [12_435, 3_846], sum: 154_365.399326,
        features: "6f7056db7d59ec6377534ce12d1d34f2f26c46a497ad24b09abca0abb1cc18f4",
        order: "c4834b715ef2a7f9ffe84d0d0c06063b617700129b09199ac6fe62d338e4c49c")),
    Expected(
      dataset: .breastCancer,
      training: .init(
        labels: [143, 237], sum: 2_903.867024,
        features: "ea3035d3f19fe01f7e9e3a9738ad1670ec58a88c266f9cd5ab24482de3ec625e",
        order: "46024f5a8bdb8d4a388559ffce0fc49b1a23bdeffdaaf10fddec2dded037abb0"),
      test: .init(
        labels: [69, 120], sum: 1_458.655672,
        features: "56515fe8301ee3cd47f9e197ae8516a85089ecef6c30eba8f20128b03609bf03",
        order: "ae21975edd8c380696b8f67296e0c3f6792596cd977837f91a354a809c0e76ef")),
    Expected(
      dataset: .digits,
      training: .init(
        labels: [115, 119, 114, 129, 123, 121, 127, 119, 111, 120], sum: 23_402.875,
        features: "4e18d6f4db7772e96a0b1c7af599ce56253d2ee21adb66b727fa285850ec22fd",
        order: "bf12bf984019e78cd8469eed52618c70a946b2017836bd2876ca913cad61f563"),
      test: .init(
        labels: [63, 63, 63, 54, 58, 61, 54, 60, 63, 60], sum: 11_704.5,
        features: "3ccfa54d9dc00d3224293455c3aba05f613472ec9fafeec04becdc66810464d4",
        order: "7c47b72da96d4d3c7baf1e84fd659178acbd6acbc40c8f6f6f787caf31cdc80f")),
    Expected(
      dataset: .heartDisease,
      training: .init(
        labels: [280, 335], sum: 6_233.912504,
        features: "0f724360079122343fa8b5b3fbdbc38b0a0ce2be7c0c26e13130f44fff7099d0",
        order: "f17590475f5ac35d619d5d181990ccc4569e9d5ce3e7a40e36f4d18efed999e4",
        owners: [203, 196, 134, 82]),
      test: .init(
        labels: [131, 174], sum: 3_111.390419,
        features: "6ed268975e6779c3aa4c4c68e4e72471b16f3604b4fe722dba2017b84c846144",
        order: "1e2614bf86dc95970b7c3d89cdc3b0700ed220a5827701886d3505ccc384fc8f",
        owners: [101, 97, 66, 41])),
  ]

  @Test(arguments: all)
  func readsWhatPandasReads(expected: Expected) throws {
    let known = expected.dataset
    let dataset = try known.load()
    check(dataset.training, expected.training)
    check(dataset.test, expected.test)
    #expect(dataset.training.exampleCount == known.trainingExampleCount)
    #expect(dataset.test.exampleCount == known.testExampleCount)
    #expect(dataset.training.ownerCount == known.ownerCount)
    #expect(dataset.fingerprint == known.files.fingerprint)
    for part in [dataset.training, dataset.test] {
      #expect(part.featureCount == known.featureCount && part.classCount == known.classCount)
    }
  }

  private func check(_ examples: LabeledExamples, _ expected: Expected.Part) {
    guard case .floats(let features) = examples.features else {
      Issue.record("tables have features of Float")
      return
    }
    #expect(counts(examples.labels.map { Int($0) }) == expected.labels)
    #expect(counts((examples.owners ?? []).map { Int($0) }) == expected.owners)
    #expect(abs(features.reduce(0) { $0 + Double($1) } - expected.sum) < 1e-5)
    #expect(features.allSatisfy { (0...1).contains($0) })
    #expect(sha256(Data(examples.labels)) == expected.order)
    let words = features.map(\.bitPattern.littleEndian)
    #expect(sha256(words.withUnsafeBytes { Data($0) }) == expected.features)
  }

  /// Hospitals in the order of their owners: Switzerland comes last, not third as in the file.
  @Test func hospitalsAreTheirExamplesOwners() throws {
    let owners = try #require(try KnownDataset.heartDisease.load().training.owners)
    #expect((0..<4).map { owners.firstIndex(of: $0) } == [0, 203, 481, 399])
    #expect(HeartDiseaseTable.sites.count == KnownDataset.heartDisease.ownerCount)
  }

  @Test func anAlteredTableIsNotRead() throws {
    let folder = try TemporaryFolder()
    let place = try KnownDataset.breastCancer.folderToRead(nil)
    let name = KnownDataset.breastCancer.files.all[0].name
    var bytes = try contents(of: "\(place)/\(name)")
    bytes[40] = UInt8(ascii: "9")
    let path = try folder.write(bytes, as: name)
    #expect(
      throws: DatasetError.wrongChecksum(
        path: path, expected: KnownDataset.breastCancer.files.all[0].sha256,
        found: sha256(Data(bytes)))
    ) {
      try KnownDataset.breastCancer.load(folder: folder.path)
    }
  }

  private func counts(_ values: [Int]) -> [Int] {
    values.reduce(into: [Int](repeating: 0, count: (values.max() ?? -1) + 1)) { $0[$1] += 1 }
  }

  private func sha256(_ data: Data) -> String { SHA256.hash(data: data).hexadecimal }
}
