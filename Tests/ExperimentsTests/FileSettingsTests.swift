import Foundation
import LinearAlgebra
import Results
import Testing
import _TestSupport

@testable import Datasets
@testable import Experiments

@Suite struct FileSettingsTests {
  /// 60 rows whose class shows in both columns.
  static let csv = """
      csv:
        training: data/train.csv
        training_examples: 50
        test_examples: 10
        missing_marks: ["?"]
        columns:
          who: {user: 5}
          x1..x2: {number: [0, 10], missing: {value: 5, indicator: true}}
          color: {category: [red, [green, lime]], missing: red}
          note: ignored
          y: {label: ["no", "yes"]}

    """

  static func source(_ dataset: String, _ changes: [String: String] = [:]) -> String {
    TinyExperiment.plain(
      changes.merging(["  name: fashion-mnist\n": indented(dataset)]) { first, _ in first })
  }

  private static func indented(_ dataset: String) -> String {
    let lines = dataset.split(separator: "\n").map(String.init)
    let margin = lines[0].prefix { $0 == " " }.count
    return lines.map { "  \($0.dropFirst(margin))\n" }.joined()
  }

  static func writeTable(in folder: TemporaryFolder) throws {
    try FileManager.default.createDirectory(
      atPath: folder.at("data"), withIntermediateDirectories: true)
    let rows = (0..<60).map { row in
      let value = row % 2 == 0 ? 1 + row % 3 : 8 + row % 3
      return "\(row % 2 == 0 ? "no" : "yes"),n\(row),\(value),user \(row % 5),lime,"
        + (row % 7 == 0 ? "?" : "\(value)") + "\n"
    }
    try folder.write("y,note,x1,who,color,x2\n" + rows.joined(), to: "data/train.csv")
  }

  static func dataset(_ source: String) throws -> DatasetSettings {
    try TinyExperiment.experiment(source).points[0].settings.dataset
  }

  @Test func readsATable() throws {
    let settings = try Self.dataset(Self.source(Self.csv))
    guard case .files(let files) = settings.source,
      case .table("data/train.csv", let schema) = files.dataset.training
    else {
      Issue.record("\(settings.source)")
      return
    }
    let missing = TableColumn.Substitute(5.0, isIndicated: true)
    #expect(
      schema.columns == [
        TableColumn("who", .user(count: 5)), TableColumn("x1", .number(0...10, missing: missing)),
        TableColumn("x2", .number(0...10, missing: missing)),
        TableColumn(
          "color", .category(NamedValues([["red"], ["green", "lime"]]), missing: .init("red"))),
        TableColumn("note", .ignored), TableColumn("y", .label(["no", "yes"])),
      ])
    #expect(schema.missingMarks == ["?"])
    #expect(try schema.dialect == TableDialect())
    #expect(files.dataset.test == nil)
    #expect(files.shape == .features(6) && settings.source.classCount == 2)
    #expect(settings.source.trainingExampleCount == 50 && settings.unitCount == 40)
    #expect(files.dataset.ownerCount == 5)
  }

  @Test func readsAnyDialect() throws {
    let settings = try Self.dataset(
      Self.source(
        """
        csv:
          training: a
          test: b
          training_examples: 50
          test_examples: 10
          delimiter: "\\t"
          header: false
          skipped_lines: 3
          trim_spaces: false
          shape: [2, 2]
          columns: {p08..p11: {number: [-1.5, 1]}, y: {label: [0, 1, 2]}}
        """))
    guard case .files(let files) = settings.source,
      case .table(_, let schema) = files.dataset.training, case .table("b", _) = files.dataset.test
    else {
      Issue.record("\(settings.source)")
      return
    }
    #expect(
      try schema.dialect == TableDialect(delimiter: "\t", hasHeader: false, skippedLines: 3))
    #expect(schema.columns.map(\.name) == ["p08", "p09", "p10", "p11", "y"])
    #expect(files.shape == .image(height: 2, width: 2))
  }

  @Test func readsArchivesAndArrays() throws {
    let counts = "training_examples: 50, test_examples: 10, classes: 3, shape: [4]"
    let short = try Self.dataset(Self.source("npz: {training: a.npz, users: 5, \(counts)}"))
    let usual = ArrayFiles(
      archive: "a.npz", features: "features", labels: "labels", users: "users")
    let schema = ExampleSchema(shape: .features(4), classCount: 3, userCount: 5)
    #expect(short.source.files?.dataset.training == .arrays(usual, schema))

    let named = try Self.dataset(
      Self.source(
        "npz: {training: {archive: a.npz, features: x, labels: y}, "
          + "test: {features: x.npy, labels: y.npy}, bounds: [0, 255], \(counts)}"))
    let bounded = ExampleSchema(shape: .features(4), classCount: 3, bounds: 0...255)
    #expect(
      named.source.files?.dataset
        == FileDataset(
          training: .arrays(ArrayFiles(archive: "a.npz", features: "x", labels: "y"), bounded),
          test: .arrays(ArrayFiles(archive: nil, features: "x.npy", labels: "y.npy"), bounded),
          trainingExampleCount: 50, testExampleCount: 10))
  }

  @Test func readsLEAF() throws {
    let settings = try Self.dataset(
      Self.source(
        "leaf: {training: train, test: test, users: 5, training_examples: 50, test_examples: 10, "
          + "classes: 62, shape: [28, 28]}"))
    let schema = ExampleSchema(shape: .image(height: 28, width: 28), classCount: 62, userCount: 5)
    #expect(
      settings.source.files?.dataset
        == FileDataset(
          training: .leaf(path: "train", schema), test: .leaf(path: "test", schema),
          trainingExampleCount: 50, testExampleCount: 10))
  }

  @Test(
    arguments: [
      (
        "  csv:", "  name: mnist\n  csv:",
        "dataset.csv: a data set has one source; remove name or this"
      ),
      ("training: data/train.csv", "training: ''", "dataset.csv.training: must be a name"),
      ("    training_examples: 50\n", "", "dataset.csv.training_examples: is missing"),
      ("test_examples: 10", "test_examples: 0", "dataset.csv.test_examples: must be from 1"),
      (
        "missing_marks: [\"?\"]", "missing: [\"?\"]",
        "dataset.csv.missing: unknown key. Known here: training,"
      ),
      ("missing_marks: [\"?\"]", "missing_marks: [[a, b]]", "expected a text, found a list"),
      ("missing_marks:", "delimiter: ab\n    missing_marks:", "delimiter: must be one character"),
      (
        "missing_marks:", "delimiter: é\n    missing_marks:",
        "delimiter: the delimiter must be one ASCII"
      ),
      ("missing_marks:", "header: yes\n    missing_marks:", "header: expected true or false"),
      (
        "missing_marks:", "shape: [3, 3]\n    missing_marks:",
        "shape: the columns make 6 features, not 9"
      ),
      (
        "missing_marks:", "shape: []\n    missing_marks:",
        "shape: must be [features], [rows, columns]"
      ),
      (
        "number: [0, 10]", "number: from_data",
        "columns.x1..x2.number: bounds read from the data are a release without noise"
      ),
      (
        "number: [0, 10]", "number: [10, 0]",
        "number: must be two numbers, the lower one first, found [10.0, 0.0]"
      ),
      ("number: [0, 10]", "number: [0, 1, 2]", "number: must be two numbers"),
      ("number: [0, 10]", "number: [0, high]", "number: expected a number, found \"high\""),
      ("number: [0, 10]", "numbers: [0, 10]", "numbers: unknown key; did you mean \"number\"?"),
      (
        "value: 5", "value: 11",
        "columns.x1..x2: the substitute for a missing value must lie within"
      ),
      ("value: 5", "default: 5", "missing.default: unknown key"),
      ("x1..x2", "x2..x1", "columns.x2..x1: must be a run of 1 to 65536 columns"),
      ("x1..x2", "x1..x99999999999999999999", "must be a run of 1 to 65536 columns"),
      (
        "x1..x2: {number: [0, 10], missing: {value: 5, indicator: true}}",
        "x1..x2: {number: [0, 10]}\n      x2: ignored", "columns.x2: is declared twice"
      ),
      (
        "missing: red", "missing: blue",
        "columns.color: the substitute for a missing value must be one"
      ),
      (
        "[red, [green, lime]]", "[red, [green, red]]",
        "columns.color: \"red\" stands twice among its categories"
      ),
      ("[red, [green, lime]]", "[red, {a: b}]", "category: expected a text or a list of texts"),
      ("[\"no\", \"yes\"]", "[only]", "columns.y: must have from 2 to 256 classes; given 1"),
      ("{label: [\"no\", \"yes\"]}", "ignored", "columns: one column is the label"),
      (
        "{label: [\"no\", \"yes\"]}", "{label: [a, b], missing: a}",
        "missing: nothing stands in for a label"
      ),
      ("{user: 5}", "{user: 0}", "columns.who.user: must be from 1 to 2147483647"),
      ("{user: 5}", "{user: 5, label: [a, b]}", "columns.who: a column is one of these"),
      (
        "note: ignored", "note: ignore",
        "columns.note: \"ignore\" is not a choice; did you mean \"ignored\"?"
      ),
    ])
  func saysWhatIsWrong(text: String, change: String, complaint: String) throws {
    let source = Self.source(Self.csv)
    try #require(source.contains(text))
    let error = try #require(throws: ExperimentError.self) {
      try TinyExperiment.experiment(source.replacingOccurrences(of: text, with: change))
    }
    #expect(error.description.contains(complaint))
    #expect(error.description.hasPrefix("tiny.yaml:"))
    #expect(error.line != nil)
  }

  @Test(
    arguments: [
      ("shape: [4]", "shape: [65536, 65536]", "shape: must be at most 2^24 features in all"),
      ("classes: 3", "classes: 257", "classes: must be from 2 to 256"),
      ("users: 5", "users: 0", "users: must be from 1"),
      ("users: 5", "bounds: from_data", "bounds: bounds read from the data are a release"),
      (
        "training: a.npz", "training: {archive: a.npz, features: x, labels: y}",
        "training.users: is missing"
      ),
      ("training: a.npz", "training: {archive: a.npz, x: x}", "training.x: unknown key"),
      (
        "training: a.npz", "training: a.npz, test: {features: x, labels: y, users: z}",
        "test.users: unknown key"
      ),
    ])
  func saysWhatIsWrongWithArrays(text: String, change: String, complaint: String) throws {
    let source = Self.source(
      "npz: {training: a.npz, users: 5, training_examples: 50, test_examples: 10, classes: 3, "
        + "shape: [4]}"
    ).replacingOccurrences(of: text, with: change)
    let error = try #require(throws: ExperimentError.self) {
      try TinyExperiment.experiment(source)
    }
    #expect(error.description.contains("dataset.npz.\(complaint)"))
  }

  @Test func usersCanBeTheClients() async throws {
    let folder = try TemporaryFolder()
    try Self.writeTable(in: folder)
    let natural = ["clients: 40": "clients: 5", "partition: iid": "partition: natural"]
    let settings = try Self.dataset(Self.source(Self.csv, natural))
    let data = try settings.source.load(
      folder: nil, filesFolder: folder.path, seed: 7, workers: .one)
    let clients = try #require(try TrialData(data, settings: settings, seed: 7).clients)
    let owners = try #require(data.training.owners)
    var examples: [Int32] = []
    for client in 0..<5 {
      clients.list(client: client, into: &examples)
      #expect(examples.count > 0 && examples.allSatisfy { owners[Int($0)] == client })
    }

    for (changes, complaint) in [
      (["partition: iid": "partition: natural"], "clients: the examples of csv belong to 5"),
      (
        natural.merging(["{user: 5}": "ignored"]) { one, _ in one },
        "partition: csv does not say who its examples belong to"
      ),
    ] {
      let source = changes.reduce(Self.source(Self.csv)) { text, change in
        text.replacingOccurrences(of: change.key, with: change.value)
      }
      let error = try #require(throws: ExperimentError.self) {
        try TinyExperiment.experiment(source)
      }
      #expect(error.description.contains(complaint))
    }
  }

  /// The plan spells the declaration out, in the order of the columns, and names the files' sum.
  @Test func plansNameFilesAndTheirFingerprint() throws {
    let folder = try TemporaryFolder()
    try Self.writeTable(in: folder)
    let source = Self.source(Self.csv)
    let plan = try Plan(
      try TinyExperiment.experiment(source), file: folder.at("tiny.yaml"))
    let json = try JSONSerialization.jsonObject(with: CanonicalJSON.line(plan.trials[0].plan))
    let fields = try #require(json as? [String: Any])
    let csv = try #require((fields["dataset"] as? [String: Any])?["csv"] as? [String: Any])
    #expect(csv["training"] as? String == "data/train.csv")
    #expect(csv["training_examples"] as? Int == 50)
    #expect(csv["shape"] as? [Int] == [6])
    let columns = try #require(csv["columns"] as? [[String: Any]])
    #expect(columns.flatMap(\.keys) == ["who", "x1..x2", "color", "note", "y"])
    #expect(csv["header"] == nil && csv["delimiter"] == nil && csv["test"] == nil)

    let dataset = try #require(plan.trials[0].plan.dataset.source.files?.dataset)
    let fingerprint = try dataset.fingerprint(from: folder.path)
    #expect(fields["dataset_fingerprint"] as? String == fingerprint)
    #expect(plan.datasetDescription == "csv sha256:\(fingerprint)")

    // Found from another folder, the same trials; with another byte, others.
    let ids = plan.trials.map(\.id)
    let elsewhere = try Plan(
      try TinyExperiment.experiment(source), file: "tiny.yaml", dataFolder: folder.path)
    #expect(elsewhere.trials.map(\.id) == ids)
    try folder.write(
      folder.text("data/train.csv").replacingOccurrences(of: "n59", with: "n60"),
      to: "data/train.csv")
    let changed = try Plan(try TinyExperiment.experiment(source), file: folder.at("tiny.yaml"))
    #expect(Set(changed.trials.map(\.id)).isDisjoint(with: ids))
  }

  @Test func aPlanWithoutItsFilesSaysWhichIsMissing() throws {
    #expect(
      throws: DatasetError.unreadable(
        path: "/nowhere/data/train.csv", reason: "No such file or directory")
    ) {
      try Plan(
        try TinyExperiment.experiment(Self.source(Self.csv)), file: "tiny.yaml",
        dataFolder: "/nowhere")
    }
  }

  /// From the file to verified results; and then without the data.
  @Test func runsFromFilesAndVerifiesWithoutThem() async throws {
    let folder = try TemporaryFolder()
    try Self.writeTable(in: folder)
    let source = Self.source(
      Self.csv, ["rounds: 3\n": "rounds: 30\n", "{multiplier: 1.0}": "none"])
    let results = folder.at("results")
    try await run(source, in: folder, results: results)
    let rows = try RunFiles(directory: results).trialRows()
    #expect(rows.count == 2 && rows.allSatisfy { $0.accuracy > 0.9 })

    try FileManager.default.removeItem(atPath: folder.at("data"))
    let verification = try Verification(directory: results)
    #expect(verification.findings == [])
    #expect(verification.trialCount == 2)

    // The recorded fingerprint is part of what is verified.
    let plan = try folder.text("results/plan.json")
    let fingerprint = try #require(
      plan.firstMatch(of: /"dataset_fingerprint" : "([0-9a-f]{64})"/)
    ).1
    let forged = String(fingerprint.reversed())
    try folder.write(
      plan.replacingOccurrences(of: fingerprint, with: forged), to: "results/plan.json")
    #expect(try Verification(directory: results).findings.count > 1)
  }

  @Test func aRunRefusesDataThatChangedSinceItWasPlanned() async throws {
    let folder = try TemporaryFolder()
    try Self.writeTable(in: folder)
    let plan = try Plan(
      try TinyExperiment.experiment(Self.source(Self.csv)), file: folder.at("tiny.yaml"))
    let planned = plan.trials[0].plan.datasetFingerprint
    try folder.write(
      folder.text("data/train.csv").replacingOccurrences(of: "lime", with: "red"),
      to: "data/train.csv")
    let found = try #require(plan.trials[0].plan.dataset.source.files?.dataset)
      .fingerprint(from: folder.path)
    await #expect(throws: DatasetError.changed(expected: planned, found: found)) {
      try await run(plan, results: folder.at("results"))
    }
  }

  private func run(_ source: String, in folder: TemporaryFolder, results: String) async throws {
    try await run(
      Plan(try TinyExperiment.experiment(source), file: folder.at("tiny.yaml")), results: results)
  }

  private func run(_ plan: Plan, results: String) async throws {
    let directory = try RunDirectory(results, plan: plan.document(), restart: false)
    let runner = SweepRunner(
      plan: plan, dataFolder: nil, threads: 1, checkpointInterval: .seconds(10))
    _ = try await runner.run(in: directory, provenance: Sweep.provenance) { _ in }
  }
}

extension DatasetSource {
  var files: FileSettings? {
    if case .files(let files) = self { files } else { nil }
  }
}
