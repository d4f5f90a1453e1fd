/// Named amounts from 0, one below another, each with its name above its bar.
struct BarPlot {
  /// Data and style; it expects `set terminal` and `set output` before it.
  let script: String
  /// What ``script`` needs, in user units.
  let height: Int

  init(_ bars: [(name: String, amount: Double)], axis: String) {
    let rows = bars.enumerated().map { index, bar in
      "\(plotNumber(bar.amount)) \(index) \(quoted(bar.name))"
    }
    let most = bars.map(\.amount).max() ?? 0
    height = 34 * bars.count + 70
    script = """
      $bars << END
      \(rows.joined(separator: "\n"))
      END
      set encoding utf8
      set border 1 linecolor rgb "#333333"
      set xtics nomirror out scale 0.6 offset 0, 0.3
      unset ytics
      set grid xtics linecolor rgb "#BBBBBB" linewidth 0.7
      set xrange [0:\(plotNumber(most > 0 ? 1.02 * most : 1))]
      set yrange [\(bars.count).0 - 0.4:-0.75]
      set lmargin 2
      set rmargin 3
      set xlabel \(quoted(axis)) offset 0, 0.4
      unset key
      plot $bars using (0.5 * $1):2:(0.5 * $1):(0.18) with boxxyerror linecolor rgb "#0072B2" fillstyle solid noborder, \\
           $bars using (0):($2 - 0.42):3 with labels left offset 0, 0 font ",12"

      """
  }
}
