import CZlib

/// Unpacks one deflated stream (RFC 1951) a piece at a time; the toolkit's only use of zlib.
struct Inflater: ~Copyable {
  /// What stands around the stream.
  enum Wrapping {
    /// RFC 1952: a header, and at the end the length and CRC-32, which are compared.
    case gzip
    /// Nothing, as in a zip file.
    case none

    fileprivate var windowBits: Int32 {
      switch self {
      case .gzip: MAX_WBITS + 16
      case .none: -MAX_WBITS
      }
    }
  }

  /// Why a stream cannot be unpacked, in zlib's words.
  struct Failure: Error {
    let reason: String
  }

  /// zlib keeps a pointer back to the stream, so that it must not move.
  private let stream: UnsafeMutablePointer<z_stream>

  /// Whether the stream has ended, and what is wrapped around it agreed.
  private(set) var isFinished = false

  init(_ wrapping: Wrapping) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = inflateInit2_(
      stream, wrapping.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib cannot start: \(status)")
  }

  deinit {
    inflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
  }

  /// Unpacks from the front of `input`, which loses what was read, into `output` from `start` on.
  ///
  /// - Returns: how many bytes were written: fewer than there is room for when the input is used
  ///   up or the stream has ended.
  mutating func decode(
    _ input: inout ArraySlice<UInt8>, into output: inout [UInt8], from start: Int
  ) throws(Failure) -> Int {
    let stream = self.stream
    var status = Z_OK
    var read = 0
    var written = 0
    input.withUnsafeBufferPointer { packed in
      output.withUnsafeMutableBufferPointer { unpacked in
        let room = unpacked.extracting(start...)
        // zlib declares its input mutable, and does not write to it.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: packed.baseAddress)
        stream.pointee.avail_in = uInt(clamping: packed.count)
        stream.pointee.next_out = room.baseAddress
        stream.pointee.avail_out = uInt(clamping: room.count)
        let offeredIn = stream.pointee.avail_in
        let offeredOut = stream.pointee.avail_out
        status = inflate(stream, Z_NO_FLUSH)
        read = Int(offeredIn - stream.pointee.avail_in)
        written = Int(offeredOut - stream.pointee.avail_out)
        stream.pointee.next_in = nil
        stream.pointee.next_out = nil
      }
    }
    input = input.dropFirst(read)
    switch status {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: isFinished = true
    default:
      throw Failure(reason: stream.pointee.msg.map { String(cString: $0) } ?? "zlib \(status)")
    }
    return written
  }
}

/// The checksum of zip files and of gzip.
func crc32(of bytes: [UInt8]) -> UInt32 {
  bytes.withUnsafeBufferPointer { UInt32(crc32_z(0, $0.baseAddress, $0.count)) }
}
