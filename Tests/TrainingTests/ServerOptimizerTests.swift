import Testing
import Training

@Suite struct ServerOptimizerTests {
  @Test func rateOneWithoutMomentumAddsTheUpdate() {
    var parameters: [Float] = [1, -2, 0.5]
    var optimizer = ServerOptimizer.averaging(3)
    optimizer.apply([0.25, 0.5, -1], to: &parameters)
    optimizer.apply([0.25, 0.5, -1], to: &parameters)
    #expect(parameters == [1.5, -1, -1.5])
  }

  /// With a constant update u, momentum m and rate r, the t-th step adds r u (1 - m^t) / (1 - m).
  @Test func momentumGathersPastUpdates() {
    var parameters: [Float] = [0]
    var optimizer = ServerOptimizer(
      serverLearningRate: 0.25, serverMomentum: 0.5, parameterCount: 1)
    let positions = (1...4).map { _ in
      optimizer.apply([1], to: &parameters)
      return parameters[0]
    }
    #expect(positions == [0.25, 0.625, 1.0625, 1.53125])
  }
}
