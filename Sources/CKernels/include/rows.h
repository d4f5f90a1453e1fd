#ifndef TRADEOFF_ROWS_H
#define TRADEOFF_ROWS_H

#include <stddef.h>

// Matrices are row-major, of shape [row, column].

/// sums[row] = the row's sum of squares, each product exact and added in double precision.
void tradeoff_row_sums_of_squares(const float *values, size_t rows, size_t columns, double *sums);

/// values[row, column] *= factors[row]
void tradeoff_scale_rows(float *values, size_t rows, size_t columns, const float *factors);

#endif
