import CZlib

/// Packs `bytes` as a gzip file, with `name` in its header as `gzip -N` writes it.
func gzip(_ bytes: [UInt8], name: String? = nil) -> [UInt8] {
  var stream = z_stream()
  let status = deflateInit2_(
    &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY,
    ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  precondition(status == Z_OK)
  defer { deflateEnd(&stream) }

  var nameBytes = Array((name ?? "").utf8) + [0]
  var packed = [UInt8](repeating: 0, count: Int(deflateBound(&stream, uLong(bytes.count))) + 1024)
  var input = bytes
  nameBytes.withUnsafeMutableBufferPointer { nameBuffer in
    var header = gz_header()
    header.name = name == nil ? nil : nameBuffer.baseAddress
    deflateSetHeader(&stream, &header)
    let capacity = packed.count
    input.withUnsafeMutableBufferPointer { source in
      packed.withUnsafeMutableBufferPointer { destination in
        stream.next_in = source.baseAddress
        stream.avail_in = uInt(source.count)
        stream.next_out = destination.baseAddress
        stream.avail_out = uInt(capacity)
        let status = deflate(&stream, Z_FINISH)
        precondition(status == Z_STREAM_END)
      }
    }
    packed.removeLast(Int(stream.avail_out))
  }
  return packed
}
