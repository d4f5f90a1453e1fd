internal import LinearAlgebra

extension Network {
  /// Fills the workspace's layers from its inputs; the last ones are the outputs.
  public func forward(
    _ parameters: [Float], weights: StepWeights? = nil, in workspace: inout Workspace
  ) {
    precondition(parameters.count == parameterCount, "parameters of another network")
    let rows = workspace.batchCount
    for (index, stage) in stages.enumerated() {
      let input = workspace.input(ofStage: index)
      stage.layer.forward(
        input, rows: rows, parameters: parameters,
        copies: weights?.copies(ofStage: index), state: &workspace.states[index])
      stage.activation?.apply(
        to: &workspace.states[index].output, count: rows * stage.layer.outputShape.count)
    }
  }

  /// Runs forward and back: every layer's gradient with respect to its output, one row an example.
  public func differentiate(
    _ parameters: [Float], weights: StepWeights? = nil, in workspace: inout Workspace
  ) {
    forward(parameters, weights: weights, in: &workspace)
    differentiateLoss(in: &workspace)
    for index in stages.indices.reversed() {
      prepareGradients(index, parameters: parameters, in: &workspace)
      if index > 0 { pullBack(index, parameters: parameters, weights: weights, in: &workspace) }
    }
  }

  /// One step of stochastic gradient descent on the mean loss of the workspace's batch.
  ///
  /// The update is fused into the product that makes the gradient, so no gradient is stored.
  /// - Parameter pull: what else moves the parameters, from where they were before the step.
  /// - Returns: the mean loss of the batch before the step.
  @discardableResult
  public func descend(
    _ parameters: inout [Float], learningRate: Float, pull: ParameterPull? = nil,
    in workspace: inout Workspace
  ) -> Double {
    let rows = workspace.batchCount
    precondition(rows > 0, "a step needs a batch")
    forward(parameters, in: &workspace)
    differentiateLoss(in: &workspace)
    for index in stages.indices.reversed() {
      prepareGradients(index, parameters: parameters, in: &workspace)
      if index > 0 { pullBack(index, parameters: parameters, weights: nil, in: &workspace) }
      pull?.move(&parameters, stages[index].layer.parameters, rate: learningRate)
      stages[index].layer.addGradient(
        workspace.input(ofStage: index), rows: rows, scale: -learningRate / Float(rows),
        state: &workspace.states[index], to: &parameters)
    }
    return workspace.losses[..<rows].reduce(0) { $0 + Double($1) } / Double(rows)
  }

  /// Adds `scale` times the summed gradient of the batch to `sum`, after ``differentiate(_:in:)``.
  public func addGradients(
    in workspace: inout Workspace, scale: Float = 1, to sum: inout [Float]
  ) {
    for (index, stage) in stages.enumerated() where !stage.layer.parameters.isEmpty {
      stage.layer.addGradient(
        workspace.input(ofStage: index), rows: workspace.batchCount, scale: scale,
        state: &workspace.states[index], to: &sum)
    }
  }

  /// Fills the workspace's ``Workspace/squaredNorms``, after ``differentiate(_:in:)``.
  public func measureNorms(in workspace: inout Workspace) {
    var place = 0
    for (index, stage) in stages.enumerated() where !stage.layer.parameters.isEmpty {
      stage.layer.squaredNorms(
        workspace.input(ofStage: index), rows: workspace.batchCount,
        state: &workspace.states[index], into: &workspace.squaredNorms[place])
      place += 1
    }
  }

  /// Adds the examples' gradients to `sum`, each layer's part times its weight in
  /// ``Workspace/weights``, after ``measureNorms(in:)``. It uses up the gradients.
  public func addWeightedGradients(in workspace: inout Workspace, to sum: inout [Float]) {
    var place = 0
    for (index, stage) in stages.enumerated() where !stage.layer.parameters.isEmpty {
      let weights = workspace.weights[place]
      stage.layer.addWeightedGradients(
        workspace.input(ofStage: index), weights: weights, rows: workspace.batchCount,
        state: &workspace.states[index], to: &sum)
      place += 1
    }
  }

  private func differentiateLoss(in workspace: inout Workspace) {
    let last = stages.count - 1
    let labels = workspace.labels
    let outputs = workspace.states[last].output
    loss.differentiate(
      outputs: outputs, labels: labels, rows: workspace.batchCount, width: outputWidth,
      gradient: &workspace.states[last].gradient, losses: &workspace.losses)
  }

  private func prepareGradients(
    _ index: Int, parameters: [Float], in workspace: inout Workspace
  ) {
    stages[index].layer.prepareGradients(
      workspace.input(ofStage: index), rows: workspace.batchCount, parameters: parameters,
      state: &workspace.states[index])
  }

  /// From a stage's gradient to that of the stage before.
  private func pullBack(
    _ index: Int, parameters: [Float], weights: StepWeights?, in workspace: inout Workspace
  ) {
    let rows = workspace.batchCount
    var gradient: [Float] = []
    swap(&gradient, &workspace.states[index - 1].gradient)
    stages[index].layer.backward(
      workspace.input(ofStage: index), rows: rows, parameters: parameters,
      copies: weights?.copies(ofStage: index), state: &workspace.states[index], into: &gradient)
    swap(&gradient, &workspace.states[index - 1].gradient)
    let before = stages[index - 1]
    let activation = workspace.states[index - 1].output
    before.activation?.pullBack(
      &workspace.states[index - 1].gradient, activation: activation,
      count: rows * before.layer.outputShape.count)
  }
}
