/// Why a report could not be made.
public enum ReportingError: Error, Equatable, CustomStringConvertible {
  case noGnuplot
  case cannotWrite(path: String, reason: String)
  case altered(directory: String, file: String)
  case notDerivable(directory: String)

  public var description: String {
    switch self {
    case .noGnuplot:
      "gnuplot is not installed, and it draws the plot. Install it (Debian: apt install "
        + "gnuplot-nox; Homebrew: brew install gnuplot), or ask for no plot."
    case .cannotWrite(let path, let reason):
      "cannot write \(path): \(reason). Mend this and run the same command again to draw it."
    case .altered(let directory, let file):
      "\(directory)/\(file) is not as it was when the run ended, and a report of it would prove nothing. "
        + "`tradeoff verify \(directory)` says what differs; `tradeoff run --restart` recomputes it."
    case .notDerivable(let directory):
      "the plan in \(directory) does not follow from its experiment with this version of the program. "
        + "Use the version that provenance.json names, or recompute the run with `tradeoff run --restart`."
    }
  }
}
