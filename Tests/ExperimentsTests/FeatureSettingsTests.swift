import Datasets
import Features
import Foundation
import Models
import Results
import Testing
import _TestSupport

@testable import Experiments

@Suite struct FeatureSettingsTests {
  private func source(_ features: String) -> String {
    TinyExperiment.plain(["name: fashion-mnist": "name: fashion-mnist\n  features: \(features)"])
  }

  private static let all =
    "[{scattering: {scale: 2, orientations: 8}}, {log: 0.01}, {group_norm: {groups: 27}}, "
    + "{synthetic_whitening: {images: 20000, dimensions: 1500, exponent: 0.7}}, {norm: 10}]"

  @Test func stepsAreReadInTheirOrder() throws {
    let settings = try #require(
      try TinyExperiment.experiment(source(Self.all)).points.first
    ).settings
    guard case .features(let extraction, of: .known(.fashionMNIST)) = settings.dataset.source
    else {
      Issue.record("\(settings.dataset.source)")
      return
    }
    #expect(
      extraction.steps == [
        .scattering(Scattering(scale: 2, orientations: 8)), .log(offset: 0.01),
        .groupNorm(groups: 27),
        .syntheticWhitening(SyntheticWhitening(images: 20000, dimensions: 1500, exponent: 0.7)),
        .norm(10),
      ])
    #expect(settings.dataset.source.shape == Shape(features: 1500))
    #expect(settings.dataset.exampleCount == 60000)
  }

  @Test func scatteringMakesAnImageOfManyChannels() throws {
    let settings = try #require(
      try TinyExperiment.experiment(source("[{scattering: {scale: 2, orientations: 8}}]"))
        .points.first
    ).settings
    #expect(settings.dataset.source.shape == Shape(height: 7, width: 7, channels: 81))
  }

  @Test func thePlanSaysWhatTheFileSays() throws {
    let plan = try TinyExperiment.plan(source(Self.all))
    let document = String(decoding: try plan.document(), as: UTF8.self)
      .replacing(/\s+/, with: "")
    #expect(
      document.contains(
        #""features":[{"scattering":{"orientations":8,"scale":2}},{"log":0.01},"#
          + #"{"group_norm":{"groups":27}},{"synthetic_whitening":{"dimensions":1500,"#
          + #""exponent":0.7,"images":20000}},{"norm":10}]"#))
    #expect(plan.knownDatasets == [.fashionMNIST])
  }

  @Test(arguments: [
    ("[]", "features need at least one step"),
    ("[{scatering: {scale: 2, orientations: 8}}]", "scattering"),
    ("[{scattering: {scale: 9, orientations: 8}}]", "8"),
    ("[{scattering: {scale: 5, orientations: 8}}]", "32 pixels"),
    ("[{scattering: {scale: 2, orientations: 8}}, {group_norm: {groups: 26}}]", "81 channels"),
    ("[{log: 0}]", "log"),
    ("[{synthetic_whitening: {images: 20, dimensions: 20, exponent: 1}}]", "20 dimensions"),
    ("[{synthetic_whitening: {images: 20, dimensions: 2, exponent: 2}}]", "exponent"),
    ("[{norm: -1}]", "norm"),
  ])
  func mistakesAreNamed(features: String, message: String) {
    let error = #expect(throws: ExperimentError.self) {
      try TinyExperiment.experiment(source(features))
    }
    #expect(error?.line != nil)
    #expect(error.map { "\($0)".contains(message) } == true, "\(String(describing: error))")
  }

  @Test func experimentsOnDataThatAUserBringsCanBePlanned() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "experiments/tramer-boneh-mnist.yaml").path()
    let plan = try Plan(Experiment(path: file, smoke: false), file: file)
    #expect(plan.knownDatasets == [.mnist])
    #expect(plan.trials.allSatisfy { $0.claim.epsilonUpper < 3 })
  }
}
