#ifndef TRADEOFF_NOISED_MEAN_H
#define TRADEOFF_NOISED_MEAN_H

#include <stdbool.h>
#include <stddef.h>

/// total[i] = ((lanes[0][i] + lanes[1][i]) + ...) for i from `begin` to before `end`, added in
/// double precision and in this order; with `adding`, that is added to total[i].
void tradeoff_sum_lanes(double *total, const float *const *lanes, size_t lane_count, size_t begin,
                        size_t end, bool adding);

/// value[i] = (total[i] + noise[i]) * scale, computed in double precision and rounded once.
void tradeoff_noised_mean(float *value, const double *total, const float *noise, size_t count,
                          double scale);

#endif
