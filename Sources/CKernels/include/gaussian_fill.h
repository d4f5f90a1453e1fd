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

/// One batch of the fill of floats, from the words of the 16 blocks from `block` on, as
/// `tradeoff_chacha20_batch` stores them. Row by row, a pair of words gives a pair of samples. The
/// first word u1 and the lowest six bits of the second are the uniform number of the radius,
/// (64 u1 + bits + 1/2) / 2^38; where u1 < 2^8, 48 further bits of the key's keystream follow, so
/// that no magnitude exceeds sqrt(2 * 86 * ln 2) < 10.92 standard deviations.
void tradeoff_gaussian_batch_f32(
    tradeoff_vector_level level, const uint32_t key[tradeoff_chacha20_key_words], uint64_t block,
    const uint32_t words[tradeoff_chacha20_batch_words], float standard_deviation,
    float values[tradeoff_chacha20_batch_words]);

#endif
