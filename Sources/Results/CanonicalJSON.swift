public import Foundation

/// JSON with one spelling for each value: sorted keys, shortest round-trip decimals, and `"inf"`,
/// `"-inf"`, `"nan"` for what JSON numbers cannot say.
public enum CanonicalJSON {
  /// One line, for fingerprints and JSON Lines.
  public static func line(_ value: some Encodable) throws(ResultsError) -> Data {
    try encode(value, formatting: [.sortedKeys, .withoutEscapingSlashes])
  }

  /// Indented, ending in a newline, for files that people read.
  public static func document(_ value: some Encodable) throws(ResultsError) -> Data {
    var data = try encode(
      value, formatting: [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted])
    data.append(UInt8(ascii: "\n"))
    return data
  }

  public static func decode<Value: Decodable>(
    _ type: Value.Type, from data: Data, file: String
  ) throws(ResultsError) -> Value {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return try decoder.decode(type, from: data)
    } catch {
      throw .unreadable(file: file, reason: describe(error))
    }
  }

  private static func encode(
    _ value: some Encodable, formatting: JSONEncoder.OutputFormatting
  ) throws(ResultsError) -> Data {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = formatting
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return try encoder.encode(value)
    } catch {
      throw .unencodable(reason: describe(error))
    }
  }

  private static func describe(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    switch error {
    case .keyNotFound(let key, let context):
      return "\(path(context)) lacks \"\(key.stringValue)\""
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      return "\(path(context)): \(context.debugDescription)\(syntaxError(context))"
    @unknown default:
      return "\(error)"
    }
  }

  /// Where a text stops being JSON, which the parser says aside.
  private static func syntaxError(_ context: DecodingError.Context) -> String {
    let details =
      (context.underlyingError as? CocoaError)?.userInfo["NSDebugDescription"] as? String
    return details.map { " \($0)" } ?? ""
  }

  private static func path(_ context: DecodingError.Context) -> String {
    let names = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
    return names.isEmpty ? "the document" : names.joined(separator: ".")
  }
}
