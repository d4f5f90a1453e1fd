import Datasets
import LinearAlgebra
import Testing

struct LabeledExamplesTests {
  let images = LabeledExamples(
    features: .bytes([1, 2, 3, 4, 5, 6]), labels: [1, 0, 1], featureCount: 2, classCount: 2)

  @Test func countsExamples() {
    #expect(images.exampleCount == 3)
  }

  @Test func selectsInTheOrderGiven() {
    let chosen = images.selecting([2, 0])
    #expect(chosen.features == .bytes([5, 6, 1, 2]))
    #expect(chosen.labels == [1, 1])
    #expect(chosen.featureCount == 2)
    #expect(chosen.classCount == 2)
  }

  @Test func refusesALabelThatIsNoClass() async {
    await #expect(processExitsWith: .failure) {
      _ = LabeledExamples(
        features: .bytes([0, 0]), labels: [0, 2], featureCount: 1, classCount: 2)
    }
  }

  @Test func refusesPixelsThatDoNotFit() async {
    await #expect(processExitsWith: .failure) {
      _ = LabeledExamples(
        features: .bytes([0, 0, 0]), labels: [0, 1], featureCount: 1, classCount: 2)
    }
  }
}
