#ifndef TRADEOFF_TRANSPOSE_H
#define TRADEOFF_TRANSPOSE_H

#include <stddef.h>

/// result[column * result_stride + row] = values[row * stride + column]
void tradeoff_transpose(float *result, size_t result_stride, const float *values, size_t stride,
                        size_t rows, size_t columns);

#endif
