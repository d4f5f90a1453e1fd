public import Accounting
public import ArgumentParser

/// What an epsilon is about.
struct NeighborOptions: ParsableArguments {
  @Option(
    help: """
      Neighbors: add-or-remove-one, zero-out, or replace-one (doubles the sensitivity). (default: \
      what --event-file says, or add-or-remove-one)
      """)
  var neighboringRelation: NeighboringRelation?

  @Option(
    help: """
      What is protected, for the statement: client or example. (default: what --event-file says, or \
      client)
      """)
  var privacyUnit: PrivacyUnit?

  /// The relation asked for. A file that is about other neighbors contradicts it.
  func relation(of recorded: RecordedEvent?) throws -> NeighboringRelation {
    try agree(
      neighboringRelation, recorded?.neighboringRelation, flag: "--neighboring-relation")
      ?? .addOrRemoveOne
  }

  func unit(of recorded: RecordedEvent?) throws -> PrivacyUnit {
    try agree(privacyUnit, recorded?.privacyUnit, flag: "--privacy-unit") ?? .client
  }

  private func agree<Value: RawRepresentable<String> & Equatable>(
    _ asked: Value?, _ recorded: Value?, flag: String
  ) throws -> Value? {
    guard let asked, let recorded, asked != recorded else { return asked ?? recorded }
    throw ValidationError(
      "\(flag) is \(asked.rawValue), and the record is about \(recorded.rawValue).")
  }
}

extension NeighboringRelation: ExpressibleByArgument {}
extension PrivacyUnit: ExpressibleByArgument {}
