#ifndef TRADEOFF_GAUSSIAN_FILL_H
#define TRADEOFF_GAUSSIAN_FILL_H

#include <stddef.h>

#include "chacha20.h"

/// Fills `values` with independent Gaussian samples, mean 0, by Box-Muller over the keystream.
///
/// The fill starts at the stream's first untouched block and uses whole batches of 16 blocks, one
/// for every 256 floats or 128 doubles begun; it leaves the stream at the block after the last.
/// `level` must not exceed `tradeoff_vector_level_best()`; it does not change a bit of the output.
void tradeoff_gaussian_fill_f32(
    tradeoff_vector_level level, tradeoff_chacha20_stream *stream, float *values, size_t count,
    float standard_deviation);
void tradeoff_gaussian_fill_f64(
    tradeoff_vector_level level, tradeoff_chacha20_stream *stream, double *values, size_t count,
    double standard_deviation);

#endif
