// Thirty-two rows at a time, each in its own lane: the classes of a row are added one after another,
// so its result depends neither on the width of the vectors nor on the rows beside it.

#include "softmax.h"

#include "exponential.h"

enum { lanes = 32 };

// Reads the tile's `count` rows, column by column; the lanes beyond them get zeros.
KERNEL_PART void load_columns(float columns[][lanes], const float *logits, size_t count,
                              size_t classes) {
  for (size_t class = 0; class < classes; ++class) {
    for (size_t lane = 0; lane < lanes; ++lane) {
      columns[class][lane] = lane < count ? logits[lane * classes + class] : 0.0f;
    }
  }
}

// Scatter instructions are slower than plain stores.
KERNEL_PART void store_columns(float *gradient, float columns[][lanes], size_t count,
                               size_t classes) {
  for (size_t lane = 0; lane < count; ++lane) {
#pragma clang loop vectorize(disable)
    for (size_t class = 0; class < classes; ++class) {
      gradient[lane * classes + class] = columns[class][lane];
    }
  }
}

// exp(x) for x <= 0; below 2^-126 it is 0.
KERNEL_PART float exponential(float x) {
  const factored_exponential e = factor_exponential(x);
  return x < -87.3365f ? 0.0f : e.power * (1.0f + e.excess);
}

// log(x) for x >= 1; Cephes 2.2, logf.c (S. L. Moshier, 1992).
KERNEL_PART float logarithm(float x) {
  // x = 2^exponent (1 + f), with 1 + f in [sqrt(1/2), sqrt(2)).
  const uint32_t shifted = bits_of_float(x) - 0x3f3504f3;
  const float exponent = (float)((int32_t)shifted >> 23);
  const float f = float_of_bits((shifted & 0x007fffff) + 0x3f3504f3) - 1.0f;
  float p = f * 7.0376836292e-2f - 1.1514610310e-1f;
  p = p * f + 1.1676998740e-1f;
  p = p * f - 1.2420140846e-1f;
  p = p * f + 1.4249322787e-1f;
  p = p * f - 1.6668057665e-1f;
  p = p * f + 2.0000714765e-1f;
  p = p * f - 2.4999993993e-1f;
  p = p * f + 3.3333331174e-1f;
  const float square = f * f;
  const float tail = (p * f * square - exponent * 2.12194440e-4f) - 0.5f * square;
  const float sum = (f + tail) + exponent * 0.693359375f;
  return x != x ? x : sum;
}

// Replaces the columns by exp(column - largest); gives each lane's largest and sum.
KERNEL_PART void exponentials(float columns[][lanes], size_t classes, float largest[lanes],
                              float sum[lanes]) {
  for (size_t lane = 0; lane < lanes; ++lane) largest[lane] = columns[0][lane];
  for (size_t class = 1; class < classes; ++class) {
    for (size_t lane = 0; lane < lanes; ++lane) {
      const float logit = columns[class][lane];
      largest[lane] = logit > largest[lane] ? logit : largest[lane];
    }
  }
  for (size_t lane = 0; lane < lanes; ++lane) sum[lane] = 0.0f;
  for (size_t class = 0; class < classes; ++class) {
    for (size_t lane = 0; lane < lanes; ++lane) {
      columns[class][lane] = exponential(columns[class][lane] - largest[lane]);
      sum[lane] += columns[class][lane];
    }
  }
}

KERNEL_PART void cross_entropy_tile(const float *logits, const uint8_t *labels, float *gradient,
                                    float *losses, size_t count, size_t classes) {
  float columns[tradeoff_most_classes][lanes], largest[lanes], sum[lanes], logarithms[lanes];
  load_columns(columns, logits, count, classes);
  exponentials(columns, classes, largest, sum);
  for (size_t lane = 0; lane < lanes; ++lane) logarithms[lane] = logarithm(sum[lane]);
  for (size_t lane = 0; lane < lanes; ++lane) sum[lane] = 1.0f / sum[lane];
  for (size_t class = 0; class < classes; ++class) {
    for (size_t lane = 0; lane < lanes; ++lane) columns[class][lane] *= sum[lane];
  }
  for (size_t lane = 0; lane < count; ++lane) {
    const float target = logits[lane * classes + labels[lane]];
    losses[lane] = logarithms[lane] + (largest[lane] - target);
    columns[labels[lane]][lane] -= 1.0f;
  }
  store_columns(gradient, columns, count, classes);
}

VECTOR_CLONES
void tradeoff_softmax_cross_entropy(const float *logits, const uint8_t *labels, float *gradient,
                                    float *losses, size_t rows, size_t classes) {
  size_t row = 0;
  for (; row + lanes <= rows; row += lanes) {
    cross_entropy_tile(logits + row * classes, labels + row, gradient + row * classes, losses + row,
                       lanes, classes);
  }
  if (row < rows) {
    cross_entropy_tile(logits + row * classes, labels + row, gradient + row * classes, losses + row,
                       rows - row, classes);
  }
}

KERNEL_PART void classify_tile(const float *logits, const uint8_t *labels, size_t count,
                               size_t classes, double *loss_total, size_t *correct) {
  float columns[tradeoff_most_classes][lanes], largest[lanes], sum[lanes];
  uint32_t best[lanes] = {0};
  load_columns(columns, logits, count, classes);
  for (size_t lane = 0; lane < lanes; ++lane) largest[lane] = columns[0][lane];
  for (size_t class = 1; class < classes; ++class) {
    for (size_t lane = 0; lane < lanes; ++lane) {
      const float logit = columns[class][lane];
      best[lane] = logit > largest[lane] ? (uint32_t)class : best[lane];
      largest[lane] = logit > largest[lane] ? logit : largest[lane];
    }
  }
  exponentials(columns, classes, largest, sum);
  for (size_t lane = 0; lane < lanes; ++lane) sum[lane] = logarithm(sum[lane]);
  for (size_t lane = 0; lane < count; ++lane) {
    const float logit = logits[lane * classes + labels[lane]];
    *loss_total += (double)sum[lane] + ((double)largest[lane] - (double)logit);
    *correct += best[lane] == labels[lane];
  }
}

VECTOR_CLONES
void tradeoff_classify(const float *logits, const uint8_t *labels, size_t rows, size_t classes,
                       double *loss_total, size_t *correct) {
  *loss_total = 0;
  *correct = 0;
  size_t row = 0;
  for (; row + lanes <= rows; row += lanes) {
    classify_tile(logits + row * classes, labels + row, lanes, classes, loss_total, correct);
  }
  if (row < rows) {
    classify_tile(logits + row * classes, labels + row, rows - row, classes, loss_total, correct);
  }
}
