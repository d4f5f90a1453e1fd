import Accounting
import Foundation
import Results
import Testing

@Suite struct CanonicalJSONTests {
  private struct Value: Codable, Equatable {
    var b: Double
    var a: [Int]
    var path: String
  }

  @Test func oneSpellingForAValue() throws {
    let value = Value(b: 1e-7, a: [2, 1], path: "a/b \"ε\"")
    #expect(
      String(decoding: try CanonicalJSON.line(value), as: UTF8.self)
        == #"{"a":[2,1],"b":1e-07,"path":"a/b \"ε\""}"#)
    #expect(
      String(decoding: try CanonicalJSON.document(value), as: UTF8.self) == """
        {
          "a" : [
            2,
            1
          ],
          "b" : 1e-07,
          "path" : "a/b \\"ε\\""
        }

        """)
  }

  @Test(arguments: [1e-7, 0.1, 1.0 / 3, .leastNonzeroMagnitude, .infinity, -.infinity, -0.0])
  func numbersKeepTheirBits(number: Double) throws {
    let line = try CanonicalJSON.line([number])
    let read = try CanonicalJSON.decode([Double].self, from: line, file: "x")
    #expect(read[0].bitPattern == number.bitPattern)
  }

  @Test func notANumberSurvives() throws {
    let line = try CanonicalJSON.line([Double.nan])
    #expect(String(decoding: line, as: UTF8.self) == #"["nan"]"#)
    #expect(try CanonicalJSON.decode([Double].self, from: line, file: "x")[0].isNaN)
  }

  @Test(arguments: [
    (#"{"a":[1],"b":2}"#, "x.json does not hold what it should: the document lacks \"path\""),
    (
      #"{"a":[1,"2"],"b":2,"path":""}"#,
      "x.json does not hold what it should: a.[1]: Expected to decode Int but found a string"
    ),
  ])
  func errorsNameThePlace(text: String, message: String) {
    #expect {
      try CanonicalJSON.decode(Value.self, from: Data(text.utf8), file: "x.json")
    } throws: { error in
      "\(error)".hasPrefix(message)
    }
  }
}
