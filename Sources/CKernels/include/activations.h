#ifndef TRADEOFF_ACTIVATIONS_H
#define TRADEOFF_ACTIVATIONS_H

#include <stddef.h>

/// values[i] = tanh(values[i]), within 4 units in the last place; odd, never beyond 1, and exactly 1
/// from 9.02 on. Not-a-number stays.
void tradeoff_tanh(float *values, size_t count);

/// gradient[i] *= 1 - activation[i]^2, where the activation is a hyperbolic tangent.
void tradeoff_tanh_gradient(float *gradient, const float *activation, size_t count);

/// values[i] = scale * sigmoid(temperature * values[i]) - offset, computed as the hyperbolic tangent
/// that it is. Not-a-number stays.
void tradeoff_tempered_sigmoid(float *values, size_t count, float scale, float temperature,
                               float offset);

/// gradient[i] *= the derivative of the tempered sigmoid, from its value alone:
/// temperature * y * (1 - y / scale) at y = activation[i] + offset.
void tradeoff_tempered_sigmoid_gradient(float *gradient, const float *activation, size_t count,
                                        float scale, float temperature, float offset);

#endif
