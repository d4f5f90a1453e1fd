#ifndef TRADEOFF_GATHER_H
#define TRADEOFF_GATHER_H

#include <stddef.h>
#include <stdint.h>

/// rows[i, column] = scale * bytes[indices[i], column], both with `row_length` columns, and
/// squares[i] = the sum of the squared bytes of that row, which is exact.
void tradeoff_gather_bytes(float *rows, uint64_t *squares, const uint8_t *bytes,
                           const int32_t *indices, size_t count, size_t row_length, float scale);

#endif
