#include "gather.h"

#include "vector_clones.h"

enum {
  cache_line = 64,
  /// Rows between the one that is read and the one that is fetched: the rows of a random batch lie
  /// anywhere, and memory takes longer than a row.
  rows_ahead = 2,
  /// Squares of so many bytes add up in 32 bits.
  most_squares = 1 << 16,
};

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
    uint64_t total = 0;
    for (size_t start = 0; start < row_length; start += most_squares) {
      const size_t end = row_length - start < most_squares ? row_length : start + most_squares;
      uint32_t sum = 0;
      for (size_t column = start; column < end; ++column) {
        const uint32_t byte = source[column];
        sum += byte * byte;
        row[column] = scale * (float)(int32_t)byte;
      }
      total += sum;
    }
    squares[i] = total;
  }
}
