import Testing

@testable import Results

@Suite struct FilesTests {
  @Test(arguments: [
    ("a", "."), ("ab", "."), ("a/", "."), ("a/b", "a"), ("a/b//", "a"), ("a//b", "a"), ("/a", "/"),
    ("/", "/"), ("/a/b/c", "/a/b"), ("", "."),
  ])
  func everyPathHasAFolder(path: String, above: String) {
    #expect(folder(of: path) == above)
  }
}
