internal import Randomness
internal import Results

extension StreamKey {
  /// Where the noise of a trial hangs: from all 256 bits of its fingerprint.
  init(seed: UInt64, trial: TrialID) {
    self = trial.words.reduce(StreamKey(seed: seed)) { $0.child(.trial, $1) }
  }
}
