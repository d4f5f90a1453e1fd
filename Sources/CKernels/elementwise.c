#include "elementwise.h"

#include <math.h>

#include "vector_clones.h"

VECTOR_CLONES
void tradeoff_relu(float *values, size_t count) {
  for (size_t i = 0; i < count; ++i) values[i] = values[i] < 0 ? 0 : values[i];
}

VECTOR_CLONES
void tradeoff_relu_gradient(float *gradient, const float *activation, size_t count) {
  for (size_t i = 0; i < count; ++i) gradient[i] = activation[i] > 0 ? gradient[i] : 0;
}

VECTOR_CLONES
void tradeoff_subtract(float *destination, const float *left, const float *right, size_t count) {
  for (size_t i = 0; i < count; ++i) destination[i] = left[i] - right[i];
}

VECTOR_CLONES
void tradeoff_add_scaled_floats(float *total, const float *values, size_t count, float scale) {
  for (size_t i = 0; i < count; ++i) total[i] += scale * values[i];
}

VECTOR_CLONES
void tradeoff_add_column_sums(float *total, const float *values, size_t rows, size_t columns,
                              float scale) {
  for (size_t row = 0; row < rows; ++row) {
    const float *line = values + row * columns;
    for (size_t column = 0; column < columns; ++column) total[column] += scale * line[column];
  }
}

VECTOR_CLONES
double tradeoff_sum_of_squares(const float *values, size_t count) {
  double lanes[8] = {0};
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    for (size_t lane = 0; lane < 8; ++lane) {
      const double value = values[i + lane];
      lanes[lane] += value * value;
    }
  }
  for (; i < count; ++i) lanes[i % 8] += (double)values[i] * (double)values[i];
  return ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) +
         ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
}

VECTOR_CLONES
void tradeoff_add_on_grid(double *total, const float *values, size_t count, double scale,
                          double grid) {
  const double cells = scale / grid;
  for (size_t i = 0; i < count; ++i) total[i] += grid * trunc(cells * (double)values[i]);
}

VECTOR_CLONES
void tradeoff_add_scaled(double *total, const float *values, size_t count, double scale) {
  for (size_t i = 0; i < count; ++i) total[i] += scale * (double)values[i];
}

VECTOR_CLONES
void tradeoff_add(double *total, const double *values, size_t count) {
  for (size_t i = 0; i < count; ++i) total[i] += values[i];
}

VECTOR_CLONES
void tradeoff_scaled(float *result, const double *values, size_t count, double scale) {
  for (size_t i = 0; i < count; ++i) result[i] = (float)(scale * values[i]);
}
