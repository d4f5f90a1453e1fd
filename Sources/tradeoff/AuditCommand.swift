import ArgumentParser

struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Attack what was promised, and say what that proves.",
    discussion: """
      An audit proves lower bounds on epsilon, or finds who took part, by attacks on real trainings. One that \
      lies above the bound of the accountant refutes it; one below proves nothing more than itself.

      Example: tradeoff audit membership experiments/few-images.yaml
      """,
    subcommands: [AuditMembershipCommand.self, AuditManyRunsCommand.self])
}
