import Foundation
import Reporting
import Results
import Testing
import _TestSupport

@Suite struct ReproductionTableTests {
  private let header =
    "id,paper,place,source,dataset,method,privacy_unit,epsilon,delta,accountant,accuracy,"
    + "spread_points,spread_kind,confidence,caution,experiment,setting"
  private let solid =
    "solid,Someone: On trees,Table 1,https://example.org/a,mnist,linear,example,2.7,1e-05,rdp-classic,"
    + "0.895,0.1,standard-deviation,read-in-paper,,tiny,case=a"
  private let vague =
    "vague,Other,Figure 2,https://example.org/b,imdb,\"LSTM, deep\",example,inf,,,0.5,,,recalled,"
    + "Take care.,,"

  @Test func resultsAreListedPaperByPaper() throws {
    let folder = try TemporaryFolder()
    try folder.write([header, solid, vague, ""].joined(separator: "\n"), to: "published.csv")
    let results = try PublishedResults(path: folder.at("published.csv"))
    #expect(
      PublishedTable(results.rows).description == """
        id       where     data set  method      epsilon   accountant        accuracy       known by  experiment

        Someone: On trees (https://example.org/a)
          solid  Table 1   mnist     linear          2.7  rdp-classic  89.50 % +- 0.1  read in paper        tiny

        Other (https://example.org/b)
          vague  Figure 2  imdb      LSTM, deep      inf            -         50.00 %       recalled           -

        2 published results, 1 with an experiment. An epsilon says what its accountant says: - is not known.
        """)
  }

  @Test func oursStandBesideTheirs() throws {
    let other = vague.replacingOccurrences(of: "vague", with: "other")
    let ours = [
      ",0.896,0.895,0.897,5,0.001,1e-05,2.9989,2.5881,2.3751,4.05,61.25",
      ",0.4,,,1,-0.1,1e-06,,,,0,0.5",
    ]
    let more =
      ",our_accuracy_mean,our_accuracy_lower,our_accuracy_upper,our_n,difference,our_delta,"
      + "our_epsilon_upper_rdp_classic,our_epsilon_upper_rdp,our_epsilon_upper_pld,"
      + "our_noise_multiplier,seconds"
    let folder = try TemporaryFolder()
    try folder.write(
      [header + more, solid + ours[0], vague + ours[1], other + ours[1], ""].joined(
        separator: "\n"), to: "r.csv")
    let rows = try ReproductionFile(path: folder.at("r.csv")).rows()
    let lines = ReproductionTable(rows).description.split(separator: "\n")
    #expect(
      lines[0].split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        == "published epsilon by theirs ours 95 % interval n points ours by rdp-classic by rdp by pld "
        + "seconds")
    #expect(
      lines[1].split(separator: " ").joined(separator: " ")
        == "solid 2.7 rdp-classic 89.50 % +- 0.1 89.60 % 89.50 % .. 89.70 % 5 +0.10 <= 2.999 "
        + "<= 2.589 <= 2.376 61.2")
    #expect(
      lines[2].split(separator: " ").joined(separator: " ")
        == "vague inf - 50.00 % 40.00 % - 1 -10.00 - - - 0.5")
    #expect(lines[4].contains("at delta = 1e-06 or 1e-05"))
    #expect(
      lines.dropFirst(5) == [
        "vague, other: theirs from memory, not looked up", "vague, other: Take care.",
      ])
  }
}
