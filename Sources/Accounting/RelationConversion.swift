/// What a guarantee under one relation says under another, where that follows for every mechanism.
public struct RelationConversion: Hashable, Sendable {
  public let source: NeighboringRelation
  public let target: NeighboringRelation
  /// A pair of neighbors under the target is a chain of this many neighbors under the source, so that
  /// the guarantee is that of a group of this size.
  public let group: GroupPrivacy

  /// A unit is replaced by removing it and adding another, or by setting its contribution to zero
  /// and then the other's from zero: two steps.
  ///
  /// Throws ``AccountingError/relationsUnrelated(source:target:)`` for all other pairs of different
  /// relations. Replacing units never changes how many there are; that a mechanism hides a changed
  /// value does not say that it hides an absence or a zero, nor do these imply each other.
  public init(
    from source: NeighboringRelation, to target: NeighboringRelation
  ) throws(AccountingError) {
    self.source = source
    self.target = target
    switch (source, target) {
    case (.addOrRemoveOne, .addOrRemoveOne), (.replaceOne, .replaceOne), (.zeroOut, .zeroOut):
      group = try GroupPrivacy(size: 1)
    case (.addOrRemoveOne, .replaceOne), (.zeroOut, .replaceOne):
      group = try GroupPrivacy(size: 2)
    case (.replaceOne, _), (.addOrRemoveOne, .zeroOut), (.zeroOut, .addOrRemoveOne):
      throw .relationsUnrelated(source: source, target: target)
    }
  }

  /// An upper bound on epsilon at `delta`, in (0, 1), under the target, from an accountant under the
  /// source. Throws ``AccountingError/relationsUnrelated(source:target:)`` for one under another.
  public func epsilonUpperBound(
    of spent: any PrivacyAccountant, atDelta delta: Double
  ) throws(AccountingError) -> Double {
    guard spent.relation == source else {
      throw .relationsUnrelated(source: spent.relation, target: target)
    }
    return try group.epsilonUpperBound(of: spent, atDelta: delta)
  }
}
