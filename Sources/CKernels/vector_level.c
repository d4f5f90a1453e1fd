#include "vector_level.h"

tradeoff_vector_level tradeoff_vector_level_best(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return tradeoff_vector_level_avx512;
  if (__builtin_cpu_supports("avx2")) return tradeoff_vector_level_avx2;
#endif
  return tradeoff_vector_level_portable;
}
