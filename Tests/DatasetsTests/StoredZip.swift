@testable import Datasets

/// A zip file of members that are not packed.
func storedZip(_ members: [(name: String, bytes: [UInt8])]) -> [UInt8] {
  var file: [UInt8] = []
  var directory: [UInt8] = []
  for (name, bytes) in members {
    let sizes = number(crc32(of: bytes)) + number(UInt32(bytes.count)) + number(UInt32(bytes.count))
    let lengths = Array(number(UInt32(name.utf8.count)).prefix(2)) + [0, 0]
    let offset = number(UInt32(file.count))
    file += number(0x0403_4b50) + [20, 0, 0, 0, 0, 0, 0, 0, 0, 0] + sizes + lengths
    file += Array(name.utf8) + bytes
    directory += number(0x0201_4b50) + [20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0] + sizes + lengths
    directory += [UInt8](repeating: 0, count: 10) + offset + Array(name.utf8)
  }
  let count = Array(number(UInt32(members.count)).prefix(2))
  let end =
    number(0x0605_4b50) + [0, 0, 0, 0] + count + count + number(UInt32(directory.count))
    + number(UInt32(file.count)) + [0, 0]
  return file + directory + end
}

/// Little-endian.
private func number(_ value: UInt32) -> [UInt8] {
  (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}
