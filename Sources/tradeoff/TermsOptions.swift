public import Accounting
public import ArgumentParser

/// What an epsilon is about, and whose theorem it is.
struct TermsOptions: ParsableArguments {
  @Option(
    help: """
      Whose theorem: pld (the tightest) or rdp; gaussian-dp or zcdp (full participation only); pure-dp or \
      optimal-composition (no Gaussian noise); to price published results again, moments, \
      rdp-classic or advanced-composition.
      """)
  var accountant: AccountantKind = .commandLineDefault

  @OptionGroup var neighbors: NeighborOptions

  func guarantee(
    _ question: PrivacyGuarantee.Question, of releases: Releases
  ) throws -> PrivacyGuarantee {
    try PrivacyGuarantee(
      question, of: releases.event(), unit: neighbors.unit(of: releases.recorded),
      relation: neighbors.relation(of: releases.recorded), accountant: accountant)
  }
}

extension AccountantKind {
  static let commandLineDefault = AccountantKind.pld
}

extension AccountantKind: ExpressibleByArgument {}
