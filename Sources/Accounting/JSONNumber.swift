/// A number 0 or greater, exact, with the text `infinity` for the one that JSON cannot say.
struct JSONNumber: Encodable {
  private let value: Double

  init(_ value: Double) {
    self.value = value
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if value.isFinite {
      try container.encode(value)
    } else {
      try container.encode("infinity")
    }
  }
}
