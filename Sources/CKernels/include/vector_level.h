#ifndef TRADEOFF_VECTOR_LEVEL_H
#define TRADEOFF_VECTOR_LEVEL_H

/// Which vector instructions a kernel may use.
typedef enum __attribute__((enum_extensibility(closed))) tradeoff_vector_level {
  /// What every processor of the architecture has: SSE2 on x86-64, NEON on arm64.
  tradeoff_vector_level_portable = 0,
  tradeoff_vector_level_avx2 = 1,
  tradeoff_vector_level_avx512 = 2,
} tradeoff_vector_level;

/// The highest level that this processor and its operating system support.
tradeoff_vector_level tradeoff_vector_level_best(void);

#endif
