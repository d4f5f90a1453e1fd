/// The public number of a client; it is also the point at which its secret shares are taken.
public struct ClientID: Hashable, Sendable {
  public let number: UInt32

  public init(_ number: UInt32) { self.number = number }

  static let byteCount = 4

  var bytes: [UInt8] { number.bigEndianBytes }
}

extension ClientID: Comparable {
  public static func < (left: ClientID, right: ClientID) -> Bool { left.number < right.number }
}

extension ClientID: CustomStringConvertible {
  public var description: String { "client \(number)" }
}
