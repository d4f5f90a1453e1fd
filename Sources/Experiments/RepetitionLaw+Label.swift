internal import Accounting

extension RepetitionLaw {
  /// The cell of a table.
  var label: String {
    switch self {
    case .truncatedNegativeBinomial(let shape, let mean):
      "truncated-negative-binomial(shape=\(shape), mean=\(mean))"
    case .poisson(let mean): "poisson(mean=\(mean))"
    }
  }
}
