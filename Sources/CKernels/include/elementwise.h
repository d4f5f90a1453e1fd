#ifndef TRADEOFF_ELEMENTWISE_H
#define TRADEOFF_ELEMENTWISE_H

#include <stddef.h>
#include <stdint.h>

/// values[i] = max(values[i], 0); not-a-number stays
void tradeoff_relu(float *values, size_t count);

/// gradient[i] = activation[i] > 0 ? gradient[i] : 0
void tradeoff_relu_gradient(float *gradient, const float *activation, size_t count);

/// destination[i] = left[i] - right[i]
void tradeoff_subtract(float *destination, const float *left, const float *right, size_t count);

/// total[i] += scale * values[i]
void tradeoff_add_scaled_floats(float *total, const float *values, size_t count, float scale);

/// total[column] += scale * sum over rows of values[row, column]
void tradeoff_add_column_sums(float *total, const float *values, size_t rows, size_t columns,
                              float scale);

/// Sum of squares, each product exact and added in double precision in eight lanes.
double tradeoff_sum_of_squares(const float *values, size_t count);

/// total[i] += grid * trunc(scale * values[i] / grid), in double precision.
/// `grid` must be a power of two, so that the division is exact.
void tradeoff_add_on_grid(double *total, const float *values, size_t count, double scale,
                          double grid);

/// total[i] += scale * values[i], in double precision.
void tradeoff_add_scaled(double *total, const float *values, size_t count, double scale);

/// total[i] += values[i], in double precision.
void tradeoff_add(double *total, const double *values, size_t count);

/// result[i] = scale * values[i], rounded once.
void tradeoff_scaled(float *result, const double *values, size_t count, double scale);

#endif
