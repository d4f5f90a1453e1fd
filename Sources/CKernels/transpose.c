#include "transpose.h"

#include "vector_clones.h"

// A block of 16 by 16 floats is 16 cache lines on either side, which stay near until it is done.
enum { block = 16 };

VECTOR_CLONES
void tradeoff_transpose(float *result, size_t result_stride, const float *values, size_t stride,
                        size_t rows, size_t columns) {
  for (size_t row = 0; row < rows; row += block) {
    const size_t height = rows - row < block ? rows - row : block;
    for (size_t column = 0; column < columns; column += block) {
      const size_t width = columns - column < block ? columns - column : block;
      const float *source = values + row * stride + column;
      float *target = result + column * result_stride + row;
      if (height == block && width == block) {
        for (size_t j = 0; j < block; ++j) {
          for (size_t i = 0; i < block; ++i) target[j * result_stride + i] = source[i * stride + j];
        }
      } else {
        for (size_t j = 0; j < width; ++j) {
          for (size_t i = 0; i < height; ++i) target[j * result_stride + i] = source[i * stride + j];
        }
      }
    }
  }
}
