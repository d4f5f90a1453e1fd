import Federation
import Models
import Testing

@Suite struct NamedParametersTests {
  @Test func arraysLieOneAfterAnotherInTheirOrder() throws {
    var model = try NamedParameters(shapes: ["weight": [2, 3], "bias": [2], "scale": []])
    #expect(model.names == ["weight", "bias", "scale"])
    #expect(model.views.map(\.range) == [0..<6, 6..<8, 8..<9])
    #expect(model.shape(of: "weight") == [2, 3])
    #expect(model.values == [Float](repeating: 0, count: 9))
    model["bias"] = [4, 5]
    model["scale"] = [6]
    #expect(model.values == [0, 0, 0, 0, 0, 0, 4, 5, 6])
    #expect(model["bias"] == [4, 5])
  }

  @Test func shapesThatMakeNoModelAreRefused() {
    #expect(throws: FederationError.noArrays) { try NamedParameters(shapes: [:]) }
    #expect(throws: FederationError.repeatedName(array: "a")) {
      try NamedParameters(shapes: ["a": [1], "b": [1], "a": [2]])
    }
    #expect(throws: FederationError.emptyArray(array: "b", shape: [3, 0])) {
      try NamedParameters(shapes: ["a": [1], "b": [3, 0]])
    }
  }

  @Test func anArrayKeepsItsName() async {
    await #expect(processExitsWith: .failure) {
      var model = try NamedParameters(shapes: ["weight": [2, 3]])
      model["wieght"] = [0, 0, 0, 0, 0, 0]
    }
  }

  @Test func anArrayKeepsItsSize() async {
    await #expect(processExitsWith: .failure) {
      var model = try NamedParameters(shapes: ["weight": [2, 3]])
      model["weight"] = [0]
    }
  }
}
