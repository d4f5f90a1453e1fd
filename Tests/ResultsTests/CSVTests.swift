import Accounting
import Foundation
import Testing

@testable import Results

@Suite struct CSVTests {
  @Test(arguments: [
    (0.1, "0.1"), (1.0 / 3, "0.3333333333333333"), (1e-7, "1e-07"), (1e-5, "1e-05"),
    (0.00012, "0.00012"), (3, "3"), (-2, "-2"), (0, "0"), (-0.0, "-0"), (1e22, "1e+22"),
    (9_007_199_254_740_991, "9007199254740991"), (.leastNonzeroMagnitude, "5e-324"),
    (.infinity, "inf"),
    (-.infinity, "-inf"), (.nan, "nan"), (-.nan, "nan"), (0.1 + 0.2, "0.30000000000000004"),
  ])
  func writesTheShortestDecimal(value: Double, text: String) {
    #expect(value.csvText == text)
  }

  @Test func numbersKeepTheirBits() throws {
    var generator = SplitMix64(state: 20_261_122)
    for _ in 0..<5_000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      let read = try #require(Double(value.csvText))
      #expect(read.bitPattern == value.bitPattern)
    }
  }

  @Test(arguments: [
    ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"so\"", "\"say \"\"so\"\"\""),
    ("two\nlines", "\"two\nlines\""), ("cr\rlf\r\n", "\"cr\rlf\r\n\""), (" edge", "\" edge\""),
    ("edge ", "\"edge \""), ("in the middle", "in the middle"), ("δ=1e-05", "δ=1e-05"), ("", ""),
  ])
  func quotesAsRFC4180Says(sweep: String, field: String) throws {
    let row = Samples.trial(sweep: sweep, claim: try Samples.claim())
    let text = String(decoding: CSV.encode([row]), as: UTF8.self)
    #expect(text.contains("\n0123456789abcdef,0,0,\(field),2.5,"))
  }

  @Test func headersNeverChange() {
    #expect(
      header(TrialRow.self)
        == "trial,setting,replicate,sweep,epsilon_lower,epsilon_upper,delta,noise_multiplier,"
        + "privacy_unit,neighboring_relation,sampling,accountant,clipping_norm,target_epsilon,"
        + "rounds,evaluation_split,accuracy,loss,epsilon_upper_rdp,precision_limit,"
        + "diagnostic_bytes_up,diagnostic_bytes_down,diagnostic_participation,skipped_rounds\n")
    #expect(header(RoundRow.self) == "trial,round,metric,value\n")
    #expect(
      header(TradeoffRow.self)
        == "setting,sweep,epsilon_lower,epsilon_upper,delta,noise_multiplier,privacy_unit,"
        + "neighboring_relation,sampling,accountant,accuracy_mean,accuracy_standard_error,"
        + "accuracy_lower,accuracy_upper,n,epsilon_upper_rdp,precision_limit,"
        + "diagnostic_bytes_up_mean,diagnostic_bytes_down_mean,diagnostic_participation_mean,"
        + "skipped_rounds_mean\n")
    #expect(header(TimingRow.self) == "trial,seconds,updates\n")
  }

  @Test func linesEndInLineFeedsAlone() throws {
    let text = String(
      decoding: CSV.encode([Samples.trial(claim: try Samples.claim())]), as: UTF8.self)
    #expect(!text.contains("\r"))
    #expect(text.hasSuffix("\n"))
    #expect(!text.hasSuffix("\n\n"))
  }

  @Test func writesARowInFull() throws {
    let rows = [
      Samples.trial(claim: try Samples.claim()),
      Samples.trial(setting: 1, claim: try Samples.nonPrivateClaim(), clippingNorm: nil),
      Samples.trial(
        setting: 2, claim: try Samples.claim(limit: .noTightTheorem, epsilonUpperRDP: nil)),
    ]
    let lines = String(decoding: CSV.encode(rows), as: UTF8.self).split(separator: "\n")
    let noise = "0.3333333333333333,client,add-or-remove-one,poisson(rate=0.1),pld,0.5,,2,test"
    #expect(
      lines[1]
        == "0123456789abcdef,0,0,privacy.noise=none,2.5,3.0000000000000004,1e-07,\(noise),0.1,2.3,3.2,,,,,"
    )
    #expect(
      lines[2]
        == "0123456789abcdef,1,0,privacy.noise=none,inf,inf,1e-07,0,client,add-or-remove-one,"
        + "poisson(rate=0.1),pld,,,2,test,0.1,2.3,inf,,,,,")
    #expect(
      lines[3]
        == "0123456789abcdef,2,0,privacy.noise=none,2.5,3.0000000000000004,1e-07,\(noise),0.1,2.3,,"
        + "no-tight-theorem,,,,")
  }

  @Test func readsBackWhatItWrote() throws {
    let sweeps = [
      "", "plain", "a,b", "\"", "\"\"", ",", "two\nlines", " edge ", "δ ≤ 1e-05; \"x\", y\n",
    ]
    let limits = [nil] + PrecisionLimit.allCases
    let trials = try sweeps.enumerated().map { index, sweep in
      Samples.trial(
        setting: index, sweep: sweep,
        claim: index.isMultiple(of: 2)
          ? try Samples.claim(
            limit: limits[index % limits.count], epsilonUpperRDP: index == 0 ? nil : 3.1)
          : try Samples.nonPrivateClaim(),
        clippingNorm: index.isMultiple(of: 2) ? 0.1 : nil, accuracy: 1 / Double(index + 3))
    }
    try expectIdentity(trials)
    try expectIdentity(TradeoffRow.summarize(trials))
    try expectIdentity(
      Metric.allCases.enumerated().map { index, metric in
        RoundRow(
          trial: "t", round: index, metric: metric, site: index == 1 ? "va-long-beach" : nil,
          value: 1e-7 * Double(index) - 0.3)
      })
    try expectIdentity([TimingRow(trial: "t", seconds: 1e-9, updates: 0)])
    try expectIdentity([TimingRow]())
  }

  @Test(arguments: [
    ("", "rounds.csv does not hold what it should: its last line has no end; the file was cut off"),
    (
      "\n",
      "rounds.csv:1 does not hold what it should: its header is not trial,round,metric,value: "
        + "column 1 is \"\", where trial belongs"
    ),
    (
      "trial,round,value,metric\n",
      "rounds.csv:1 does not hold what it should: its header is not trial,round,metric,value: "
        + "column 3 is \"value\", where metric belongs"
    ),
    (
      "trial,round,metric\n",
      "rounds.csv:1 does not hold what it should: its header is not trial,round,metric,value: "
        + "column 4 is missing, where value belongs"
    ),
    (
      "trial,round,metric,value,site\n",
      "rounds.csv:1 does not hold what it should: its header is not trial,round,metric,value: "
        + "column 5 is \"site\", behind the last"
    ),
    (
      "trial,round,metric,value\na,1,loss,0.5\nb,2,loss,0.",
      "rounds.csv does not hold what it should: its last line has no end; the file was cut off"
    ),
    (
      "trial,round,metric,value\na,1,loss,0.5\nb,2,loss\nc,3,loss,1\n",
      "rounds.csv:3 does not hold what it should: 3 fields where the header has 4"
    ),
    (
      "trial,round,metric,value\na,1,loss,0.5,9\n",
      "rounds.csv:2 does not hold what it should: 5 fields where the header has 4"
    ),
    (
      "trial,round,metric,value\n\na,1,loss,0.5\n",
      "rounds.csv:2 does not hold what it should: 1 fields where the header has 4"
    ),
    (
      "trial,round,metric,value\na,one,loss,0.5\n",
      "rounds.csv:2 does not hold what it should: round is \"one\", not a whole number"
    ),
    (
      "trial,round,metric,value\na,1,loss,0.5\na,1,loss,0.5x\n",
      "rounds.csv:3 does not hold what it should: value is \"0.5x\", not a number"
    ),
    (
      "trial,round,metric,value\na,1,loss,\n",
      "rounds.csv:2 does not hold what it should: value is empty"
    ),
    (
      "trial,round,metric,value\na,1,los,0.5\n",
      "rounds.csv:2 does not hold what it should: metric \"los\" is not known"
    ),
    (
      "trial,round,metric,value\na,1,\"loss\"x,0.5\n",
      "rounds.csv:2 does not hold what it should: Can't have non-quote here: x"
    ),
    (
      "trial,round,metric,value\n\"a,1,loss,0.5\n",
      "rounds.csv:2 does not hold what it should: 1 fields where the header has 4"
    ),
  ])
  func malformedFilesNameTheirLine(text: String, message: String) {
    #expect {
      try CSV.decode(RoundRow.self, from: Data(text.utf8), file: "rounds.csv")
    } throws: { error in
      "\(error)" == message
    }
  }

  @Test func bytesThatAreNoTextAreRefused() {
    #expect(throws: ResultsError.unreadable(file: "rounds.csv", reason: "it is not UTF-8")) {
      try CSV.decode(RoundRow.self, from: Data([0x74, 0xff, 0x0a]), file: "rounds.csv")
    }
  }

  @Test(arguments: [
    ("privacy_unit", "client", "example, client"),
    (
      "neighboring_relation", "add-or-remove-one", "add-or-remove-one, replace-one, zero-out"
    ),
    (
      "accountant", "pld",
      "pld, rdp, gaussian-dp, zcdp, pure-dp, optimal-composition, moments, rdp-classic, "
        + "advanced-composition"
    ),
    (
      "precision_limit", "no-tight-theorem",
      "no-tight-theorem, divergences-alone, choice, too-many-outcomes, lattice-size, rounding"
    ),
  ])
  func unknownNamesAreRefused(column: String, name: String, known: String) throws {
    let claim = try Samples.claim(limit: .noTightTheorem)
    let good = String(decoding: CSV.encode([Samples.trial(claim: claim)]), as: UTF8.self)
    let bad = good.replacingOccurrences(of: ",\(name)", with: ",other")
    #expect {
      try CSV.decode(TrialRow.self, from: Data(bad.utf8), file: "trials.csv")
    } throws: { error in
      "\(error)" == "trials.csv:2 does not hold what it should: \(column) \"other\" is not known; "
        + "it is one of \(known)"
    }
  }

  private func header<Row: CSVRow>(_ type: Row.Type) -> String {
    String(decoding: CSV.encode([Row]()), as: UTF8.self)
  }

  private func expectIdentity<Row: CSVRow & Equatable>(_ rows: [Row]) throws {
    #expect(try CSV.decode(Row.self, from: CSV.encode(rows), file: "x.csv") == rows)
  }
}

/// SplitMix64 (Steele, Lea & Flood 2014): the same numbers on every run.
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
