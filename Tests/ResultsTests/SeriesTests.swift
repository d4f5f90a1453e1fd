import Results
import Testing

@Suite struct SeriesTests {
  @Test(arguments: [
    ("privacy.noise=none", ""), ("", ""),
    ("dataset.partition=label_shards:2;privacy.noise=target_epsilon:8", "label shards 2"),
    ("case=linear 2.7", "linear"), ("case=linear epsilon 3", "linear"), ("case=epsilon 3", ""),
    ("case=no privacy", ""), ("case=FedAvg;privacy.noise.multiplier=2", "FedAvg"),
    ("privacy.clipping_norm=0.1;training.rounds=3", "0.1, 3"),
  ])
  func seriesAreNamedForAllButTheNoise(sweep: String, name: String) throws {
    let rows = TradeoffRow.summarize([Samples.trial(sweep: sweep, claim: try Samples.claim())])
    #expect(rows.map(\.series) == [name])
  }
}
