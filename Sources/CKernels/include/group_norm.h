#ifndef TRADEOFF_GROUP_NORM_H
#define TRADEOFF_GROUP_NORM_H

#include <stddef.h>

enum {
  tradeoff_most_groups = 256,
};

/// A batch of shape [example, position, channel], whose channels fall into groups of neighbors;
/// `groups` divides `channels` and is at most `tradeoff_most_groups`, and no size is 0.
typedef struct tradeoff_group_norm_shape {
  size_t examples, positions, channels, groups;
} tradeoff_group_norm_shape;

/// output = scale[channel] * (input - mean) * inverse_deviation + shift[channel], with the mean and
/// 1 / sqrt(variance + epsilon) of each example's group over its positions and channels. They are
/// computed in double precision and saved, both [example, group].
void tradeoff_group_norm(float *output, float *mean, float *inverse_deviation, const float *input,
                         const float *scale, const float *shift, double epsilon,
                         const tradeoff_group_norm_shape *shape);

/// Turns the gradient with respect to the output into that with respect to the input, in place, and
/// gives each example's gradients with respect to scale and shift, both [example, channel].
void tradeoff_group_norm_gradient(float *gradient, float *scale_gradient, float *shift_gradient,
                                  const float *input, const float *mean,
                                  const float *inverse_deviation, const float *scale,
                                  const tradeoff_group_norm_shape *shape);

#endif
