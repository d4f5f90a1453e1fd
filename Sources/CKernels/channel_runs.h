#ifndef TRADEOFF_CHANNEL_RUNS_H
#define TRADEOFF_CHANNEL_RUNS_H

#include <stddef.h>

// Kernels over images with the channel last work on this many channels at a time, so that their
// innermost loops have a known length, and then on the few that remain.
enum { channel_lanes = 16 };

// Runs the statement with `first` the first channel of a run and `count` its length; the statement
// is compiled twice, once with the length known.
#define FOR_CHANNEL_RUNS(channels, first, count, statement)                            \
  do {                                                                                 \
    size_t first = 0;                                                                  \
    for (; first + channel_lanes <= (channels); first += channel_lanes) {              \
      enum { count = channel_lanes };                                                  \
      statement;                                                                       \
    }                                                                                  \
    if (first < (channels)) {                                                          \
      const size_t count = (channels) - first;                                         \
      statement;                                                                       \
    }                                                                                  \
  } while (0)

#endif
