import Foundation
import Testing
import _TestSupport

@testable import Exports

@Suite struct ExportFolderTests {
  private let folder: TemporaryFolder
  private let files = [ExportedFile("a/b.txt", "b"), ExportedFile("c.txt", "c")]

  init() throws { folder = try TemporaryFolder() }

  @Test func anExportAppearsWhole() throws {
    try writeExport(files, to: folder.at("new/export"))
    #expect(
      folder.contents == [
        "new", "new/export", "new/export/a", "new/export/a/b.txt", "new/export/c.txt",
      ])
    #expect(try folder.text("new/export/a/b.txt") == "b")
  }

  @Test func anEmptyFolderIsFilled() throws {
    try FileManager.default.createDirectory(
      atPath: folder.at("empty"), withIntermediateDirectories: false)
    try writeExport(files, to: folder.at("empty/"))
    #expect(try folder.text("empty/c.txt") == "c")
  }

  @Test func nothingIsOverwritten() throws {
    try folder.write("mine", to: "file")
    for path in [folder.path, folder.at("file")] {
      #expect(throws: ExportError.notEmpty(folder: path)) { try writeExport(files, to: path) }
    }
    #expect(folder.contents == ["file"])
  }

  @Test func whatCannotBeWrittenLeavesNothing() throws {
    try folder.write("mine", to: "file")
    #expect(throws: ExportError.self) { try writeExport(files, to: folder.at("file/export")) }
    #expect(throws: ExportError.self) {
      try writeExport(
        [ExportedFile("x", "1"), ExportedFile("x/y", "2")], to: folder.at("export"))
    }
    #expect(folder.contents == ["file"])
  }
}
