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

typedef uint32_t f32_kernel(
    const uint32_t *words, float standard_deviation, float halvings, float *values);
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

// 38 bits of u make the far tail coarse and end it at 7.36 standard deviations. Where the upper 24
// of them are 0, in one pair of 2^24, 48 more bits follow: those of the block with the same counter
// and the nonce 2^32, which nothing else uses, at the pair's two words.
enum { refined_below = 1 << 8 };

static void refine_f32(
    const uint32_t key[tradeoff_chacha20_key_words], uint64_t block, const uint32_t *words,
    int first, float standard_deviation, float *values) {
  enum { row = tradeoff_chacha20_batch_blocks };
  const int second = first + row;
  const uint64_t counter = block + (uint64_t)(first % row);
  const uint32_t tail[4] = {(uint32_t)counter, (uint32_t)(counter >> 32), 0, 1};
  uint32_t further[tradeoff_chacha20_block_words];
  tradeoff_chacha20_block(key, tail, further);

  // u = 2^-86 bits; its leading one is moved to the top of a word, which the kernel halves back.
  const uint64_t more =
      ((uint64_t)further[first / row] << 32 | further[second / row]) >> 16;
  const uint64_t bits =
      ((uint64_t)words[first] << 6 | (words[second] & 63)) << 48 | more | 1;
  const int zeros = __builtin_clzll(bits);
  const uint64_t leading = bits << zeros;

  uint32_t lifted[tradeoff_chacha20_batch_words] = {0};
  float samples[tradeoff_chacha20_batch_words];
  lifted[first] = (uint32_t)(leading >> 32);
  lifted[second] = (words[second] & ~63u) | ((uint32_t)(leading >> 26) & 63);
  gaussians_f32_portable(lifted, standard_deviation, (float)(22 + zeros), samples);
  values[first] = samples[first];
  values[second] = samples[second];
}

void tradeoff_gaussian_batch_f32(
    tradeoff_vector_level level, const uint32_t key[tradeoff_chacha20_key_words], uint64_t block,
    const uint32_t words[tradeoff_chacha20_batch_words], float standard_deviation,
    float values[tradeoff_chacha20_batch_words]) {
  enum { row = tradeoff_chacha20_batch_blocks };
  const uint32_t smallest = gaussians_f32(level)(words, standard_deviation, 0, values);
  if (smallest >= refined_below) return;
  for (int first = 0; first < tradeoff_chacha20_batch_words; ++first) {
    if (first / row % 2 == 0 && words[first] < refined_below) {
      refine_f32(key, block, words, first, standard_deviation, values);
    }
  }
}

static void batch_f64(
    tradeoff_vector_level level, const uint32_t key[tradeoff_chacha20_key_words], uint64_t block,
    const uint32_t words[tradeoff_chacha20_batch_words], double standard_deviation,
    double values[tradeoff_chacha20_batch_words / 2]) {
  (void)key, (void)block;
  gaussians_f64(level)(words, standard_deviation, values);
}

// One batch of keystream, one batch of samples; the last may be wanted in part.
#define FILL(name, scalar, batch, batch_samples)                                           \
  void name(                                                                               \
      tradeoff_vector_level level, tradeoff_chacha20_stream *stream, scalar *values,       \
      size_t count, scalar standard_deviation) {                                           \
    _Alignas(64) uint32_t words[tradeoff_chacha20_batch_words];                            \
    uint64_t block = tradeoff_chacha20_stream_untouched_block(stream);                     \
    for (size_t done = 0; done < count; done += batch_samples) {                           \
      tradeoff_chacha20_batch(level, stream->key, block, words);                           \
      if (count - done >= batch_samples) {                                                 \
        batch(level, stream->key, block, words, standard_deviation, values + done);        \
      } else {                                                                             \
        scalar last[batch_samples];                                                        \
        batch(level, stream->key, block, words, standard_deviation, last);                 \
        memcpy(values + done, last, (count - done) * sizeof(scalar));                      \
      }                                                                                    \
      block += tradeoff_chacha20_batch_blocks;                                             \
    }                                                                                      \
    tradeoff_chacha20_stream_seek(stream, block);                                          \
  }

FILL(tradeoff_gaussian_fill_f32, float, tradeoff_gaussian_batch_f32, 256)
FILL(tradeoff_gaussian_fill_f64, double, batch_f64, 128)
