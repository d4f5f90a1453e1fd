import Foundation

/// The members of a zip file, such as a Python wheel: stored or deflated, and below 4 GiB.
///
/// PKWARE: .ZIP File Format Specification, version 6.3.10 (2022), sections 4.3 and 4.4.
struct ZipArchive {
  let path: String
  private let bytes: Data
  private let members: [String: Member]

  /// What the central directory says of a member.
  private struct Member {
    let isEncrypted: Bool
    let method: Int
    let checksum: UInt32
    let packedByteCount: Int
    let byteCount: Int
    /// Where its own header begins.
    let offset: Int
  }

  private struct Damage: Error {
    let reason: String
  }

  private static let centralHeaderByteCount = 46
  private static let localHeaderByteCount = 30
  private static let endByteCount = 22

  init(path: String) throws(DatasetError) {
    self.path = path
    do {
      bytes = try FileHandle(forReadingFrom: URL(filePath: path)).readToEnd() ?? Data()
    } catch {
      throw .unreadable(path: path, reason: UnpackedFile.reason(of: error))
    }
    do {
      members = try Self.members(in: bytes)
    } catch {
      throw .damagedZip(path: path, reason: error.reason)
    }
  }

  /// In the order of their bytes.
  var memberNames: [String] { members.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

  /// The unpacked bytes of a member, which its checksum confirms.
  func member(_ name: String) throws(DatasetError) -> [UInt8] {
    guard let member = members[name] else { throw .memberMissing(name: name, path: path) }
    do {
      return try contents(of: member)
    } catch {
      throw .damagedZip(path: path, reason: "\(name): \(error.reason)")
    }
  }

  private static func members(in bytes: Data) throws(Damage) -> [String: Member] {
    let (count, start) = try directory(of: bytes)
    var members: [String: Member] = [:]
    var offset = start
    for _ in 0..<count {
      let header = try field(bytes, at: offset, centralHeaderByteCount)
      guard number(header, at: 0, 4) == 0x0201_4b50 else {
        throw Damage(reason: "its directory ends early")
      }
      let nameByteCount = number(header, at: 28, 2)
      let name = try field(bytes, at: offset + centralHeaderByteCount, nameByteCount)
      members[String(decoding: name, as: UTF8.self)] = Member(
        isEncrypted: number(header, at: 8, 2) & 1 == 1, method: number(header, at: 10, 2),
        checksum: UInt32(number(header, at: 16, 4)), packedByteCount: number(header, at: 20, 4),
        byteCount: number(header, at: 24, 4), offset: number(header, at: 42, 4))
      offset +=
        centralHeaderByteCount + nameByteCount + number(header, at: 30, 2)
        + number(header, at: 32, 2)
    }
    return members
  }

  /// How many members the central directory has, and where it begins. The record that says so ends the
  /// file, but for a comment of less than 64 KiB.
  private static func directory(of bytes: Data) throws(Damage) -> (count: Int, start: Int) {
    var offset = bytes.count - endByteCount
    let first = max(0, offset - 0xffff)
    while offset >= first {
      let end = try field(bytes, at: offset, endByteCount)
      if number(end, at: 0, 4) == 0x0605_4b50,
        number(end, at: 20, 2) == bytes.count - offset - endByteCount
      {
        guard number(end, at: 16, 4) < 0xffff_ffff, number(end, at: 10, 2) < 0xffff else {
          throw Damage(reason: "it is in the format for 4 GiB and more, which is not read")
        }
        return (number(end, at: 10, 2), number(end, at: 16, 4))
      }
      offset -= 1
    }
    throw Damage(reason: "it does not end as a zip file does")
  }

  private func contents(of member: Member) throws(Damage) -> [UInt8] {
    guard !member.isEncrypted else { throw Damage(reason: "it is encrypted") }
    let header = try Self.field(bytes, at: member.offset, Self.localHeaderByteCount)
    guard Self.number(header, at: 0, 4) == 0x0403_4b50 else {
      throw Damage(reason: "it is not where the directory says")
    }
    let start =
      member.offset + Self.localHeaderByteCount + Self.number(header, at: 26, 2)
      + Self.number(header, at: 28, 2)
    let packed = [UInt8](try Self.field(bytes, at: start, member.packedByteCount))
    let unpacked: [UInt8]
    switch member.method {
    case 0: unpacked = packed
    case 8: unpacked = try Self.inflated(packed, byteCount: member.byteCount)
    default: throw Damage(reason: "it is packed by method \(member.method), which is not read")
    }
    guard unpacked.count == member.byteCount, crc32(of: unpacked) == member.checksum else {
      throw Damage(reason: "its checksum differs")
    }
    return unpacked
  }

  private static func inflated(_ packed: [UInt8], byteCount: Int) throws(Damage) -> [UInt8] {
    // A bit of Deflate holds at most 129 bytes, a run of 258 in two bits.
    guard byteCount / 8 <= packed.count * 129 else {
      throw Damage(reason: "it claims to hold more than it can")
    }
    // A byte of room more: zlib then reads on to the end of the stream.
    var unpacked = [UInt8](repeating: 0, count: byteCount + 1)
    var input = packed[...]
    var inflater = Inflater(.none)
    var filled = 0
    do {
      while !inflater.isFinished, filled <= byteCount {
        let count = try inflater.decode(&input, into: &unpacked, from: filled)
        guard count > 0 || inflater.isFinished else { break }
        filled += count
      }
    } catch {
      throw Damage(reason: error.reason)
    }
    guard inflater.isFinished else { throw Damage(reason: "its stream has another length") }
    unpacked.removeSubrange(filled...)
    return unpacked
  }

  private static func field(_ bytes: Data, at offset: Int, _ count: Int) throws(Damage) -> Data {
    guard offset >= 0, count <= bytes.count - offset else { throw Damage(reason: "it ends early") }
    return bytes[bytes.startIndex + offset..<bytes.startIndex + offset + count]
  }

  /// A number of a header, little-endian.
  private static func number(_ header: Data, at offset: Int, _ byteCount: Int) -> Int {
    header[header.startIndex + offset..<header.startIndex + offset + byteCount].reversed()
      .reduce(0) { $0 << 8 | Int($1) }
  }
}
