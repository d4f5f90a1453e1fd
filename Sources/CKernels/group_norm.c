#include "group_norm.h"

#include <math.h>

#include "channel_runs.h"
#include "vector_clones.h"

typedef tradeoff_group_norm_shape shape;

KERNEL_PART size_t group_of(size_t channel, const shape *s) {
  return channel / (s->channels / s->groups);
}

// The functions on runs work on `count` channels of one example from `first` on.

KERNEL_PART void add_run_moments(double *sums, double *squares, const float *input, size_t first,
                                 size_t count, const shape *s) {
  double sum[channel_lanes] = {0}, square[channel_lanes] = {0};
  for (size_t position = 0; position < s->positions; ++position) {
    const float *values = input + position * s->channels + first;
    for (size_t lane = 0; lane < count; ++lane) {
      const double value = values[lane];
      sum[lane] += value;
      square[lane] += value * value;
    }
  }
  for (size_t lane = 0; lane < count; ++lane) {
    const size_t group = group_of(first + lane, s);
    sums[group] += sum[lane];
    squares[group] += square[lane];
  }
}

KERNEL_PART void normalize_run(float *output, const float *input, const float *mean,
                               const float *inverse_deviation, const float *scale,
                               const float *shift, size_t first, size_t count, const shape *s) {
  float center[channel_lanes], factor[channel_lanes], offset[channel_lanes];
  for (size_t lane = 0; lane < count; ++lane) {
    const size_t channel = first + lane, group = group_of(channel, s);
    center[lane] = mean[group];
    factor[lane] = inverse_deviation[group] * scale[channel];
    offset[lane] = shift[channel];
  }
  for (size_t position = 0; position < s->positions; ++position) {
    const float *from = input + position * s->channels + first;
    float *to = output + position * s->channels + first;
    for (size_t lane = 0; lane < count; ++lane) {
      to[lane] = (from[lane] - center[lane]) * factor[lane] + offset[lane];
    }
  }
}

VECTOR_CLONES
void tradeoff_group_norm(float *output, float *mean, float *inverse_deviation, const float *input,
                         const float *scale, const float *shift, double epsilon,
                         const tradeoff_group_norm_shape *shape_of_all) {
  const shape s = *shape_of_all;
  const double elements = (double)(s.positions * (s.channels / s.groups));
  for (size_t example = 0; example < s.examples; ++example) {
    double sums[tradeoff_most_groups] = {0}, squares[tradeoff_most_groups] = {0};
    FOR_CHANNEL_RUNS(s.channels, first, count,
                     add_run_moments(sums, squares, input, first, count, &s));
    for (size_t group = 0; group < s.groups; ++group) {
      const double center = sums[group] / elements;
      const double variance = squares[group] / elements - center * center;
      mean[group] = (float)center;
      // Rounding may take the variance of equal elements below 0.
      inverse_deviation[group] = (float)(1 / sqrt((variance < 0 ? 0 : variance) + epsilon));
    }
    FOR_CHANNEL_RUNS(s.channels, first, count,
                     normalize_run(output, input, mean, inverse_deviation, scale, shift, first,
                                   count, &s));
    input += s.positions * s.channels;
    output += s.positions * s.channels;
    mean += s.groups;
    inverse_deviation += s.groups;
  }
}

// The gradients of scale and shift, and what they add to their group's two means below.
KERNEL_PART void reduce_run(float *scale_gradient, float *shift_gradient, double *flow,
                            double *correlation, const float *gradient, const float *input,
                            const float *mean, const float *inverse_deviation, const float *scale,
                            size_t first, size_t count, const shape *s) {
  float center[channel_lanes], factor[channel_lanes];
  double scale_sum[channel_lanes] = {0}, shift_sum[channel_lanes] = {0};
  for (size_t lane = 0; lane < count; ++lane) {
    const size_t group = group_of(first + lane, s);
    center[lane] = mean[group];
    factor[lane] = inverse_deviation[group];
  }
  for (size_t position = 0; position < s->positions; ++position) {
    const size_t start = position * s->channels + first;
    for (size_t lane = 0; lane < count; ++lane) {
      const float normalized = (input[start + lane] - center[lane]) * factor[lane];
      const double value = gradient[start + lane];
      scale_sum[lane] += value * (double)normalized;
      shift_sum[lane] += value;
    }
  }
  for (size_t lane = 0; lane < count; ++lane) {
    const size_t channel = first + lane, group = group_of(channel, s);
    scale_gradient[channel] = (float)scale_sum[lane];
    shift_gradient[channel] = (float)shift_sum[lane];
    flow[group] += (double)scale[channel] * shift_sum[lane];
    correlation[group] += (double)scale[channel] * scale_sum[lane];
  }
}

KERNEL_PART void propagate_run(float *gradient, const float *input, const double *flow,
                               const double *correlation, double elements, const float *mean,
                               const float *inverse_deviation, const float *scale, size_t first,
                               size_t count, const shape *s) {
  float center[channel_lanes], factor[channel_lanes], weight[channel_lanes];
  float mean_flow[channel_lanes], mean_correlation[channel_lanes];
  for (size_t lane = 0; lane < count; ++lane) {
    const size_t channel = first + lane, group = group_of(channel, s);
    center[lane] = mean[group];
    factor[lane] = inverse_deviation[group];
    weight[lane] = scale[channel];
    mean_flow[lane] = (float)(flow[group] / elements);
    mean_correlation[lane] = (float)(correlation[group] / elements);
  }
  for (size_t position = 0; position < s->positions; ++position) {
    const size_t start = position * s->channels + first;
    for (size_t lane = 0; lane < count; ++lane) {
      const float normalized = (input[start + lane] - center[lane]) * factor[lane];
      const float change = gradient[start + lane] * weight[lane] - mean_flow[lane];
      gradient[start + lane] = factor[lane] * (change - normalized * mean_correlation[lane]);
    }
  }
}

// With n the normalized input and g the gradient times scale, the input's gradient is
// inverse_deviation * (g - mean(g) - n * mean(g n)), the means being those of the group.
VECTOR_CLONES
void tradeoff_group_norm_gradient(float *gradient, float *scale_gradient, float *shift_gradient,
                                  const float *input, const float *mean,
                                  const float *inverse_deviation, const float *scale,
                                  const tradeoff_group_norm_shape *shape_of_all) {
  const shape s = *shape_of_all;
  const double elements = (double)(s.positions * (s.channels / s.groups));
  for (size_t example = 0; example < s.examples; ++example) {
    double flow[tradeoff_most_groups] = {0}, correlation[tradeoff_most_groups] = {0};
    FOR_CHANNEL_RUNS(s.channels, first, count,
                     reduce_run(scale_gradient, shift_gradient, flow, correlation, gradient, input,
                                mean, inverse_deviation, scale, first, count, &s));
    FOR_CHANNEL_RUNS(s.channels, first, count,
                     propagate_run(gradient, input, flow, correlation, elements, mean,
                                   inverse_deviation, scale, first, count, &s));
    gradient += s.positions * s.channels;
    input += s.positions * s.channels;
    scale_gradient += s.channels;
    shift_gradient += s.channels;
    mean += s.groups;
    inverse_deviation += s.groups;
  }
}
