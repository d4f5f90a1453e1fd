import Foundation
import Testing

@testable import Reporting

@Suite struct ProgressTextTests {
  private static let now = Date(timeIntervalSince1970: 1_800_000_000)

  private static func group(
    _ sweeps: [String] = ["privacy.noise=none", "privacy.noise=target_epsilon:2"],
    round: Int = 40, accuracies: [Double]? = [0.7634, 0.8041],
    epsilons: [Double] = [.infinity, 1.2],
    delta: Double? = 1e-5
  ) -> ProgressText.Group {
    ProgressText.Group(
      sweeps: sweeps, replicate: 3, round: round, rounds: 100, accuracies: accuracies,
      epsilons: epsilons, delta: delta)
  }

  private static func text(_ groups: [ProgressText.Group], secondsLeft: Double? = 192)
    -> ProgressText
  {
    ProgressText(
      share: 0.4297, finishedTrials: 19, trials: 45, secondsLeft: secondsLeft, groups: groups,
      now: now)
  }

  private var end: String { clockText(Self.now.addingTimeInterval(192), from: Self.now) }

  @Test func aWideTerminalShowsEverything() {
    #expect(
      Self.text([Self.group()]).screen(columns: 120, rows: 24) == [
        "[##########--------------]  42 %  19/45 trials  3.2 min left  ends \(end)",
        "[####------]  40/100  accuracy 76.3 .. 80.4 %  epsilon <= 1.2, or inf at delta 1e-05  "
          + "replicate 3, 2 trials",
      ])
  }

  @Test func partsGiveWayWhereItIsNarrow() {
    let text = Self.text([Self.group(epsilons: [0.30001, 4])])
    #expect(
      text.screen(columns: 79, rows: 24)[1]
        == "[####------]  40/100  76.3-80.4 %  epsilon <= 0.3001 .. 4.0  replicate 3, ...")
    #expect(
      text.screen(columns: 39, rows: 24) == [
        "[##----]  42 %  19/45  3.2 min left", "40/100  76.3-80.4 %  eps. <= 0.3001-4.0",
      ])
    #expect(
      text.screen(columns: 34, rows: 24) == [
        "42 %  19/45  3.2 min left", "40/100  76.3-80.4 %  eps. <= 4.0",
      ])
    #expect(text.screen(columns: 12, rows: 24) == ["42 %", "40/100"])
  }

  /// Whatever the names hold.
  @Test(arguments: ["plain", "täglich;x=日本語日本語日本語", "\u{1B}[2J\u{7}\u{9B}2J\ttab\nline"])
  func noLineIsWiderThanTheTerminal(name: String) {
    let groups = (0..<7).map { index in
      Self.group(["cases=\(name)"], round: index, accuracies: [0.5], epsilons: [1.5])
    }
    for columns in Array(0...60) + [79, 99, 200] {
      for rows in [1, 2, 3, 5, 24] {
        let lines = Self.text(groups, secondsLeft: 1e7).screen(columns: columns, rows: rows)
        #expect(lines.allSatisfy { width($0) <= columns })
        #expect(lines.count < max(2, rows))
        #expect(
          !lines.joined().unicodeScalars.contains { $0.properties.generalCategory == .control })
      }
    }
  }

  @Test func moreGroupsThanRoomAreCounted() {
    let lines = Self.text((0..<7).map { _ in Self.group() }).screen(columns: 100, rows: 24)
    #expect(lines.count == 6 && lines.last == "and 3 more")
  }

  @Test func nothingIsSaidBeforeItIsKnown() {
    let text = Self.text([Self.group(round: 0, accuracies: nil)], secondsLeft: nil)
    #expect(
      text.screen(columns: 100, rows: 24) == [
        "[##########--------------]  42 %  19/45 trials",
        "[----------]  0/100  replicate 3, 2 trials",
      ])
  }

  @Test func theLogSaysAllOfIt() {
    let group = Self.group(
      ["a.b=1;c=2", "a.b=1;c=3"], accuracies: [0.5, 0.5], epsilons: [.infinity, .infinity])
    #expect(
      Self.text([group], secondsLeft: 3.2).log == [
        "progress: 42 %, 19/45 trials, 4 s left, ends about "
          + clockText(Self.now.addingTimeInterval(3.2), from: Self.now),
        "  round 40/100, accuracy 50.0 %, epsilon inf, replicate 3, b=1, 2 trials",
      ])
  }

  @Test(arguments: [
    (0.04, "0.0 s"), (9.94, "9.9 s"), (9.96, "10 s"), (89, "89 s"), (90, "1.5 min"),
    (3569, "59.5 min"), (3600, "1 h 00 min"), (7500, "2 h 05 min"), (86_400, "1 d 0 h"),
    (273_600, "3 d 4 h"),
  ])
  func durationsReadWell(seconds: Double, text: String) {
    #expect(durationText(seconds) == text)
  }

  @Test func anEndOnAnotherDayHasItsDate() {
    #expect(clockText(Self.now, from: Self.now).wholeMatch(of: /\d\d:\d\d/) != nil)
    let later = Self.now.addingTimeInterval(86_400 * 2)
    #expect(clockText(later, from: Self.now).wholeMatch(of: /2027-01-1\d \d\d:\d\d/) != nil)
  }

  @Test func theSummarySaysWhatWasDone() {
    #expect(
      RunSummary(
        computed: 6, kept: 3, seconds: 75, slowest: (sweep: "privacy.noise=none", seconds: 0.42)
      ).description
        == "computed 6 trials in 75 s, kept 3 of an earlier run; slowest setting: noise=none, "
        + "0.4 s a trial")
    #expect(
      RunSummary(computed: 1, kept: 0, seconds: 5, slowest: (sweep: "", seconds: 5)).description
        == "computed 1 trial in 5.0 s; slowest setting: 5.0 s a trial")
  }
}
