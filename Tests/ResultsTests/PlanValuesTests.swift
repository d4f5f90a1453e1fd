import Foundation
import Results
import Testing

@Suite struct PlanValuesTests {
  @Test func valuesStandAtTheirPaths() throws {
    let values = try PlanValues(
      json: Data(
        #"{"a": {"b": 1e-05, "c": "x"}, "d": [1, {"e": 2}], "g": {}, "h": 9007199254740993}"#.utf8),
      file: "plan.json")
    #expect(
      values.byPath == [
        "a.b": "1e-05", "a.c": "x", "d": "[1, {e: 2}]", "g": "", "h": "9007199254740993",
      ])
  }

  @Test func whatIsNoJSONIsNamed() {
    #expect {
      try PlanValues(json: Data("{".utf8), file: "plan.json")
    } throws: { "\($0)".hasPrefix("plan.json does not hold what it should: ") }
  }
}
