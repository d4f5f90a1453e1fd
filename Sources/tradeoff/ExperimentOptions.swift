import ArgumentParser
import Experiments

struct ExperimentOptions: ParsableArguments {
  @Argument(
    help: "The experiment file, such as experiments/fashion-mnist-fedavg.yaml.",
    completion: .file(extensions: ["yaml", "yml"]))
  var experiment: String

  @Flag(help: "Apply the file's smoke values, which make it finish in seconds.")
  var smoke = false

  @Option(
    help: """
      A folder with the data set's files, gzipped or not. (default: where a known data set is \
      installed, and the experiment's folder for files that it names)
      """, completion: .directory)
  var data: String?

  func plan() throws -> Plan {
    try Plan(Experiment(path: experiment, smoke: smoke), file: experiment, dataFolder: data)
  }
}
