internal import Training

/// Keys that experiments did not have from the start are left out where they say nothing new.
extension TrainingSettings: Encodable {
  private enum CodingKeys: String, CodingKey {
    case rounds
    case sampling
    case localEpochs = "local_epochs"
    case batchSize = "batch_size"
    case localLearningRate = "local_learning_rate"
    case localSteps = "local_steps"
    case localL2 = "local_l2"
    case proximal
    case controlVariates = "control_variates"
    case learningRate = "learning_rate"
    case weighting
    case serverLearningRate = "server_learning_rate"
    case serverMomentum = "server_momentum"
    case optimizer
    case schedule
    case warmupRounds = "warmup_rounds"
    case weightDecay = "weight_decay"
    case averaging
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(rounds, forKey: .rounds)
    try fields.encode(sampling, forKey: .sampling)
    if let local {
      try fields.encode(local.localEpochs, forKey: .localEpochs)
      try fields.encode(local.batchSize, forKey: .batchSize)
      try fields.encode(local.localLearningRate, forKey: .localLearningRate)
      if local.l2 > 0 { try fields.encode(local.l2, forKey: .localL2) }
      if local.proximal > 0 { try fields.encode(local.proximal, forKey: .proximal) }
      if let controls = local.controlVariates {
        try fields.encode(["scale": controls.scale], forKey: .controlVariates)
      }
      if case .byExamples(let cap, let expected) = local.weighting {
        try fields.encode(
          ["by_examples": ["cap": Double(cap), "expected": expected]], forKey: .weighting)
      }
    }
    if let silos {
      try fields.encode(silos.localSteps, forKey: .localSteps)
      try fields.encode(silos.learningRate, forKey: .learningRate)
      if silos.weighting != .uniform {
        try fields.encode(silos.weighting.rawValue, forKey: .weighting)
      }
    }
    try fields.encode(
      optimizer.learningRate,
      forKey: local == nil && silos == nil ? .learningRate : .serverLearningRate)
    if local != nil, case .sgd(let momentum, nesterov: false) = optimizer.rule {
      try fields.encode(momentum, forKey: .serverMomentum)
    } else {
      try fields.encode(EncodedRule(rule: optimizer.rule), forKey: .optimizer)
    }
    let schedule = optimizer.schedule
    if schedule.shape != .constant {
      try fields.encode(EncodedShape(shape: schedule.shape), forKey: .schedule)
    }
    if schedule.warmupRounds > 0 { try fields.encode(schedule.warmupRounds, forKey: .warmupRounds) }
    if optimizer.weightDecay > 0 { try fields.encode(optimizer.weightDecay, forKey: .weightDecay) }
    if averaging != .none {
      try fields.encode(EncodedAveraging(averaging: averaging), forKey: .averaging)
    }
    try links.encode(to: encoder)
  }
}

private struct EncodedRule: Encodable {
  let rule: OptimizerSettings.Rule

  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch rule {
    case .sgd(momentum: 0, _): try value.encode("sgd")
    case .sgd(let momentum, let nesterov):
      try value.encode([nesterov ? "nesterov" : "momentum": momentum])
    case .adam(let beta1, let beta2, let epsilon):
      try value.encode(["adam": ["beta1": beta1, "beta2": beta2, "epsilon": epsilon]])
    case .fedAdagrad(let beta1, let adaptivity):
      try value.encode(["fed_adagrad": ["beta1": beta1, "adaptivity": adaptivity]])
    case .fedAdam(let beta1, let beta2, let adaptivity):
      try value.encode([
        "fed_adam": ["beta1": beta1, "beta2": beta2, "adaptivity": adaptivity]
      ])
    case .fedYogi(let beta1, let beta2, let adaptivity):
      try value.encode([
        "fed_yogi": ["beta1": beta1, "beta2": beta2, "adaptivity": adaptivity]
      ])
    }
  }
}

private struct EncodedShape: Encodable {
  let shape: LearningRateSchedule.Shape

  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch shape {
    case .constant: try value.encode("constant")
    case .step(let every, let factor):
      try value.encode(["step": ["every": Double(every), "factor": factor]])
    case .exponential(let decay): try value.encode(["exponential": decay])
    case .cosine(let finalFraction): try value.encode(["cosine": finalFraction])
    case .inverseSquareRoot: try value.encode("inverse_square_root")
    }
  }
}

private struct EncodedAveraging: Encodable {
  let averaging: Averaging

  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch averaging {
    case .none: try value.encode("none")
    case .exponential(let decay, let warmUp):
      try value.encode([warmUp ? "exponential_warm_up" : "exponential": decay])
    case .tail(let first): try value.encode(["tail_from": first])
    }
  }
}
