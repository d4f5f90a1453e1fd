/// What a branch of the key tree is for.
///
/// The raw value is the nonce under which a parent key derives its child, so it is part of every
/// stream below: a value never changes meaning, and 0 stays free, because a stream makes its own
/// words under nonce 0 (and refines the far tail of bulk Gaussian samples under nonce 2³², and draws the
/// spare words of discrete Gaussian fills from keys under nonce 2³³).
public enum StreamLabel: UInt32, CaseIterable, Sendable {
  case replicate = 1
  case trial
  case validationSplit
  case partition
  case initialParameters
  case round
  case client
  case cohort
  case batches
  case noise
  case count
  case compression = 40
  case device
  case phase
  case rotation = 60
  case selection = 80
  case score
  case syntheticImage = 100
  case canary = 120
  case shadowModel = 140
  case coin
  case target
  case auditedRun
}
