/// Which two data sets a guarantee calls neighbors.
///
/// The relation decides how far one unit can move a clipped sum: by the clipping norm C when the
/// unit comes, goes or contributes zero, by 2C when it becomes another unit. Epsilons under
/// different relations are not comparable.
public enum NeighboringRelation: String, Codable, CaseIterable, Hashable, Sendable {
  /// One unit is present or absent.
  case addOrRemoveOne = "add-or-remove-one"
  /// One unit has other data; the number of units is public.
  case replaceOne = "replace-one"
  /// One unit's contribution is replaced by zero; the number of units is public.
  case zeroOut = "zero-out"

  /// How far one unit moves a sum to which each unit adds at most 1 in norm.
  var sensitivity: Int {
    switch self {
    case .addOrRemoveOne, .zeroOut: 1
    case .replaceOne: 2
    }
  }
}
