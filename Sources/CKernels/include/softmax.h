#ifndef TRADEOFF_SOFTMAX_H
#define TRADEOFF_SOFTMAX_H

#include <stddef.h>
#include <stdint.h>

enum {
  /// Classes that a row may have; labels are bytes.
  tradeoff_most_classes = 256,
};

// Logits have shape [row, class]; labels are below `classes`, which is 1 to `tradeoff_most_classes`.
// What a row yields does not depend on the other rows.

/// gradient[row, class] = softmax(logits[row])[class] - (class == labels[row]), and
/// losses[row] = log(sum(exp(logits[row]))) - logits[row, labels[row]].
///
/// A probability is within 8 units in its last place; one below 2^-126 of the row's largest is 0.
/// A row with a logit that is infinitely large or not a number gives not-a-number.
void tradeoff_softmax_cross_entropy(const float *logits, const uint8_t *labels, float *gradient,
                                    float *losses, size_t rows, size_t classes);

/// The sum of the losses in double precision, and how many rows have their first largest logit at
/// their label.
void tradeoff_classify(const float *logits, const uint8_t *labels, size_t rows, size_t classes,
                       double *loss_total, size_t *correct);

#endif
