#ifndef TRADEOFF_OPTIMIZER_STEPS_H
#define TRADEOFF_OPTIMIZER_STEPS_H

#include <stdbool.h>
#include <stddef.h>

// Every step first subtracts weight decay from the update: u = update[i] - decay * parameters[i]. A
// decay of 0 leaves every bit of the update as it is.

/// p += rate * u
void tradeoff_descent_step(float *parameters, const float *update, size_t count, float rate,
                           float decay);

/// v = momentum * v + u; p += rate * v, or rate * (u + momentum * v) if `nesterov`
void tradeoff_momentum_step(float *parameters, float *velocity, const float *update, size_t count,
                            float momentum, bool nesterov, float rate, float decay);

/// m = beta1 * m + complement1 * u; v = beta2 * v + complement2 * u^2;
/// p += rate * m / (sqrt(v) / spread + epsilon)
void tradeoff_adam_step(float *parameters, float *first, float *second, const float *update,
                        size_t count, float beta1, float complement1, float beta2,
                        float complement2, float spread, float epsilon, float rate, float decay);

/// m = beta1 * m + complement1 * u; v += u^2; p += rate * m / (sqrt(v) + epsilon)
void tradeoff_adagrad_step(float *parameters, float *first, float *second, const float *update,
                           size_t count, float beta1, float complement1, float epsilon, float rate,
                           float decay);

/// m = beta1 * m + complement1 * u; v -= complement2 * u^2 * sign(v - u^2);
/// p += rate * m / (sqrt(v) + epsilon)
void tradeoff_yogi_step(float *parameters, float *first, float *second, const float *update,
                        size_t count, float beta1, float complement1, float complement2,
                        float epsilon, float rate, float decay);

/// mean[i] += weight * (values[i] - mean[i]), in double precision
void tradeoff_move_mean(double *mean, const float *values, size_t count, double weight);

#endif
