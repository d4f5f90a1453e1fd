#ifndef TRADEOFF_FLOAT_BITS_H
#define TRADEOFF_FLOAT_BITS_H

#include <stdint.h>

#include "vector_clones.h"

KERNEL_PART uint32_t bits_of_float(float value) {
  uint32_t bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  return bits;
}

KERNEL_PART float float_of_bits(uint32_t bits) {
  float value;
  __builtin_memcpy(&value, &bits, sizeof value);
  return value;
}

#endif
