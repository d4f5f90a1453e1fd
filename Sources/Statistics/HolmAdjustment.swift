/// p-values of a family of tests, each raised so that, at any level, the chance of calling even one true
/// hypothesis false is no more than the level, however the tests depend on each other (Holm, A simple
/// sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 1979): of m, the
/// k-th smallest becomes the largest of (m - j + 1) p_j over j <= k, at most 1.
///
/// - Returns: in the order of `pValues`.
public func holmAdjusted(_ pValues: [Double]) -> [Double] {
  var adjusted = pValues
  var largest = 0.0
  for (rank, index) in pValues.indices.sorted(by: { pValues[$0] < pValues[$1] }).enumerated() {
    largest = max(largest, min(1, Double(pValues.count - rank) * pValues[index]))
    adjusted[index] = largest
  }
  return adjusted
}
