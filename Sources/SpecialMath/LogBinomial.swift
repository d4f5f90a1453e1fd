import CGSL

/// log(n choose k) for 0 <= k <= n < 2^32, to about 1e-15 of log n!.
public func logBinomial(_ n: Int, choose k: Int) -> Double {
  precondition(0 <= k && k <= n && n < 1 << 32, "k must be in 0 ... n and n below 2^32")
  return gsl_sf_lnchoose(UInt32(n), UInt32(k))
}
