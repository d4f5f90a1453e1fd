#ifndef TRADEOFF_EXPONENTIAL_H
#define TRADEOFF_EXPONENTIAL_H

#include "float_bits.h"

// exp(x) = power * (1 + excess), where power is a power of two and excess within sqrt(2) - 1 of 0.
typedef struct factored_exponential {
  float power;
  float excess;
} factored_exponential;

// For |x| <= 87; the reduction and the polynomial are those of Cephes 2.2, expf.c (S. L. Moshier,
// 1992).
KERNEL_PART factored_exponential factor_exponential(float x) {
  // Adding 1.5 * 2^23 rounds to a whole number and leaves it in the low bits.
  const float shifted = x * 1.44269504088896341f + 0x1.8p23f;
  const float exponent = shifted - 0x1.8p23f;
  const float r = (x - exponent * 0.693359375f) - exponent * -2.12194440e-4f;
  float p = r * 1.9875691500e-4f + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  return (factored_exponential){
      .power = float_of_bits((bits_of_float(shifted) + 127) << 23),
      .excess = p * (r * r) + r,
  };
}

#endif
