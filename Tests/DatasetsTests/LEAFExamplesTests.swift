import Foundation
import LinearAlgebra
import Testing

@testable import Datasets

struct LEAFExamplesTests {
  static let reference = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Reference/leaf").path(percentEncoded: false)

  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  func schema(
    _ featureCount: Int = 3, userCount: Int? = 3, bounds: ClosedRange<Double>? = nil
  ) -> ExampleSchema {
    ExampleSchema(
      shape: .features(featureCount), classCount: 3, userCount: userCount, bounds: bounds)
  }

  func read(
    _ text: String, _ schema: ExampleSchema, exampleCount: Int = 1
  ) throws -> LabeledExamples {
    let path = try folder.write(Array(text.utf8), as: "data.json")
    var sums = FileSums()
    return try LEAFExamples.read(path, schema: schema, exampleCount: exampleCount, sums: &sums)
  }

  @Test func readsAFolderOfFilesInTheOrderOfTheirNames() throws {
    var sums = FileSums()
    let examples = try LEAFExamples.read(
      "\(Self.reference)/train", schema: schema(), exampleCount: 6, sums: &sums)
    // As `Reference/make_leaf.py` makes them.
    let expected = [(0, 0), (1, 1), (10, 0), (20, 0), (21, 1), (22, 2)].flatMap {
      (start: Double, step: Double) -> [Float] in
      [Float(start), Float(start / 7), Float(-1e-3 * step)]
    }
    #expect(examples.features == .floats(expected))
    #expect(examples.labels == [2, 0, 1, 1, 1, 2])
    #expect(examples.owners == [0, 0, 1, 2, 2, 2])
    #expect(examples.ownerCount == 3)
  }

  @Test func readsOneFileWithoutUsersAndScaled() throws {
    var sums = FileSums()
    let examples = try LEAFExamples.read(
      "\(Self.reference)/test/all_data_0_test_9.json",
      schema: schema(userCount: nil, bounds: 0...40), exampleCount: 2, sums: &sums)
    #expect(
      examples.features
        == .floats([0.75, Float(30.0 / 7 / 40), 0, 1, Float(40.0 / 7 / 40), 0]))
    #expect(examples.owners == nil)
  }

  @Test(
    arguments: [
      "[[[1, 2], [3, 4]]]", "[[1, 2, 3, 4]]", "[ [ [[1], [ 2.0]], [[3e0 ], [0.4E+1]] ] ]",
    ])
  func flattensInputs(inputs: String) throws {
    let examples = try read(
      #"{"user_data": {"a": {"y": [2.0], "more": [{"b": null}, true, "\\\""], "x": \#(inputs)}}, "#
        + #""hierarchies": [], "num_samples": [1], "users": ["a"]}"#,
      schema(4, userCount: 1))
    #expect(examples.features == .floats([1, 2, 3, 4]))
    #expect(examples.labels == [2])
  }

  @Test func readsEscapedNames() throws {
    let file = #"{"users": ["\u00e9\ud83d\ude00\/\n"], "num_samples": [1], "user_data": "#
    _ = try read(
      file + #"{"é😀/\u000a": {"x": [[1]], "y": [0]}}}"#, schema(1, userCount: 1))
  }

  static let one = #"{"x": [[1]], "y": [0]}"#

  static func file(_ users: String, _ counts: String, _ data: String) -> String {
    #"{"users": [\#(users)], "num_samples": [\#(counts)], "user_data": {\#(data)}}"#
  }

  @Test(
    arguments: [
      (#"{"users": [], "num_samples": []}"#, .missingKey("user_data"), nil),
      (#"{"users": [], "user_data": {}}"#, .missingKey("num_samples"), nil),
      (#"{"num_samples": [], "user_data": {}}"#, .missingKey("users"), nil),
      (#"{"users": [], "users": []}"#, .repeatedKey("users"), nil),
      (file(#""a""#, "", #""a": \#(one)"#), .unequalLists(users: 1, sampleCounts: 0), nil),
      (file(#""a", "b""#, "1, 1", #""a": \#(one)"#), .userWithoutData, "b"),
      (file(#""a", "a""#, "1, 1", #""a": \#(one)"#), .repeatedUser, "a"),
      (file(#""a""#, "1", #""a": \#(one), "a": \#(one)"#), .repeatedUser, "a"),
      (file("", "", #""a": \#(one)"#), .unlistedUser, "a"),
      (file("", "", #""a": {"x": [[1]], "y": []}"#), .unlistedUser, "a"),
      (file(#""a""#, "0", #""a": {"x": [], "y": []}"#), .userWithoutExamples, "a"),
      (
        file(#""a""#, "2", #""a": \#(one)"#), .exampleCounts(inputs: 1, labels: 1, stated: 2), "a"
      ),
      (
        file(#""a""#, "1", #""a": {"x": [], "y": [0]}"#),
        .exampleCounts(inputs: 0, labels: 1, stated: 1), "a"
      ),
      (file(#""a""#, "1", #""a": {"x": [[1]]}"#), .missingKey("y"), "a"),
      (file(#""a""#, "1", #""a": {"y": [0]}"#), .missingKey("x"), "a"),
      (file(#""a""#, "1", #""a": {"x": [], "x": []}"#), .repeatedKey("x"), "a"),
      (
        file(#""a""#, "2", #""a": {"x": [[1], [1, 2]], "y": [0, 0]}"#),
        .featureCount(example: 1, expected: 1, found: 2), "a"
      ),
      (file(#""a""#, "1", #""a": {"x": [[NaN]], "y": [0]}"#), .notFinite(example: 0), "a"),
      (file(#""a""#, "1", #""a": {"x": [[-Infinity]], "y": [0]}"#), .notFinite(example: 0), "a"),
      (file(#""a""#, "1", #""a": {"x": [[1e39]], "y": [0]}"#), .notFinite(example: 0), "a"),
      (file(#""a""#, "1", #""a": {"x": [[1e999]], "y": [0]}"#), .notFinite(example: 0), "a"),
      (
        file(#""a""#, "1", #""a": {"x": [[1]], "y": [3]}"#),
        .label(example: 0, found: 3, classCount: 3), "a"
      ),
      (
        file(#""a""#, "1", #""a": {"x": [[1]], "y": [0.5]}"#),
        .label(example: 0, found: 0.5, classCount: 3), "a"
      ),
      (#"{"users": ["a]}"#, .syntax(expected: "the end of a text", offset: 15), nil),
      (
        file(#""a""#, "1", #""a": {"x": ["to be"], "y": ["n"]}"#),
        .syntax(expected: "a number", offset: 63), nil
      ),
      (
        file(#""a""#, "1", #""a": \#(one)"#) + " x",
        .syntax(expected: "the end of the file", offset: 81), nil
      ),
      (
        String(repeating: "[", count: 100), .syntax(expected: "{", offset: 0), nil
      ),
      (
        #"{"more": "# + String(repeating: "[", count: 100),
        .syntax(expected: "at most 64 levels", offset: 73), nil
      ),
    ] as [(String, LEAFError.Problem, String?)])
  func namesThePlaceOfAFault(text: String, problem: LEAFError.Problem, user: String?) throws {
    #expect(
      throws: DatasetError.leaf(
        LEAFError(problem, path: "\(folder.path)/data.json", user: user))
    ) {
      try read(text, schema(1, userCount: 1))
    }
  }

  @Test func refusesAUserInSeveralFiles() throws {
    try folder.write(Array(Self.file(#""a""#, "1", #""a": \#(Self.one)"#).utf8), as: "0.json")
    let path = try folder.write(
      Array(Self.file(#""a""#, "1", #""a": \#(Self.one)"#).utf8), as: "1.json")
    var sums = FileSums()
    #expect(throws: DatasetError.leaf(LEAFError(.repeatedUser, path: path, user: "a"))) {
      try LEAFExamples.read(
        folder.path, schema: schema(1, userCount: 1), exampleCount: 2, sums: &sums)
    }
  }

  @Test func refusesOtherCountsThanDeclared() throws {
    let text = Self.file(#""a""#, "1", #""a": \#(Self.one)"#)
    let path = "\(folder.path)/data.json"
    #expect(throws: DatasetError.exampleCountMismatch(path: path, declared: 2, found: 1)) {
      try read(text, schema(1, userCount: 1), exampleCount: 2)
    }
    #expect(throws: DatasetError.userCountMismatch(path: path, declared: 2, found: 1)) {
      try read(text, schema(1, userCount: 2))
    }
    #expect(throws: DatasetError.noExamples(path: path)) {
      try read(Self.file("", "", ""), schema(1, userCount: 1))
    }
  }
}
