public import Randomness

/// Where contributions come from: one update a privacy unit and round.
public protocol UpdateSource {
  /// How many units there are. Sensitive under add-or-remove-one.
  var population: Int { get }

  /// The update of one member of the cohort, written into `update`, a buffer as long as `parameters`.
  ///
  /// It may depend on this unit's data, the parameters and the key alone: never on another unit.
  mutating func update(
    ofUnit unit: Int, from parameters: [Float], key: StreamKey, into update: inout [Float])
}
