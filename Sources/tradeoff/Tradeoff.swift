import ArgumentParser

@main
struct Tradeoff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tradeoff",
    abstract: "Measure what privacy costs in accuracy.",
    discussion: """
      An experiment file says what to try; `plan` shows what that means and what it costs in privacy, \
      `run` does it and writes tables and plots, `verify` derives a finished run again, `statistics` says \
      what its replicates tell, `compare` sets two runs side by side, `report` writes a page about them, \
      `export` writes them for other tools, `reproduce` sets results beside published ones.

      Exit codes: 0 success; 1 something failed; 2 verification found a difference; 64 wrong usage; \
      65 a wrong experiment file; 130 stopped by Ctrl-C.
      """,
    version: Version.description,
    groupedSubcommands: [
      CommandGroup(
        name: "Experiments",
        subcommands: [
          InitCommand.self, SchemaCommand.self, PlanCommand.self, RunCommand.self,
          MergeCommand.self, BudgetCommand.self,
        ]),
      CommandGroup(
        name: "Results",
        subcommands: [
          VerifyCommand.self, StatisticsCommand.self, CompareCommand.self, ReportCommand.self,
          ExportCommand.self, ReproduceCommand.self,
        ]),
      CommandGroup(
        name: "Privacy accounting",
        subcommands: [
          EpsilonCommand.self, DeltaCommand.self, CalibrateCommand.self, AccountantsCommand.self,
          CurveCommand.self, AttackCommand.self, AuditCommand.self,
        ]),
      CommandGroup(
        name: "Data and protocols", subcommands: [DatasetsCommand.self, SecureSumCommand.self]),
    ])
}

enum Version {
  static let number = "0.1.0"
  static let description = "tradeoff \(number)"
}
