#include "activations.h"

#include "exponential.h"

// tanh(x) = m / (m + 2) for m = exp(2 x) - 1 = power * excess + (power - 1), where nothing cancels.
KERNEL_PART float hyperbolic_tangent(float x) {
  const uint32_t sign = bits_of_float(x) & 0x80000000;
  const float magnitude = float_of_bits(bits_of_float(x) ^ sign);
  // From 9.02 on, the nearest number is 1.
  const float argument = magnitude > 9.1f ? 18.2f : magnitude + magnitude;
  const factored_exponential e = factor_exponential(argument);
  const float m = e.power * e.excess + (e.power - 1.0f);
  return float_of_bits(bits_of_float(m / (m + 2.0f)) | sign);
}

VECTOR_CLONES
void tradeoff_tanh(float *values, size_t count) {
  for (size_t i = 0; i < count; ++i) values[i] = hyperbolic_tangent(values[i]);
}

VECTOR_CLONES
void tradeoff_tanh_gradient(float *gradient, const float *activation, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    gradient[i] *= (1.0f - activation[i]) * (1.0f + activation[i]);
  }
}

// sigmoid(x) = 1/2 + 1/2 tanh(x / 2)
VECTOR_CLONES
void tradeoff_tempered_sigmoid(float *values, size_t count, float scale, float temperature,
                               float offset) {
  const float amplitude = 0.5f * scale;
  const float center = amplitude - offset;
  const float steepness = 0.5f * temperature;
  for (size_t i = 0; i < count; ++i) {
    values[i] = amplitude * hyperbolic_tangent(steepness * values[i]) + center;
  }
}

VECTOR_CLONES
void tradeoff_tempered_sigmoid_gradient(float *gradient, const float *activation, size_t count,
                                        float scale, float temperature, float offset) {
  const float inverse_scale = 1.0f / scale;
  for (size_t i = 0; i < count; ++i) {
    const float sigmoid = activation[i] + offset;
    gradient[i] *= temperature * sigmoid * (1.0f - sigmoid * inverse_scale);
  }
}
