#include "gather.h"

#include "vector_clones.h"

enum {
  cache_line = 64,
  /// Rows between the one that is read and the one that is fetched: the rows of a random batch lie
  /// anywhere, and memory takes longer than a row.
  rows_ahead = 2,
};

VECTOR_CLONES
void tradeoff_gather_bytes(float *rows, const uint8_t *bytes, const int32_t *indices, size_t count,
                           size_t row_length, float scale) {
  for (size_t i = 0; i < count; ++i) {
    if (i + rows_ahead < count) {
      const uint8_t *later = bytes + (size_t)indices[i + rows_ahead] * row_length;
      for (size_t byte = 0; byte < row_length; byte += cache_line) __builtin_prefetch(later + byte);
    }
    const uint8_t *source = bytes + (size_t)indices[i] * row_length;
    float *row = rows + i * row_length;
    for (size_t column = 0; column < row_length; ++column) {
      row[column] = scale * (float)source[column];
    }
  }
}
