import ArgumentParser
import Experiments

struct ExperimentOptions: ParsableArguments {
  @Argument(help: "The experiment file, such as experiments/fashion-mnist-fedavg.yaml.")
  var experiment: String

  @Flag(help: "Apply the file's smoke values, which make it finish in seconds.")
  var smoke = false

  func plan() throws -> Plan {
    try Plan(Experiment(path: experiment, smoke: smoke), file: experiment)
  }
}
