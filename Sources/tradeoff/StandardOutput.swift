import Foundation

/// Standard output without a buffer: what is answered is passed on at once.
enum StandardOutput {
  enum Failure: Error, CustomStringConvertible {
    /// Nobody reads any more, as after `| head`.
    case closed
    case cannotWrite(errorNumber: Int32)

    var description: String {
      switch self {
      case .closed: "standard output is closed"
      case .cannotWrite(let number):
        "cannot write to standard output: \(String(cString: strerror(number)))"
      }
    }
  }

  static func write(_ data: Data) throws(Failure) {
    var rest = data[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EPIPE {
        throw .closed
      } else if errno != EINTR {
        throw .cannotWrite(errorNumber: errno)
      }
    }
  }
}
