internal import Accounting
internal import Results

/// Names of settings that are short enough for the key of a plot, and differ.
struct SettingNames {
  private let names: [Int: String]

  init(_ rows: [TradeoffRow]) {
    self.init(rows.map { (setting: $0.setting, sweep: $0.sweep, claim: $0.claim) })
  }

  init(_ settings: [(setting: Int, sweep: String, claim: PrivacyClaim)]) {
    let isNoiseSwept = Set(settings.map(\.claim.noiseMultiplier)).count > 1
    let short = settings.map { row in
      let noise =
        if !isNoiseSwept {
          ""
        } else if row.claim.isPrivate {
          "ε ≤ \(OutwardDecimal.text(row.claim.epsilonUpper, rounded: .up))"
        } else {
          row.claim.hasNoise ? "no bound" : "no noise"
        }
      return [Self.shortened(TradeoffRow.series(ofSweep: row.sweep)), noise].filter { !$0.isEmpty }
        .joined(separator: ", ")
    }
    names = Dictionary(
      uniqueKeysWithValues: zip(settings, short).map { row, name in
        let isClear = !name.isEmpty && short.filter { $0 == name }.count == 1
        return (row.setting, isClear ? name : "\(row.setting + 1): \(Self.shortened(name))")
      })
  }

  private static let longest = 40

  private static func shortened(_ name: String) -> String {
    name.count <= longest ? name : name.prefix(longest - 1) + "…"
  }

  subscript(_ row: TradeoffRow) -> String { self[row.setting, sweep: row.sweep] }

  subscript(_ setting: Int, sweep sweep: String) -> String {
    names[setting] ?? shortLabel(sweep)
  }
}
