internal import Randomness
internal import Results

extension StreamKey {
  /// Where the noise of a trial hangs: from all 256 bits of its fingerprint.
  init(seed: UInt64, trial: TrialID) { self = StreamKey(seed: seed).child(trial) }

  func child(_ trial: TrialID) -> StreamKey {
    trial.words.reduce(self) { $0.child(.trial, $1) }
  }
}
