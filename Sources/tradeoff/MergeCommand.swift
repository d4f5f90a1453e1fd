import ArgumentParser
import Experiments
import Foundation
import LinearAlgebra
import Reporting
import Results

struct MergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Put the parts of a divided sweep together.",
    discussion: """
      The results are those of one run of the whole sweep, byte for byte; provenance.json names the machines \
      of all parts. Parts of different experiments, of other versions or with another BLAS kernel are \
      refused, and so is a merge while a trial is missing.

      Example: tradeoff merge results/fashion-mnist-fedavg.shard-*
      """)

  @Argument(help: "The results folders of all parts.", completion: .directory)
  var parts: [String]

  @Option(help: "The merged results folder. (default: results/<name>)", completion: .directory)
  var output: String?

  @Flag(inversion: .prefixedNo, help: "Draw the plot, with gnuplot.")
  var plot = true

  func run() async throws {
    try await reportingFailure {
      let merge = try Merge(parts)
      let plan = merge.plan
      let directory = output ?? plan.experiment.resultsDirectory
      guard try !RunDirectory.isComplete(directory, plan: plan.document()) else {
        throw ValidationError("\(directory) holds this sweep already, finished.")
      }
      if plot && !Gnuplot.isInstalled { throw ReportingError.noGnuplot }
      let run = try RunDirectory(directory, plan: plan.document(), restart: false)
      try FinishedSweep.markPlotsOutOfDate(in: directory)
      let machine = Machine(threads: 1)
      let files = try await merge.run(in: run) { files, parts in
        machine.provenance(
          dataset: plan.datasetDescription, files: Provenance.checksums(of: files), parts: parts)
      }
      let finished = FinishedSweep(plan: plan, files: files, directory: directory)
      if plot { try finished.draw() }
      try finished.show()
    }
  }
}
