#ifndef TRADEOFF_VECTOR_CLONES_H
#define TRADEOFF_VECTOR_CLONES_H

// One build serves every x86-64 processor: the loader picks the widest clone that the machine runs.
// ThreadSanitizer cannot resolve such clones before its own start-up, so it gets the portable one.
#if defined(__x86_64__) && defined(__linux__) && !__has_feature(thread_sanitizer)
#define VECTOR_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define VECTOR_CLONES
#endif

#endif
