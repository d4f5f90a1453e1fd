import Statistics

extension Confidence {
  /// How often a bound may be wrong.
  var falseAlarms: Double { 1 - level }

  /// How often each of so many bounds may be wrong, if all have to be right at this confidence.
  func falseAlarms(sharedBy count: Int) -> Double {
    count <= 1 ? falseAlarms : (falseAlarms / Double(count)).nextDown
  }
}
