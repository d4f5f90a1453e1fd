import Foundation

/// Standard output without a buffer: what is answered is passed on at once.
enum StandardOutput {
  /// Nobody reads any more, as after `| head`.
  struct Closed: Error {}

  static func write(_ data: Data) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: data)
    } catch let error as CocoaError where error.underlying?.code == .EPIPE {
      throw Closed()
    }
  }
}

extension CocoaError {
  fileprivate var underlying: POSIXError? { userInfo[NSUnderlyingErrorKey] as? POSIXError }
}
