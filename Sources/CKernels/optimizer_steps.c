#include "optimizer_steps.h"

#include "vector_clones.h"

// Square roots and divisions are correctly rounded in every clone; the builtin root sets no errno,
// which a vector cannot.

static inline float decayed(float update, float parameter, float decay) {
  return decay == 0 ? update : update - decay * parameter;
}

VECTOR_CLONES
void tradeoff_descent_step(float *parameters, const float *update, size_t count, float rate,
                           float decay) {
  for (size_t i = 0; i < count; ++i) {
    parameters[i] += rate * decayed(update[i], parameters[i], decay);
  }
}

VECTOR_CLONES
void tradeoff_momentum_step(float *parameters, float *velocity, const float *update, size_t count,
                            float momentum, bool nesterov, float rate, float decay) {
  for (size_t i = 0; i < count; ++i) {
    const float u = decayed(update[i], parameters[i], decay);
    const float v = momentum * velocity[i] + u;
    velocity[i] = v;
    parameters[i] += rate * (nesterov ? u + momentum * v : v);
  }
}

VECTOR_CLONES
void tradeoff_adam_step(float *parameters, float *first, float *second, const float *update,
                        size_t count, float beta1, float complement1, float beta2,
                        float complement2, float spread, float epsilon, float rate, float decay) {
  for (size_t i = 0; i < count; ++i) {
    const float u = decayed(update[i], parameters[i], decay);
    const float m = beta1 * first[i] + complement1 * u;
    const float v = beta2 * second[i] + complement2 * (u * u);
    first[i] = m;
    second[i] = v;
    parameters[i] += rate * m / (__builtin_elementwise_sqrt(v) / spread + epsilon);
  }
}

VECTOR_CLONES
void tradeoff_adagrad_step(float *parameters, float *first, float *second, const float *update,
                           size_t count, float beta1, float complement1, float epsilon, float rate,
                           float decay) {
  for (size_t i = 0; i < count; ++i) {
    const float u = decayed(update[i], parameters[i], decay);
    const float m = beta1 * first[i] + complement1 * u;
    const float v = second[i] + u * u;
    first[i] = m;
    second[i] = v;
    parameters[i] += rate * m / (__builtin_elementwise_sqrt(v) + epsilon);
  }
}

VECTOR_CLONES
void tradeoff_yogi_step(float *parameters, float *first, float *second, const float *update,
                        size_t count, float beta1, float complement1, float complement2,
                        float epsilon, float rate, float decay) {
  for (size_t i = 0; i < count; ++i) {
    const float u = decayed(update[i], parameters[i], decay);
    const float square = u * u;
    const float sign = second[i] > square ? 1.0f : second[i] < square ? -1.0f : 0.0f;
    const float m = beta1 * first[i] + complement1 * u;
    const float v = second[i] - complement2 * square * sign;
    first[i] = m;
    second[i] = v;
    parameters[i] += rate * m / (__builtin_elementwise_sqrt(v) + epsilon);
  }
}

VECTOR_CLONES
void tradeoff_move_mean(double *mean, const float *values, size_t count, double weight) {
  for (size_t i = 0; i < count; ++i) mean[i] += weight * ((double)values[i] - mean[i]);
}
