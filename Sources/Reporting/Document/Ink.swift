/// A color of plots: as drawn, on light paper, and what stands for it on dark paper.
struct Ink: Hashable, Sendable {
  /// In hexadecimal digits, as in `#0072B2`.
  let light: String
  let dark: String

  static let paper = Ink(light: "#FFFFFF", dark: "#15191E")
  static let text = Ink(light: "#333333", dark: "#D7DCE2")
  static let grid = Ink(light: "#BBBBBB", dark: "#4A525C")

  /// Okabe and Ito's colors, and the same hues lighter.
  static let curves = [
    Ink(light: "#0072B2", dark: "#4FA8E0"),
    Ink(light: "#D55E00", dark: "#F2884B"),
    Ink(light: "#009E73", dark: "#2FC79C"),
    Ink(light: "#CC79A7", dark: "#E3A3C6"),
    Ink(light: "#E69F00", dark: "#F2BC4A"),
    Ink(light: "#56B4E9", dark: "#A6DAF8"),
    Ink(light: "#7F7F7F", dark: "#AEB4BB"),
  ]

  /// Below curves that stand alone.
  static let bands = [
    Ink(light: "#D9EAF4", dark: "#1D3546"), Ink(light: "#DDDDDD", dark: "#2E353D"),
  ]

  static let all = [paper, text, grid] + curves + bands

  var channels: [Int] {
    let digits = Array(light.dropFirst())
    return stride(from: 0, to: 6, by: 2).compactMap {
      Int(String(digits[$0..<($0 + 2)]), radix: 16)
    }
  }

  /// Rules that color drawings by the page's scheme. Without them they are as on light paper.
  static var pageRules: String { darkRules(within: ".plot") }

  /// The same for a file that holds one drawing.
  static var fileRules: String { darkRules(within: "") }

  private static func darkRules(within place: String) -> String {
    let rules = all.flatMap { ink in
      ["stroke", "fill", "color"].map { property in
        "\(place) [\(property)=\"\(ink.light)\"]{\(property):\(ink.dark)}"
      }
    }
    return "@media screen and (prefers-color-scheme:dark){\(rules.joined())}"
  }
}
