internal import Foundation
internal import Results
internal import Statistics

/// Everything that was measured after the last round: means over replicates, a row a setting.
struct MeasureTable {
  /// nil where nothing but accuracy was measured.
  let table: Table?

  private struct Measure: Hashable {
    let metric: Metric
    let site: String?

    var title: String {
      metric.rawValue + (site.map { " at \($0)" } ?? "")
    }
  }

  init(_ results: FinishedRun.SweepResults, name: String) {
    let trials = Dictionary(
      results.trials.map { ($0.trial, $0) }, uniquingKeysWith: { first, _ in first })
    var measures: [Measure] = []
    var values: [Int: [Measure: [Double]]] = [:]
    for row in results.rounds {
      guard let trial = trials[row.trial], row.round == trial.rounds else { continue }
      let measure = Measure(metric: row.metric, site: row.site)
      if !measures.contains(measure) { measures.append(measure) }
      values[trial.setting, default: [:]][measure, default: []].append(row.value)
    }
    let accuracy = Measure(metric: .accuracy, site: nil)
    measures.removeAll { $0 == accuracy }
    guard !measures.isEmpty else {
      table = nil
      return
    }
    measures.sort { Self.order($0.metric) < Self.order($1.metric) }
    let rows = results.rows.map { row in
      [Prose(shortLabel(row.sweep))]
        + measures.map { measure in
          let mean = values[row.setting]?[measure].map { Sample($0).mean }
          return Prose(mean.map(Self.text) ?? "–")
        }
    }
    table = Table(
      name: name, caption: "Measures after the last round: means over replicates",
      columns: [.text("setting")] + measures.map { .number(.code($0.title)) }, rows: rows,
      notes: ["The guarantee does not cover columns whose names begin with \(code: "diagnostic_")."]
    )
  }

  private static func text(_ value: Double) -> String {
    String(format: abs(value) < 1e4 ? "%.4g" : "%.0f", value)
  }

  /// Diagnostics last, and otherwise as ``Metric`` lists them.
  private static func order(_ metric: Metric) -> Int {
    let place = Metric.allCases.firstIndex(of: metric) ?? 0
    return place + (metric.rawValue.hasPrefix("diagnostic_") ? Metric.allCases.count : 0)
  }
}
