#include "pooling.h"

#include <string.h>

#include "channel_runs.h"
#include "vector_clones.h"

// Steps from an element of an image to the next column and to the next row.
typedef struct strides {
  size_t column, row;
} strides;

KERNEL_PART strides strides_of(const tradeoff_pool_geometry *g) {
  return (strides){.column = g->channels, .row = g->width * g->channels};
}

// The functions on windows work on `count` channels of one; `input` is its first element.

KERNEL_PART void max_window(float *output, uint8_t *places, const float *input, size_t size,
                            strides step, size_t count) {
  float largest[channel_lanes];
  uint32_t place[channel_lanes] = {0};
  for (size_t lane = 0; lane < count; ++lane) largest[lane] = input[lane];
  for (size_t row = 0; row < size; ++row) {
    for (size_t column = row == 0; column < size; ++column) {
      const float *values = input + row * step.row + column * step.column;
      const uint32_t here = (uint32_t)(row * size + column);
      for (size_t lane = 0; lane < count; ++lane) {
        const float value = values[lane], best = largest[lane];
        const int is_better = (value > best) | ((value != value) & (best == best));
        largest[lane] = is_better ? value : best;
        place[lane] = is_better ? here : place[lane];
      }
    }
  }
  for (size_t lane = 0; lane < count; ++lane) output[lane] = largest[lane];
  for (size_t lane = 0; lane < count; ++lane) places[lane] = (uint8_t)place[lane];
}

KERNEL_PART void max_window_gradient(float *input, const float *gradient, const uint8_t *places,
                                     size_t size, strides step, size_t count) {
  float flow[channel_lanes];
  uint32_t place[channel_lanes];
  for (size_t lane = 0; lane < count; ++lane) flow[lane] = gradient[lane];
  for (size_t lane = 0; lane < count; ++lane) place[lane] = places[lane];
  for (size_t row = 0; row < size; ++row) {
    for (size_t column = 0; column < size; ++column) {
      float *values = input + row * step.row + column * step.column;
      const uint32_t here = (uint32_t)(row * size + column);
      for (size_t lane = 0; lane < count; ++lane) {
        values[lane] += place[lane] == here ? flow[lane] : 0.0f;
      }
    }
  }
}

KERNEL_PART void average_window(float *output, const float *input, size_t size, strides step,
                                size_t count) {
  const float weight = 1.0f / (float)(size * size);
  float sum[channel_lanes] = {0};
  for (size_t row = 0; row < size; ++row) {
    for (size_t column = 0; column < size; ++column) {
      const float *values = input + row * step.row + column * step.column;
      for (size_t lane = 0; lane < count; ++lane) sum[lane] += values[lane];
    }
  }
  for (size_t lane = 0; lane < count; ++lane) output[lane] = sum[lane] * weight;
}

KERNEL_PART void average_window_gradient(float *input, const float *gradient, size_t size,
                                         strides step, size_t count) {
  const float weight = 1.0f / (float)(size * size);
  float flow[channel_lanes];
  for (size_t lane = 0; lane < count; ++lane) flow[lane] = gradient[lane] * weight;
  for (size_t row = 0; row < size; ++row) {
    for (size_t column = 0; column < size; ++column) {
      float *values = input + row * step.row + column * step.column;
      for (size_t lane = 0; lane < count; ++lane) values[lane] += flow[lane];
    }
  }
}

// Runs the statement for every window: `input_start` and `output_start` are the indices of the
// window's first element and of its result, in channel 0.
#define FOR_WINDOWS(g, examples, input_start, output_start, statement)                        \
  do {                                                                                        \
    size_t output_start = 0;                                                                  \
    for (size_t example = 0; example < (examples); ++example) {                               \
      for (size_t y = 0; y < (g).output_height; ++y) {                                        \
        for (size_t x = 0; x < (g).output_width; ++x, output_start += (g).channels) {         \
          const size_t input_start =                                                          \
              ((example * (g).height + y * (g).stride) * (g).width + x * (g).stride) *        \
              (g).channels;                                                                   \
          statement;                                                                          \
        }                                                                                     \
      }                                                                                       \
    }                                                                                         \
  } while (0)

VECTOR_CLONES
void tradeoff_max_pool(float *output, uint8_t *places, const float *input, size_t examples,
                       const tradeoff_pool_geometry *geometry) {
  const tradeoff_pool_geometry g = *geometry;
  const strides step = strides_of(&g);
  FOR_WINDOWS(g, examples, from, to, FOR_CHANNEL_RUNS(g.channels, first, count, {
    max_window(output + to + first, places + to + first, input + from + first, g.size, step, count);
  }));
}

VECTOR_CLONES
void tradeoff_max_pool_gradient(float *input_gradient, const float *output_gradient,
                                const uint8_t *places, size_t examples,
                                const tradeoff_pool_geometry *geometry) {
  const tradeoff_pool_geometry g = *geometry;
  const strides step = strides_of(&g);
  memset(input_gradient, 0, examples * g.height * g.width * g.channels * sizeof(float));
  FOR_WINDOWS(g, examples, from, to, FOR_CHANNEL_RUNS(g.channels, first, count, {
    max_window_gradient(input_gradient + from + first, output_gradient + to + first,
                        places + to + first, g.size, step, count);
  }));
}

VECTOR_CLONES
void tradeoff_average_pool(float *output, const float *input, size_t examples,
                           const tradeoff_pool_geometry *geometry) {
  const tradeoff_pool_geometry g = *geometry;
  const strides step = strides_of(&g);
  FOR_WINDOWS(g, examples, from, to, FOR_CHANNEL_RUNS(g.channels, first, count, {
    average_window(output + to + first, input + from + first, g.size, step, count);
  }));
}

VECTOR_CLONES
void tradeoff_average_pool_gradient(float *input_gradient, const float *output_gradient,
                                    size_t examples, const tradeoff_pool_geometry *geometry) {
  const tradeoff_pool_geometry g = *geometry;
  const strides step = strides_of(&g);
  memset(input_gradient, 0, examples * g.height * g.width * g.channels * sizeof(float));
  FOR_WINDOWS(g, examples, from, to, FOR_CHANNEL_RUNS(g.channels, first, count, {
    average_window_gradient(input_gradient + from + first, output_gradient + to + first, g.size,
                            step, count);
  }));
}
