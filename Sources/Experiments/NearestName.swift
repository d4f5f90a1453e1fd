/// The candidate closest to a misspelt name by edit distance, if it is close enough to be meant.
func nearestName(to name: String, among candidates: [String]) -> String? {
  let scored = candidates.map { (name: $0, distance: editDistance(name, $0)) }
  guard let best = scored.min(by: { $0.distance < $1.distance }) else { return nil }
  return best.distance <= max(2, name.count / 3) ? best.name : nil
}

/// Insertions, deletions and substitutions that turn one string into the other (Levenshtein 1966).
private func editDistance(_ left: String, _ right: String) -> Int {
  let right = Array(right)
  var distances = Array(0...right.count)
  for (row, leftCharacter) in left.enumerated() {
    var diagonal = distances[0]
    distances[0] = row + 1
    for (column, rightCharacter) in right.enumerated() {
      let substitution = diagonal + (leftCharacter == rightCharacter ? 0 : 1)
      diagonal = distances[column + 1]
      distances[column + 1] = min(substitution, distances[column] + 1, diagonal + 1)
    }
  }
  return distances[right.count]
}
