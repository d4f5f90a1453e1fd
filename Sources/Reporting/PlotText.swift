internal import Accounting
internal import Foundation
internal import Results

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

/// What all plots have: colors, and two sides of a frame.
let plotFrame = """
  set encoding utf8
  \(plotStyles.enumerated().map { "set style line \($0 + 1) \($1)" }.joined(separator: "\n"))
  set style line 9 linecolor rgb "#333333" linewidth 2
  set border 3 linecolor rgb "#333333"
  set tics nomirror out scale 0.6
  set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
  """

/// Lines in smaller letters, for below a label.
func small(_ lines: [String]) -> String { lines.map { "\\n{/*0.7 \(literal($0))}" }.joined() }

/// What an epsilon is about, in a caption.
func meaning(of claim: PrivacyClaim) -> String {
  "\(claim.privacyUnit.rawValue) level, \(claim.neighboringRelation.rawValue), "
    + "\(claim.sampling), \(claim.accountant.rawValue) accountant"
}

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
