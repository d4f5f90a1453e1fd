import ArgumentParser

struct BudgetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "budget",
    abstract: "Keep the privacy budget of a data set, which several experiments share.",
    discussion: """
      A budget file says how much may ever be released about one data set, and what was. `create` begins \
      it; `tradeoff run FILE --budget BUDGET` reserves the whole plan, or is refused before anything \
      starts, and charges every release before it is used. Experiments may be chosen after seeing the \
      results of others: the total is held by a privacy filter.

      Lines are only ever added, and each holds the checksum of the one before it; a results folder keeps \
      the receipt of the last. A change, a missing line or a cut-off end is found. Whoever rewrites the \
      whole file and all receipts is not.

      Example: tradeoff budget budgets/fashion-mnist.jsonl
      """,
    subcommands: [
      ShowBudgetCommand.self, CreateBudgetCommand.self, VerifyBudgetCommand.self,
      CloseBudgetCommand.self,
    ],
    defaultSubcommand: ShowBudgetCommand.self)
}
