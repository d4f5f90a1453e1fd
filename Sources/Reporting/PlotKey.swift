/// The key below a plot: names in as many columns as fit.
///
/// gnuplot would count columns by letters that are wider than those of a browser.
struct PlotKey {
  /// For gnuplot's `set key`.
  let settings: String
  /// What it takes of the plot's height, in user units.
  let height: Int

  /// - Parameter width: of the plot, in user units.
  init(_ names: [String], width: Int) {
    let longest = names.map(\.count).max() ?? 0
    let columns = max(1, min(names.count, (width - 16) * 10 / (61 * longest + 460)))
    let rows = (names.count + columns - 1) / columns
    settings =
      "below Left reverse vertical maxrows \(rows) font \",12\" samplen 2 spacing 1.15 width -1"
    height = 18 * rows
  }
}
