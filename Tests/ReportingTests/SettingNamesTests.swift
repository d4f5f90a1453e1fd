import Testing

@testable import Reporting

@Suite struct SettingNamesTests {
  @Test func noiseIsNamedByItsPrice() throws {
    let rows = Samples.rows([
      ("case=FedAvg;privacy.noise=none", try Samples.claim(.infinity, noiseMultiplier: 0), [0.5]),
      ("case=FedAvg;privacy.noise=x", try Samples.claim(1.99999, noiseMultiplier: 1), [0.5]),
    ])
    let names = SettingNames(rows)
    #expect(rows.map { names[$0] } == ["FedAvg, no noise", "FedAvg, ε ≤ 2.0"])
  }

  @Test func longAndEqualNamesDiffer() throws {
    let claim = try Samples.claim(1, noiseMultiplier: 1)
    let long = String(repeating: "long ", count: 20)
    let rows = Samples.rows([
      ("a=\(long)1", claim, [0.5]), ("a=\(long)2", claim, [0.5]), ("a=short", claim, [0.5]),
    ])
    let names = SettingNames(rows)
    #expect(names[rows[0]].hasPrefix("1: long") && names[rows[1]].hasPrefix("2: long"))
    #expect(names[rows[0]].count < 50 && names[rows[2]] == "short")
  }
}
