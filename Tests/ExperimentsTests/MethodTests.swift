import Accounting
import Datasets
import Testing

@testable import Experiments

@Suite struct MethodTests {
  private func plan(_ source: String) throws -> Plan {
    try Plan(Experiment(source: source, file: "x.yaml", smoke: false), file: "x.yaml")
  }

  @Test func aSweepUsesWhatItsSettingsUse() throws {
    let methods = try plan(TinyExperiment.source).methods
    #expect(
      methods == [
        .dataset(.fashionMNIST), .federatedAveraging, .serverMomentum, .clientLevelPrivacy,
        .gaussianMechanism, .accountant(.pld), .accountant(.rdp),
      ])
  }

  @Test(arguments: [
    (["  local_epochs: 1": "  local_epochs: 1\n  proximal: 0.1"], Method.proximalTerm),
    (["partition: iid": "partition: {dirichlet: 0.3}"], .dirichletPartition),
    (["partition: iid": "partition: {label_shards: 2}"], .labelShards),
    (["accountant: pld": "accountant: rdp"], .accountant(.rdp)),
    (["  clipping_norm: 0.5": "  clipping_norm: 0.5\n  clipping: per-layer"], .perLayerClipping),
    (["  local_epochs: 1": "  local_epochs: 1\n  schedule: {cosine: 0.1}"], .cosineSchedule),
    (
      [
        "  local_epochs: 1":
          "  local_epochs: 1\n  compression: {top_k: 0.1}\n  error_feedback: true"
      ],
      .errorFeedback
    ),
  ])
  func aSettingNamesItsMethod(changes: [String: String], method: Method) throws {
    #expect(
      !(try plan(TinyExperiment.source).methods.contains(method)) || method == .accountant(.rdp))
    #expect(try plan(TinyExperiment.source(changes)).methods.contains(method))
  }

  @Test func withoutNoiseNothingIsPrivate() throws {
    let methods = try plan(TinyExperiment.plain(["noise: {multiplier: 1.0}": "noise: none"]))
      .methods
    #expect(methods == [.dataset(.fashionMNIST), .federatedAveraging, .serverMomentum])
  }
}

@Suite struct GuaranteeTests {
  @Test func aPrivateSettingSaysWhatItGuarantees() throws {
    let plan = try Plan(
      Experiment(source: TinyExperiment.source, file: "x.yaml", smoke: false), file: "x.yaml")
    #expect(plan.guarantees.count == 3 && plan.settingLabels.count == 3)
    #expect(plan.guarantees[0] == nil)
    let guarantee = try #require(plan.guarantees[1])
    #expect(guarantee == plan.guarantees[2])
    #expect(guarantee.unit == .client && guarantee.neighboringRelation == .addOrRemoveOne)
    #expect(guarantee.delta == 1e-5 && guarantee.accountant == .pld)
    #expect(
      guarantee.release
        == .sums(
          Guarantee.SumRelease(
            noise: .aggregator, cohorts: .poisson(rate: 0.25), unitCount: 40, hasCanaries: false,
            includesCount: false, hasSilos: false)))
  }
}
