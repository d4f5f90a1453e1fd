import CZlib

/// Unpacks one gzip stream (RFC 1952) a piece at a time; the toolkit's only use of zlib.
struct GzipDecoder: ~Copyable {
  /// Why a stream cannot be unpacked, in zlib's words.
  struct Failure: Error {
    let reason: String
  }

  /// zlib keeps a pointer back to the stream, so that it must not move.
  private let stream: UnsafeMutablePointer<z_stream>

  /// Whether the stream has ended and its length and CRC-32 agreed.
  private(set) var isFinished = false

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let gzipOnlyWindow = MAX_WBITS + 16
    let status = inflateInit2_(
      stream, gzipOnlyWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
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
