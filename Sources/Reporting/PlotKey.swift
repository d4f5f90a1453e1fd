/// The key below a plot: names in as many columns as fit.
///
/// gnuplot sets it in the middle of the plot and reckons with 7.8 units a letter.
struct PlotKey {
  /// For gnuplot's `set key`.
  let settings: String
  /// What it takes of the plot's height, in user units.
  let height: Int

  /// - Parameter width: of the plot, in user units.
  init(_ names: [String], width: Int) {
    let longest = names.map(\.count).max() ?? 0
    let columns = max(1, min(names.count, (width - 75) * 10 / (78 * (longest + 4))))
    let rows = (names.count + columns - 1) / columns
    settings =
      "below Left reverse vertical maxrows \(rows) font \",12\" samplen 2 spacing 1.15 width -1"
    height = 18 * rows
  }
}
