#ifndef TRADEOFF_SPIN_WAIT_H
#define TRADEOFF_SPIN_WAIT_H

/// Tells the processor that the thread waits for another's store.
static inline void tradeoff_spin_wait(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#endif
