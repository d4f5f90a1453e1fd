#include "walsh_hadamard.h"

#include <math.h>

#include "vector_clones.h"

VECTOR_CLONES
void tradeoff_walsh_hadamard(float *values, size_t count) {
  for (size_t half = 1; half < count; half *= 2) {
    for (size_t start = 0; start < count; start += 2 * half) {
      float *low = values + start;
      float *high = low + half;
      for (size_t i = 0; i < half; ++i) {
        const float sum = low[i] + high[i];
        high[i] = low[i] - high[i];
        low[i] = sum;
      }
    }
  }
  const float scale = (float)(1 / sqrt((double)count));
  for (size_t i = 0; i < count; ++i) values[i] *= scale;
}
