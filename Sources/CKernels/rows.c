#include "rows.h"

#include "vector_clones.h"

// Thirty-two partial sums, folded in halves.
KERNEL_PART double sum_of_squares(const float *values, size_t count) {
  enum { lanes = 32 };
  double sums[lanes] = {0};
  size_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    for (size_t lane = 0; lane < lanes; ++lane) {
      const double value = values[i + lane];
      sums[lane] += value * value;
    }
  }
  for (size_t lane = 0; i + lane < count; ++lane) {
    const double value = values[i + lane];
    sums[lane] += value * value;
  }
  for (size_t width = lanes / 2; width > 0; width /= 2) {
    for (size_t lane = 0; lane < width; ++lane) sums[lane] += sums[lane + width];
  }
  return sums[0];
}

VECTOR_CLONES
void tradeoff_row_sums_of_squares(const float *values, size_t rows, size_t columns, double *sums) {
  for (size_t row = 0; row < rows; ++row) {
    sums[row] = sum_of_squares(values + row * columns, columns);
  }
}

VECTOR_CLONES
void tradeoff_scale_rows(float *values, size_t rows, size_t columns, const float *factors) {
  for (size_t row = 0; row < rows; ++row) {
    float *line = values + row * columns;
    const float factor = factors[row];
    for (size_t column = 0; column < columns; ++column) line[column] *= factor;
  }
}
