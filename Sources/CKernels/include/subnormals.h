#ifndef TRADEOFF_SUBNORMALS_H
#define TRADEOFF_SUBNORMALS_H

#include <stdint.h>

/// Makes this thread's arithmetic read and write subnormal numbers as zeros, and returns what it did
/// before, for `tradeoff_restore_subnormals`.
static inline uint64_t tradeoff_flush_subnormals(void) {
#if defined(__x86_64__)
  // Flush to zero and denormals are zeros (Intel 64 manual, volume 1, section 10.2.3).
  const uint32_t before = __builtin_ia32_stmxcsr();
  __builtin_ia32_ldmxcsr(before | 0x8040);
  return before;
#elif defined(__aarch64__)
  uint64_t before;
  __asm__ volatile("mrs %0, fpcr" : "=r"(before));
  __asm__ volatile("msr fpcr, %0" : : "r"(before | (1 << 24)));
  return before;
#else
  return 0;
#endif
}

static inline void tradeoff_restore_subnormals(uint64_t before) {
#if defined(__x86_64__)
  __builtin_ia32_ldmxcsr((uint32_t)before);
#elif defined(__aarch64__)
  __asm__ volatile("msr fpcr, %0" : : "r"(before));
#else
  (void)before;
#endif
}

#endif
