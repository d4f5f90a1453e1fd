import Accounting
import ArgumentParser
import Foundation
import Results

/// Questions in a file of JSON lines, answered line by line on standard output.
struct Batch {
  let file: String

  /// `question` and `terms` hold where a line does not say otherwise.
  func answer(_ question: PrivacyGuarantee.Question?, _ terms: TermsOptions) throws {
    var (lineCount, queryCount, failureCount) = (0, 0, 0)
    let lines = try LineReader(file: file)
    while let line = try lines.next() {
      lineCount += 1
      guard line.contains(where: { !Self.space.contains($0) }) else { continue }
      queryCount += 1
      let answer = BatchAnswer(to: line, number: lineCount, question, terms)
      if answer.isFailure { failureCount += 1 }
      try StandardOutput.write(try CanonicalJSON.line(answer) + [UInt8(ascii: "\n")])
    }
    guard failureCount == 0 else {
      printToStandardError("\(failureCount) of \(queryCount) questions could not be answered")
      throw ExitCode.failure
    }
  }

  private static let space = Set(" \t\r".utf8)
}

/// One line of output.
private struct BatchAnswer: Encodable {
  private let id: QueryID?
  /// Said where no id tells which question this is about.
  private let line: Int?
  private let result: Result<PrivacyGuarantee, Failure>

  private struct Failure: Error {
    let reason: String
  }

  init(
    to data: Data, number: Int, _ question: PrivacyGuarantee.Question?, _ terms: TermsOptions
  ) {
    var id: QueryID?
    do {
      id = try CanonicalJSON.decode(QueryIdentity.self, from: data, file: "").id
      let query = try CanonicalJSON.decode(BatchQuery.self, from: data, file: "")
      result = .success(try query.guarantee(question, terms))
    } catch ResultsError.unreadable(_, let reason) {
      result = .failure(Failure(reason: reason))
    } catch {
      result = .failure(Failure(reason: "\(error)"))
    }
    self.id = id
    line = id == nil ? number : nil
  }

  var isFailure: Bool {
    if case .failure = result { true } else { false }
  }

  private enum CodingKeys: String, CodingKey {
    case id
    case line
    case error
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(id, forKey: .id)
    try fields.encodeIfPresent(line, forKey: .line)
    switch result {
    case .success(let guarantee): try guarantee.encode(to: encoder)
    case .failure(let failure): try fields.encode(failure.reason, forKey: .error)
    }
  }
}
