import Testing

@testable import Experiments

@Suite struct ResolvedSettingsTests {
  @Test func whatIsCommonIsSaidOnce() throws {
    let plan = try Plan(
      Experiment(source: TinyExperiment.source, file: "x.yaml", smoke: false), file: "x.yaml")
    let settings = try ResolvedSettings(plan)
    let common = Dictionary(uniqueKeysWithValues: settings.common.map { ($0.name, $0.text) })
    #expect(common["training.sampling.poisson_rate"] == "0.25")
    #expect(common["seed"] == "7" && common["replicate"] == nil)
    #expect(settings.common.map(\.name) == settings.common.map(\.name).sorted())
    #expect(settings.own.count == 6)
    #expect(settings.own[0].map(\.name) == ["privacy.noise"])
    #expect(settings.own[2].map(\.text) == ["2"])
  }
}
