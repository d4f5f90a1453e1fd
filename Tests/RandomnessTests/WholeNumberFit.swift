import Testing
import _TestSupport

/// Pearson's test against probabilities of whole numbers, which are pooled until each pool expects 8.
///
/// - Parameter probability: of each number from `-reach` to `reach`, which hold all but a negligible
///   part.
func expectWholeNumbers(
  _ sample: [Int], reach: Int, probability: (Int) -> Double,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  var counts = [Int](repeating: 0, count: 2 * reach + 1)
  for value in sample {
    guard value.magnitude <= reach else {
      Issue.record("\(value) is out of reach", sourceLocation: sourceLocation)
      return
    }
    counts[value + reach] += 1
  }
  var (observed, expected) = ([0], [0.0])
  for value in -reach...reach {
    if expected[expected.count - 1] >= 8 {
      observed.append(0)
      expected.append(0)
    }
    observed[observed.count - 1] += counts[value + reach]
    expected[expected.count - 1] += Double(sample.count) * probability(value)
  }
  // What is left over belongs to the last pool.
  let (restObserved, restExpected) = (observed.removeLast(), expected.removeLast())
  observed[observed.count - 1] += restObserved
  expected[expected.count - 1] += restExpected
  #expect(
    GoodnessOfFit.chiSquare(observed: observed, expected: expected) > AlarmBudget.perCheck,
    sourceLocation: sourceLocation)
}
