internal import Foundation

/// Okabe and Ito's colors, which color-blind readers tell apart; marks differ as well.
let plotStyles = [
  "linecolor rgb \"#0072B2\" linewidth 2 pointtype 7 pointsize 0.7",
  "linecolor rgb \"#D55E00\" linewidth 2 pointtype 5 pointsize 0.7",
  "linecolor rgb \"#009E73\" linewidth 2 pointtype 9 pointsize 0.8",
  "linecolor rgb \"#CC79A7\" linewidth 2 pointtype 11 pointsize 0.8",
  "linecolor rgb \"#E69F00\" linewidth 2 pointtype 13 pointsize 0.8",
  "linecolor rgb \"#56B4E9\" linewidth 2 pointtype 6 pointsize 0.8",
  "linecolor rgb \"#7F7F7F\" linewidth 2 pointtype 4 pointsize 0.8",
]

/// A number in data: six digits are more than a plot shows.
func plotNumber(_ value: Double) -> String { String(format: "%.6g", value) }

/// `δ = 10^{-5}` for a power of ten, in gnuplot's markup.
func deltaLabel(_ delta: Double) -> String {
  let exponent = log10(delta).rounded()
  return abs(pow(10, exponent) / delta - 1) < 1e-12
    ? "δ = 10^{\(Int(exponent))}" : "δ = \(String(format: "%.3g", delta))"
}

/// With a capital at its beginning alone.
func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

/// A gnuplot string that shows the text as it is.
func quoted(_ text: String) -> String { "\"\(literal(text))\"" }

/// Text for the inside of a gnuplot string, escaped once for the string and once for the markup.
///
/// Between two backquotes gnuplot would run a command.
func literal(_ text: String) -> String {
  text.map { character in
    switch character {
    case "\"", "`": "\\\(character)"
    case _ where character.isNewline: " "
    case "\\": "\\\\\\\\"
    case "_", "^", "{", "}", "@", "&", "~": "\\\\\(character)"
    default: String(character)
    }
  }.joined()
}
