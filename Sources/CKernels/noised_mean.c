#include "noised_mean.h"

#include "vector_clones.h"

enum { span = 64 };

KERNEL_PART void sum_span(double *total, const float *const *lanes, size_t lane_count,
                          size_t begin, size_t count, bool adding) {
  double sums[span] = {0};
  for (size_t lane = 0; lane < lane_count; ++lane) {
    const float *values = lanes[lane] + begin;
    for (size_t i = 0; i < count; ++i) sums[i] += (double)values[i];
  }
  if (adding) {
    for (size_t i = 0; i < count; ++i) total[begin + i] += sums[i];
  } else {
    for (size_t i = 0; i < count; ++i) total[begin + i] = sums[i];
  }
}

VECTOR_CLONES
void tradeoff_sum_lanes(double *total, const float *const *lanes, size_t lane_count, size_t begin,
                        size_t end, bool adding) {
  size_t i = begin;
  for (; i + span <= end; i += span) sum_span(total, lanes, lane_count, i, span, adding);
  if (i < end) sum_span(total, lanes, lane_count, i, end - i, adding);
}

VECTOR_CLONES
void tradeoff_noised_mean(float *value, const double *total, const float *noise, size_t count,
                          double scale) {
  for (size_t i = 0; i < count; ++i) {
    value[i] = (float)((total[i] + (double)noise[i]) * scale);
  }
}
