import Testing

@testable import Datasets

struct DatasetStatusTests {
  let fashion = KnownDataset.fashionMNIST

  @Test func reportsAnInstalledDataset() throws {
    let status = fashion.status()
    #expect(status.isUsable)
    #expect(status.folder == (try fashion.folderToRead(nil)))
    #expect(status.files.map(\.name) == fashion.files.all.map(\.name))
  }

  @Test func reportsAnAbsentFolder() {
    let status = fashion.status(folder: "/no/such/folder")
    let problem = DatasetError.notInstalled(dataset: fashion, searched: ["/no/such/folder"])
    #expect(!status.isUsable)
    #expect(status.folder == nil)
    #expect(status.files.map(\.problem) == [problem, problem, problem, problem])
  }

  @Test func namesTheOneMissingFile() throws {
    let folder = try TemporaryFolder()
    for file in fashion.files.all.dropLast() { try link(file, into: folder) }
    let problem = DatasetError.fileMissing(
      name: "t10k-labels-idx1-ubyte", folder: folder.path, dataset: fashion)
    #expect(fashion.status(folder: folder.path).files.map(\.problem) == [nil, nil, nil, problem])
  }

  @Test func onlyTheFullCheckSeesAnAlteredByte() throws {
    let folder = try TemporaryFolder()
    for file in fashion.files.all.dropLast() { try link(file, into: folder) }
    let source = try IDXFile(
      fashion.files.all[3], of: fashion, in: try fashion.folderToRead(nil))
    var file = try UnpackedFile(path: source.path)
    var bytes = try file.read(20_000)
    bytes[5_000] = (bytes[5_000] + 1) % 10
    try folder.write(bytes, as: fashion.files.all[3].name)

    #expect(fashion.status(folder: folder.path).isUsable)
    let full = fashion.status(folder: folder.path, .full)
    #expect(full.files.dropLast().allSatisfy { $0.problem == nil })
    guard case .wrongChecksum = full.files[3].problem else {
      Issue.record("expected a wrong sum, found \(String(describing: full.files[3].problem))")
      return
    }
  }

  private func link(_ file: DatasetFile, into folder: TemporaryFolder) throws {
    let source = try fashion.folderToRead(nil)
    try folder.link("\(file.name).gz", to: "\(source)/\(file.name).gz")
  }
}
