import Testing

@testable import Datasets

struct DelimitedRecordsTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  func records(
    _ text: String, _ dialect: TableDialect? = nil
  ) throws -> [(line: Int, values: [String])] {
    try records(Array(text.utf8), dialect)
  }

  func records(
    _ bytes: [UInt8], _ dialect: TableDialect? = nil
  ) throws -> [(line: Int, values: [String])] {
    let path = try folder.write(bytes, as: "table.csv")
    var reader = try DelimitedRecords(path: path, dialect: try dialect ?? TableDialect())
    var records: [(line: Int, values: [String])] = []
    while let record = try reader.record() { records.append(record) }
    return records
  }

  func values(_ text: String, _ dialect: TableDialect? = nil) throws -> [[String]] {
    try records(text, dialect).map(\.values)
  }

  @Test(arguments: ["a,b\n1,2\n", "a,b\n1,2", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "\u{FEFF}a,b\n1,2\n"])
  func endsLinesInAnyManner(text: String) throws {
    #expect(try values(text) == [["a", "b"], ["1", "2"]])
  }

  @Test func keepsEmptyValuesAtEitherEnd() throws {
    #expect(try values(",\n,x,\n\"\",\"\"") == [["", ""], ["", "x", ""], ["", ""]])
  }

  @Test func hasNoRecordInAnEmptyFile() throws {
    #expect(try values("") == [])
    #expect(try values("\u{FEFF}") == [])
  }

  @Test func readsQuotedValuesToTheLetter() throws {
    let text = "\"a,b\",\"say \"\"hello\"\"\",\" two\r\nlines\n\"\nplain, spaced ,\n"
    #expect(
      try values(text) == [
        ["a,b", "say \"hello\"", " two\r\nlines\n"], ["plain", " spaced ", ""],
      ])
  }

  @Test func saysOnWhichLineARecordBegins() throws {
    let found = try records("a\n\"b\nb\r\nb\"\r\n\nc\r\rd")
    #expect(found.map(\.line) == [1, 2, 5, 6, 7, 8])
    #expect(found.map(\.values) == [["a"], ["b\nb\r\nb"], [""], ["c"], [""], ["d"]])
  }

  @Test func trimsSpacesWhereAsked() throws {
    let dialect = try TableDialect(trimsSpaces: true)
    #expect(
      try values(" a ,\t\"b \" , c d\n 1, ,\n", dialect) == [["a", "b ", "c d"], ["1", "", ""]])
  }

  @Test(arguments: [";", "\t", "|", " "] as [Character])
  func splitsAtTheDeclaredDelimiter(delimiter: Character) throws {
    let dialect = try TableDialect(delimiter: delimiter)
    #expect(
      try values("a,b\(delimiter)\"\(delimiter)\"", dialect) == [["a,b", String(delimiter)]])
  }

  @Test func skipsLinesWhateverTheyHold() throws {
    let dialect = try TableDialect(skippedLines: 2)
    let found = try records("|1x3 \"Cross\r\n\nx\n", dialect)
    #expect(found.map(\.line) == [3])
    #expect(found.map(\.values) == [["x"]])
    #expect(try values("one line", dialect) == [])
  }

  @Test(
    arguments: [
      ("a\n\"b\n\n", TableError.Problem.unterminatedQuote, 2),
      ("a\nb\"c\"", .misplacedQuote, 2),
      ("a\n\"b\"c", .misplacedQuote, 2),
      ("a\n\"b\" ", .misplacedQuote, 2),
      ("\"a\nb\",c\"", .misplacedQuote, 1),
    ])
  func refusesQuotesThatDoNotPair(text: String, problem: TableError.Problem, line: Int) throws {
    #expect(
      throws: DatasetError.table(
        TableError(problem, path: "\(folder.path)/table.csv", line: line))
    ) {
      try records(text)
    }
  }

  @Test(arguments: [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0xaf]] as [[UInt8]])
  func refusesWhatIsNotUTF8(bytes: [UInt8]) throws {
    #expect(
      throws: DatasetError.table(
        TableError(.notUTF8, path: "\(folder.path)/table.csv", line: 2))
    ) {
      try records(Array("a\nb,".utf8) + bytes + Array(",c\n".utf8))
    }
  }

  @Test func readsAcrossChunksPlainAndPacked() throws {
    // Lines of 7 bytes straddle the chunks of 2^16 in every way.
    let text = (0..<50_000).map { "\"\(String(100 + $0 % 900))\"\r\n" }.joined()
    let bytes = Array(text.utf8)
    var sums: [String] = []
    for contents in [bytes, gzip(bytes)] {
      let path = try folder.write(contents, as: "table.csv.gz")
      var reader = try DelimitedRecords(path: path, dialect: TableDialect())
      var count = 0
      while let record = try reader.record() {
        #expect(record.line == count + 1)
        #expect(record.values == [String(100 + count % 900)])
        count += 1
      }
      #expect(count == 50_000)
      sums.append(try reader.sha256())
    }
    // Python: hashlib.sha256("".join(f'"{100 + i % 900}"\r\n' for i in range(50000)).encode())
    let expected = "4069b67a176cc9eb66a58d8b7c4c3c81ce4e508f0def83989215957e3e9d76fc"
    #expect(sums == [expected, expected])
  }

  @Test func refusesBytesBehindTheGzipStream() throws {
    let path = try folder.write(gzip(Array("a\n".utf8)) + [0], as: "table.csv.gz")
    #expect(throws: DatasetError.trailingBytes(path: path, expectedByteCount: 2)) {
      var reader = try DelimitedRecords(path: path, dialect: TableDialect())
      while try reader.record() != nil {}
      _ = try reader.sha256()
    }
  }
}
