import Foundation
import Testing
import _TestSupport

/// `--batch`: questions in, answers out, a line each.
@Suite struct BatchTests {
  private func answers(_ ending: Program.Ending) throws -> [[String: Any]] {
    try ending.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  private static let gaussian = #"{"kind": "gaussian", "noise_multiplier": 3.7306316348159418}"#

  @Test func errorsStayInTheirLines() throws {
    let lines = [
      #"{"id": "a", "event": \#(Self.gaussian), "delta": 1e-5, "accountant": "gaussian-dp"}"#,
      #"{"id": 2, "event": \#(Self.gaussian), "delta": 0}"#,
      "not JSON",
      "",
      #"{"id": 4, "event": \#(Self.gaussian), "epsilon": 1, "accountant": "gaussian-dp"}"#,
      #"{"id": 5, "event": {"class_name": "RandomAllocationDpEvent"}, "delta": 1e-5}"#,
      #"{"id": 6, "event": {"kind": "gaussian", "noise_multiplier": "nan"}, "delta": 1e-5}"#,
      #"{"id": 7, "event": \#(Self.gaussian)}"#,
      #"{"id": 8, "event": \#(Self.gaussian), "delta": 1e-5, "epsilon": 1}"#,
      #"{"id": 9, "event": \#(Self.gaussian), "delta": 1e-5, "acountant": "rdp"}"#,
      #"{"id": 10, "event": \#(Self.gaussian), "delta": 1e-5, "accountant": "rpd"}"#,
      #"{"event": \#(Self.gaussian), "delta": 2}"#,
      #"{"id": 12, "event": {"kind": "repeated", "count": 9007199254740993, "event": "#
        + #"\#(Self.gaussian)}, "delta": 1e-5}"#,
      #"{"id": 13, "event": {"kind": "non_private"}, "delta": 1e-5, "privacy_unit": "example"}"#,
    ]
    let ending = try Program.run(["epsilon", "--batch", "-"], input: lines.joined(separator: "\n"))
    #expect(ending.status == 1)
    #expect(ending.errors == "10 of 13 questions could not be answered\n")
    let answers = try answers(ending)
    #expect(answers.count == 13)
    #expect(answers[0]["id"] as? String == "a")
    #expect(abs(try #require(answers[0]["epsilon_upper"] as? Double) - 1) < 1e-9)
    #expect(answers[0]["neighboring_relation"] as? String == "add-or-remove-one")
    #expect(answers[3]["id"] as? Int == 4)
    #expect(abs(try #require(answers[3]["delta_lower"] as? Double) - 1e-5) < 1e-14)
    #expect(answers[12]["epsilon_upper"] as? String == "infinity")
    #expect(answers[12]["privacy_unit"] as? String == "example")
    for (index, id, message) in [
      (1, 2, "delta is 0.0; it must be a number greater than 0 and less than 1"),
      (4, 5, "event: RandomAllocationDpEvent cannot be priced"),
      (5, 6, "event: noise_multiplier is nan; it must be a finite number greater than 0"),
      (6, 7, "neither \"delta\" nor \"epsilon\" is given"),
      (7, 8, "delta: \"delta\" and \"epsilon\" exclude each other"),
      (8, 9, "acountant: a question has no such name; its names are id, "),
      (9, 10, "accountant: \"rpd\" is none of pld, "),
      (11, 12, "event"),
    ] {
      #expect(answers[index]["id"] as? Int == id)
      #expect(answers[index].count == 2)
      let error = try #require(answers[index]["error"] as? String)
      #expect(error.hasPrefix(message), "\(error)")
    }
    for (index, line) in [(2, 3), (10, 12)] {
      #expect(answers[index]["id"] is NSNull)
      #expect(answers[index]["line"] as? Int == line)
      #expect(answers[index]["error"] is String)
    }
  }

  @Test func flagsStandInForWhatLinesLeaveOut() throws {
    let folder = try TemporaryFolder()
    let ledger =
      #"{"events": [{"event": \#(Self.gaussian), "count": 1}], "trial": "t1", "#
      + #""neighboring_relation": "zero-out", "privacy_unit": "example"}"#
    try folder.write(
      "\(ledger)\n{\"id\": 2, \"event\": \(Self.gaussian), \"epsilon\": 0}\n", to: "ledgers.jsonl")
    let ending = try Program.run(
      "epsilon", "--batch", folder.at("ledgers.jsonl"), "--delta", "1e-5", "--accountant",
      "gaussian-dp", "--neighboring-relation", "replace-one")
    #expect(ending.status == 0 && ending.errors == "")
    let answers = try answers(ending)
    #expect(answers[0]["id"] as? String == "t1")
    #expect(answers[0]["neighboring_relation"] as? String == "zero-out")
    #expect(answers[0]["privacy_unit"] as? String == "example")
    #expect(abs(try #require(answers[0]["epsilon_upper"] as? Double) - 1) < 1e-9)
    #expect(answers[1]["neighboring_relation"] as? String == "replace-one")
    #expect(answers[1]["delta_upper"] is Double)
  }

  @Test func missingFilesAreNamed() throws {
    let ending = try Program.run("epsilon", "--batch", "/nowhere/q.jsonl")
    #expect(ending.status == 1)
    #expect(ending.errors == "error: cannot read /nowhere/q.jsonl: No such file or directory\n")
    let folder = try Program.run("epsilon", "--batch", "/")
    #expect(folder.status == 1)
    #expect(folder.errors == "error: cannot read /: Is a directory\n")
  }

  /// Each answer is out before the next question is in, so two programs can talk.
  @Test func answersComeLineByLine() throws {
    let process = Process()
    process.executableURL = URL(filePath: Program.path)
    process.arguments = ["epsilon", "--batch", "-", "--delta", "1e-5"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    for id in 1...3 {
      try input.fileHandleForWriting.write(
        contentsOf: Data("{\"id\": \(id), \"event\": \(Self.gaussian)}\n".utf8))
      let answer = output.fileHandleForReading.availableData
      #expect(String(decoding: answer, as: UTF8.self).contains("\"id\":\(id),"))
    }
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test(arguments: ["", "trap '' PIPE; "])
  func aReaderThatLeavesIsNoError(preparation: String) throws {
    let folder = try TemporaryFolder()
    let question = "{\"event\": \(Self.gaussian), \"delta\": 1e-5}\n"
    try folder.write(String(repeating: question, count: 2000), to: "many.jsonl")
    let ending = try Program.run(
      after: "\(preparation)\"$@\" | head -1; set -- true",
      "epsilon", "--batch", folder.at("many.jsonl"))
    #expect(ending.status == 0)
    #expect(ending.errors == "")
    #expect(ending.output.split(separator: "\n").count == 1)
  }
}
