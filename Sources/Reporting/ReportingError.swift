/// Why a report could not be made.
public enum ReportingError: Error, Equatable, CustomStringConvertible {
  case noGnuplot
  case cannotWrite(path: String, reason: String)

  public var description: String {
    switch self {
    case .noGnuplot:
      "gnuplot is not installed, and it draws the plot. Install it (Debian: apt install "
        + "gnuplot-nox; Homebrew: brew install gnuplot), or ask for no plot."
    case .cannotWrite(let path, let reason):
      "cannot write \(path): \(reason). Mend this and run the same command again to draw it."
    }
  }
}
