/// How often an attack is right about members at each rate of false alarms (the receiver operating
/// characteristic): it says "member" where a score is at a threshold or above, for every threshold that
/// the scores tell apart.
public struct ReceiverOperatingCurve: Sendable {
  /// What one threshold gives.
  public struct Point: Hashable, Sendable {
    /// Scores at this or above are called members; infinite for nobody.
    public let threshold: Double
    public let falsePositives: Int
    public let truePositives: Int
  }

  public let memberCount: Int
  public let nonMemberCount: Int
  /// By falling threshold, from nobody to everybody; equal scores fall on the same side.
  public let points: [Point]

  /// Throws ``AuditingError`` where a score is not a number, and where there are not two of each kind.
  ///
  /// - Parameters:
  ///   - members: higher where an example looks more like a member.
  ///   - nonMembers: those of examples that are none.
  public init(members: [Double], nonMembers: [Double]) throws(AuditingError) {
    for (scores, what) in [(members, "members"), (nonMembers, "non-members")] {
      guard scores.count >= 2 else { throw .tooFew(what: what, given: scores.count, least: 2) }
      if let index = scores.firstIndex(where: \.isNaN) { throw .scoreIsNotANumber(index: index) }
    }
    memberCount = members.count
    nonMemberCount = nonMembers.count
    let ranking = (members.map { ($0, true) } + nonMembers.map { ($0, false) })
      .sorted { $0.0 > $1.0 }
    var points = [Point(threshold: .infinity, falsePositives: 0, truePositives: 0)]
    var (falsePositives, truePositives) = (0, 0)
    for (place, (score, isMember)) in ranking.enumerated() {
      if isMember { truePositives += 1 } else { falsePositives += 1 }
      guard place + 1 == ranking.count || ranking[place + 1].0 < score else { continue }
      points.append(
        Point(threshold: score, falsePositives: falsePositives, truePositives: truePositives))
    }
    self.points = points
  }

  public func falsePositiveRate(_ point: Point) -> Double {
    Double(point.falsePositives) / Double(nonMemberCount)
  }

  public func truePositiveRate(_ point: Point) -> Double {
    Double(point.truePositives) / Double(memberCount)
  }

  /// The last point whose rate of false positives is no more than `rate`, in [0, 1]: nothing is read off
  /// between two points. Below one over ``nonMemberCount`` that is the rate of true positives without any
  /// false one.
  public func point(atFalsePositiveRate rate: Double) -> Point {
    precondition((0...1).contains(rate), "a rate is in [0, 1]")
    let most = rate * Double(nonMemberCount) * (1 + 1e-12)
    var (low, high) = (0, points.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if Double(points[middle].falsePositives) <= most { low = middle } else { high = middle }
    }
    return points[low]
  }

  public func truePositiveRate(atFalsePositiveRate rate: Double) -> Double {
    truePositiveRate(point(atFalsePositiveRate: rate))
  }

  /// The area under the curve, with straight lines between points: the probability that a member scores
  /// higher than a non-member, a tie counted half (Hanley & McNeil 1982). Blind guessing has 1/2.
  public var area: Double {
    var area = 0.0
    for (left, right) in zip(points, points.dropFirst()) {
      area +=
        Double(right.falsePositives - left.falsePositives)
        * Double(left.truePositives + right.truePositives) / 2
    }
    return area / (Double(memberCount) * Double(nonMemberCount))
  }

  /// The share of right answers when half of the examples are members, at the threshold that is best for
  /// it: (1 + true positives - false positives) / 2, in [1/2, 1]. The threshold is chosen by these very
  /// scores, so that few of them make the attack look better than it is.
  public var balancedAccuracy: Double {
    let advantage = points.map { truePositiveRate($0) - falsePositiveRate($0) }.max() ?? 0
    return (1 + advantage) / 2
  }
}
