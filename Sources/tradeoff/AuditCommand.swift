import ArgumentParser

struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Test a guarantee: attack what ran, and bound epsilon from below.",
    discussion: """
      An accountant proves that epsilon is at most so much, for the algorithm as it is written down. An audit \
      proves that it is at least so much, for the program as it ran. A lower bound above the upper one is a bug.

      Example: tradeoff audit mechanism --noise-multiplier 1 --rounds 1 --delta 1e-5 --seed 1
      """,
    subcommands: [
      AuditMechanismCommand.self, AuditExperimentCommand.self, AuditManyRunsCommand.self,
      AuditMembershipCommand.self,
    ])
}
