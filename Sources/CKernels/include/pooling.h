#ifndef TRADEOFF_POOLING_H
#define TRADEOFF_POOLING_H

#include <stddef.h>
#include <stdint.h>

/// Square windows over an image of shape [height, width, channel], without padding. The output sizes
/// are (image size - size) / stride + 1, rounded down, and must be at least 1; size is at most 16.
typedef struct tradeoff_pool_geometry {
  size_t height, width, channels;
  size_t size, stride;
  size_t output_height, output_width;
} tradeoff_pool_geometry;

// Inputs have shape [example, height, width, channel], outputs [example, output row, output column,
// channel]. The gradients overwrite what they give.

/// The largest element of each window, and its place in it, counted by rows: the first of equals,
/// or the first that is not a number.
void tradeoff_max_pool(float *output, uint8_t *places, const float *input, size_t examples,
                       const tradeoff_pool_geometry *geometry);
void tradeoff_max_pool_gradient(float *input_gradient, const float *output_gradient,
                                const uint8_t *places, size_t examples,
                                const tradeoff_pool_geometry *geometry);

/// The mean of each window.
void tradeoff_average_pool(float *output, const float *input, size_t examples,
                           const tradeoff_pool_geometry *geometry);
void tradeoff_average_pool_gradient(float *input_gradient, const float *output_gradient,
                                    size_t examples, const tradeoff_pool_geometry *geometry);

#endif
