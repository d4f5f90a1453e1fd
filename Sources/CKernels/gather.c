#include "gather.h"

#include "vector_clones.h"

enum {
  cache_line = 64,
  /// Rows between the one that is read and the one that is fetched: the rows of a random batch lie
  /// anywhere, and memory takes longer than a row.
  rows_ahead = 2,
  /// Squares of so many bytes add up in 31 bits.
  most_squares = 1 << 15,
};

// Words of 16 bits, because vectors multiply and add those in pairs.
KERNEL_PART uint64_t sum_of_squares(const uint8_t *bytes, size_t count) {
  uint64_t total = 0;
  while (count > 0) {
    const size_t part = count < most_squares ? count : most_squares;
    int32_t sum = 0;
    for (size_t i = 0; i < part; ++i) {
      const int16_t byte = bytes[i];
      sum += byte * byte;
    }
    total += (uint64_t)sum;
    bytes += part;
    count -= part;
  }
  return total;
}

VECTOR_CLONES
void tradeoff_gather_bytes(float *rows, uint64_t *squares, const uint8_t *bytes,
                           const int32_t *indices, size_t count, size_t row_length, float scale) {
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
    squares[i] = sum_of_squares(source, row_length);
  }
}
