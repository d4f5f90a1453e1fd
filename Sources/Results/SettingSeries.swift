/// The settings of a run that differ in their noise alone, and which of them the others are held
/// against.
struct SettingSeries {
  let name: String
  /// By rising epsilon; those without a bound last, in the reverse of their order in the sweep.
  let members: [SettingSample]

  /// The series of a run, in the order of its settings.
  static func all(of settings: [SettingSample]) -> [SettingSeries] {
    var names: [String] = []
    for name in settings.map(\.row.series) where !names.contains(name) { names.append(name) }
    return names.map { name in
      let members = settings.filter { $0.row.series == name }
      let priced = members.filter(\.row.claim.isPrivate).sorted {
        $0.row.claim.epsilonUpper < $1.row.claim.epsilonUpper
      }
      return SettingSeries(
        name: name, members: priced + members.filter { !$0.row.claim.isPrivate }.reversed())
    }
  }

  /// The last that has no noise at all, which is the first of the sweep; else the best of several.
  var baseline: SettingSample? {
    members.last { !$0.row.claim.hasNoise } ?? (members.count > 1 ? members.best : nil)
  }
}

extension [SettingSample] {
  /// That of the greatest mean accuracy, the first of equals.
  var best: SettingSample? {
    first { setting in allSatisfy { $0.row.accuracyMean <= setting.row.accuracyMean } }
  }
}
