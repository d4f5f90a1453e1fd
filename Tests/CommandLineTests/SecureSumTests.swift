import Foundation
import Testing
import _TestSupport

@Suite struct SecureSumTests {
  private func run(_ arguments: String) throws -> Program.Ending {
    try Program.run(["secure-sum"] + arguments.components(separatedBy: " "))
  }

  @Test func theTableSaysWhatItCosts() throws {
    let ending = try run(
      "--clients 8 --threshold 5 --dimension 10 --bits 20 --drop 2 --drop-late 1 --seed 3")
    #expect(ending.status == 0, "\(ending.errors)")
    // 8 clients: keys 116, 7 sealed shares of 100, the vector 45, 8 revealed shares of 44, and names.
    #expect(
      ending.output.contains(
        """
        8 clients, threshold 5, 10 integers modulo 2^20
        hidden from                 a server that is honest-but-curious, helped by up to 4 clients
        silent before their vector  2
        silent after it             1
        vectors in the sum          6
        sum                         equals the plain one
        bytes up, a client          1253 (50.12 times the plain 25)

        """))
  }

  @Test func jsonHoldsTheSame() throws {
    let ending = try run("--clients 6 --adversary active --dimension 100 --drop 1 --json")
    #expect(ending.status == 0, "\(ending.errors)")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any])
    #expect(report["clients"] as? Int == 6)
    #expect(report["threshold"] as? Int == 5)
    #expect(report["largest_collusion"] as? Int == 3)
    #expect(report["survivors"] as? Int == 5)
    #expect(report["sum_is_correct"] as? Bool == true)
    #expect(report["plain_bytes"] as? Int == 400)
    #expect((report["seconds"] as? [String: Double])?.count == 5)
  }

  @Test func filesAreSummed() throws {
    let folder = try TemporaryFolder()
    try folder.write("1,2,255\n3, 4,255\n5,6,255\n", to: "vectors.csv")
    let flags = "--input \(folder.at("vectors.csv")) --output \(folder.at("sum.csv"))"
    let ending = try run("--bits 8 --threshold 2 \(flags)")
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(try folder.text("sum.csv") == "9,12,253\n")
  }

  @Test(arguments: [
    ("1,2\n3\n", "line 2: its integers are 1, and those of line 1 2."),
    ("1,2\n3,256\n", "line 2, field 2 is \"256\"; it must be a whole number from 0 to 255."),
    ("1,2\n-3,4\n", "line 2, field 1 is \"-3\"; it must be a whole number from 0 to 255."),
    ("1,2\n", "error: 1 clients are invited; a sum hides a client only among others"),
  ])
  func wrongFilesAreNamed(text: String, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "vectors.csv")
    let ending = try run("--bits 8 --threshold 2 --input \(folder.at("vectors.csv"))")
    #expect(ending.status == 64)
    #expect(ending.errors.contains(message), "\(ending.errors)")
    #expect(ending.output == "")
  }

  @Test func wrongTermsAre64AndTooFewSurvivors1() throws {
    for (flags, status, message) in [
      ("--bits 65", 64, "error: bits is 65;"),
      ("--clients 5 --threshold 6", 64, "error: threshold is 6; with 5 clients"),
      (
        "--clients 5 --threshold 2 --adversary active", 64,
        "error: threshold is 2; with 5 clients and a server that is active it must be from 3 to 5"
      ),
      (
        "--clients 5 --threshold 4 --drop 2", 1,
        "error: 3 clients are left after masking and 4 are needed; nothing is revealed"
      ),
      (
        "--clients 5 --threshold 4 --drop 1 --drop-late 1", 1,
        "error: 3 clients are left after endorsing and 4 are needed; nothing is revealed"
      ),
    ] as [(String, Int32, String)] {
      let ending = try run(flags)
      #expect(ending.status == status)
      #expect(ending.errors.hasPrefix(message), "\(ending.errors)")
      #expect(ending.output == "")
    }
  }
}
