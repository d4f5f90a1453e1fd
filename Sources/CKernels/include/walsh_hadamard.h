#ifndef TRADEOFF_WALSH_HADAMARD_H
#define TRADEOFF_WALSH_HADAMARD_H

#include <stddef.h>

/// Replaces the values by their Walsh-Hadamard transform in natural order, divided by the square root
/// of `count`, which is a power of two.
void tradeoff_walsh_hadamard(float *values, size_t count);

#endif
