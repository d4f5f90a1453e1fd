#ifndef TRADEOFF_CFFTW_SHIM_H
#define TRADEOFF_CFFTW_SHIM_H

#include <fftw3.h>

// The planner's flags are expressions in FFTW's header, which Swift does not import.
static inline unsigned cfftw_estimate(void) { return FFTW_ESTIMATE; }
static inline unsigned cfftw_unaligned(void) { return FFTW_UNALIGNED; }

#endif
