public import Results

/// What audits of a bare mechanism certify against an accountant's upper bounds, a curve for each method, drawn
/// by gnuplot as SVG and PNG.
public struct MechanismAuditPlot: Sendable {
  /// Data and style; it expects `set terminal` and `set output` before it.
  public let script: String

  /// - Returns: nil where fewer than two upper bounds are finite.
  public init?(_ rows: [MechanismAuditRow]) {
    let rows = rows.filter(\.epsilonUpper.isFinite)
    guard Set(rows.map(\.epsilonUpper)).count > 1, let first = rows.first else { return nil }
    var methods: [String] = []
    for row in rows where !methods.contains(row.method) { methods.append(row.method) }
    let meaning =
      "\(first.privacyUnit) level, \(first.neighboringRelation), \(first.sampling), "
      + "\(first.accountant) accountant"
    script =
      LowerBoundPlot(
        methods.enumerated().map { index, method in
          LowerBoundPlot.Curve(
            method, number: index,
            points: rows.filter { $0.method == method }
              .map { ($0.epsilonUpper, $0.auditedEpsilon) })
        }, delta: first.delta, captions: [meaning], confidence: first.confidence
      ).script
  }

  /// Writes `path`.gnuplot, `path`.svg and `path`.png.
  public func write(to path: String) throws(ReportingError) {
    try Gnuplot.write(script, to: path)
  }
}
