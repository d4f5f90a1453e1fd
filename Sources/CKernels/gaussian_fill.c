// Box-Muller (Box and Muller 1958) on vectors: from uniform u and angle a,
// sqrt(-2 ln u) cos a and sqrt(-2 ln u) sin a are independent and standard normal.
//
// Sources of the polynomials, which here meet no argument that needs reduction or special care:
//   float   logarithm: minimax of degree 8 for -2 ln(1 + f) / f by Remez' algorithm, relative error
//           2.6e-8 before rounding; sine and cosine: Cephes 2.2, sinf.c (S. L. Moshier, 1992)
//   double  fdlibm 5.3, e_log.c, k_sin.c and k_cos.c (Sun Microsystems, 1993)

#include "gaussian_fill.h"

#include <string.h>

// 64-bit samples read two keystream words as one integer, low word first.
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the byte order is part of the stream");

// Contraction would fuse a product and a sum where the processor can, and change the bits there.
#pragma STDC FP_CONTRACT OFF

#define VECTOR_BYTES 16
#define GAUSSIANS_F32 gaussians_f32_portable
#define GAUSSIANS_F64 gaussians_f64_portable
#include "gaussian_fill_lanes.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#define VECTOR_BYTES 32
#define GAUSSIANS_F32 gaussians_f32_avx2
#define GAUSSIANS_F64 gaussians_f64_avx2
#include "gaussian_fill_lanes.h"
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f"))), apply_to = function)
#define VECTOR_BYTES 64
#define GAUSSIANS_F32 gaussians_f32_avx512
#define GAUSSIANS_F64 gaussians_f64_avx512
#include "gaussian_fill_lanes.h"
#pragma clang attribute pop
#endif

typedef void f32_kernel(const uint32_t *words, float standard_deviation, float *values);
typedef void f64_kernel(const uint32_t *words, double standard_deviation, double *values);

static f32_kernel *gaussians_f32(tradeoff_vector_level level) {
  switch (level) {
#if defined(__x86_64__)
    case tradeoff_vector_level_avx512: return gaussians_f32_avx512;
    case tradeoff_vector_level_avx2: return gaussians_f32_avx2;
#endif
    default: return gaussians_f32_portable;
  }
}

static f64_kernel *gaussians_f64(tradeoff_vector_level level) {
  switch (level) {
#if defined(__x86_64__)
    case tradeoff_vector_level_avx512: return gaussians_f64_avx512;
    case tradeoff_vector_level_avx2: return gaussians_f64_avx2;
#endif
    default: return gaussians_f64_portable;
  }
}

// One batch of keystream, one batch of samples; the last may be wanted in part.
#define FILL(name, scalar, kernel_of, batch_samples)                                       \
  void name(                                                                               \
      tradeoff_vector_level level, tradeoff_chacha20_stream *stream, scalar *values,       \
      size_t count, scalar standard_deviation) {                                           \
    _Alignas(64) uint32_t words[tradeoff_chacha20_batch_words];                            \
    uint64_t block = tradeoff_chacha20_stream_untouched_block(stream);                     \
    for (size_t done = 0; done < count; done += batch_samples) {                           \
      tradeoff_chacha20_batch(level, stream->key, block, words);                           \
      block += tradeoff_chacha20_batch_blocks;                                             \
      if (count - done >= batch_samples) {                                                 \
        kernel_of(level)(words, standard_deviation, values + done);                        \
      } else {                                                                             \
        scalar last[batch_samples];                                                        \
        kernel_of(level)(words, standard_deviation, last);                                 \
        memcpy(values + done, last, (count - done) * sizeof(scalar));                      \
      }                                                                                    \
    }                                                                                      \
    tradeoff_chacha20_stream_seek(stream, block);                                          \
  }

FILL(tradeoff_gaussian_fill_f32, float, gaussians_f32, 256)
FILL(tradeoff_gaussian_fill_f64, double, gaussians_f64, 128)
