import Accounting
import Foundation
import Results
import Testing

@Suite struct CurveRowTests {
  @Test func rowsAreReadBackAsTheyWere() throws {
    let rows = try [1e-9, 0.1].map { delta in
      CurveRow(
        parameter: "delta", value: delta,
        guarantee: try PrivacyGuarantee(
          of: .repeated(.gaussian(noiseMultiplier: 1), count: 1_000_000), atDelta: delta,
          unit: .example, relation: .zeroOut, accountant: .rdp))
    }
    let data = CurveRow.csv(rows)
    #expect(
      String(decoding: data, as: UTF8.self).hasPrefix(
        "parameter,value,epsilon_lower,epsilon_upper,delta,privacy_unit,neighboring_relation,"
          + "sampling,accountant\ndelta,1e-09,"))
    #expect(try CurveRow.read(data, file: "curve.csv") == rows)
    #expect(throws: ResultsError.self) { try CurveRow.read(data.dropLast(), file: "curve.csv") }
  }
}
