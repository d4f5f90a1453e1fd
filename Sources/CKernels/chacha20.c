#include "chacha20.h"

// "expand 32-byte k"
static const uint32_t sigma[4] = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};

// The round macros serve single words and vectors of them alike.
#define ROTATE_LEFT(x, n) (((x) << (n)) | ((x) >> (32 - (n))))
#define QUARTER_ROUND(a, b, c, d)                  \
  do {                                             \
    a += b, d ^= a, d = ROTATE_LEFT(d, 16);        \
    c += d, b ^= c, b = ROTATE_LEFT(b, 12);        \
    a += b, d ^= a, d = ROTATE_LEFT(d, 8);         \
    c += d, b ^= c, b = ROTATE_LEFT(b, 7);         \
  } while (0)
#define DOUBLE_ROUND(x)                            \
  do {                                             \
    QUARTER_ROUND(x[0], x[4], x[8], x[12]);        \
    QUARTER_ROUND(x[1], x[5], x[9], x[13]);        \
    QUARTER_ROUND(x[2], x[6], x[10], x[14]);       \
    QUARTER_ROUND(x[3], x[7], x[11], x[15]);       \
    QUARTER_ROUND(x[0], x[5], x[10], x[15]);       \
    QUARTER_ROUND(x[1], x[6], x[11], x[12]);       \
    QUARTER_ROUND(x[2], x[7], x[8], x[13]);        \
    QUARTER_ROUND(x[3], x[4], x[9], x[14]);        \
  } while (0)

void tradeoff_chacha20_block(
    const uint32_t key[tradeoff_chacha20_key_words], const uint32_t tail[4],
    uint32_t block[tradeoff_chacha20_block_words]) {
  uint32_t input[tradeoff_chacha20_block_words], x[tradeoff_chacha20_block_words];
  for (int i = 0; i < 4; ++i) input[i] = sigma[i];
  for (int i = 0; i < 8; ++i) input[4 + i] = key[i];
  for (int i = 0; i < 4; ++i) input[12 + i] = tail[i];
  for (int i = 0; i < tradeoff_chacha20_block_words; ++i) x[i] = input[i];
  for (int pass = 0; pass < 10; ++pass) DOUBLE_ROUND(x);
  for (int i = 0; i < tradeoff_chacha20_block_words; ++i) block[i] = x[i] + input[i];
}

#define LANES 4
#define CHACHA20_BATCH batch_portable
#include "chacha20_lanes.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#define LANES 8
#define CHACHA20_BATCH batch_avx2
#include "chacha20_lanes.h"
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f"))), apply_to = function)
#define LANES 16
#define CHACHA20_BATCH batch_avx512
#include "chacha20_lanes.h"
#pragma clang attribute pop
#endif

void tradeoff_chacha20_batch(
    tradeoff_vector_level level, const uint32_t key[tradeoff_chacha20_key_words], uint64_t counter,
    uint32_t words[tradeoff_chacha20_batch_words]) {
  switch (level) {
#if defined(__x86_64__)
    case tradeoff_vector_level_avx512: batch_avx512(key, counter, words); return;
    case tradeoff_vector_level_avx2: batch_avx2(key, counter, words); return;
#endif
    default: batch_portable(key, counter, words);
  }
}

void tradeoff_chacha20_key_from_seed(uint64_t seed, uint32_t key[tradeoff_chacha20_key_words]) {
  // "tradeoff stream key v1  "
  static const uint32_t tag[6] = {0x64617274, 0x66666f65, 0x72747320,
                                  0x206d6165, 0x2079656b, 0x20203176};
  key[0] = (uint32_t)seed;
  key[1] = (uint32_t)(seed >> 32);
  for (int i = 0; i < 6; ++i) key[2 + i] = tag[i];
}

void tradeoff_chacha20_stream_start(
    tradeoff_chacha20_stream *stream, const uint32_t key[tradeoff_chacha20_key_words]) {
  for (int i = 0; i < tradeoff_chacha20_key_words; ++i) stream->key[i] = key[i];
  tradeoff_chacha20_stream_seek(stream, 0);
}

uint64_t tradeoff_chacha20_stream_untouched_block(const tradeoff_chacha20_stream *stream) {
  const uint64_t unused_words = tradeoff_chacha20_batch_words - stream->used_words;
  return stream->next_block - unused_words / tradeoff_chacha20_block_words;
}

void tradeoff_chacha20_stream_seek(tradeoff_chacha20_stream *stream, uint64_t block) {
  stream->next_block = block;
  stream->used_words = tradeoff_chacha20_batch_words;
}

static inline uint32_t next_word(tradeoff_chacha20_stream *stream) {
  if (stream->used_words == tradeoff_chacha20_batch_words) {
    tradeoff_chacha20_batch(
        tradeoff_vector_level_best(), stream->key, stream->next_block, stream->words);
    stream->next_block += tradeoff_chacha20_batch_blocks;
    stream->used_words = 0;
  }
  const uint32_t position = stream->used_words++;
  const uint32_t word = position % tradeoff_chacha20_block_words;
  const uint32_t block = position / tradeoff_chacha20_block_words;
  return stream->words[tradeoff_chacha20_batch_blocks * word + block];
}

uint64_t tradeoff_chacha20_stream_next64(tradeoff_chacha20_stream *stream) {
  const uint64_t high = next_word(stream);
  return high << 32 | next_word(stream);
}

void tradeoff_chacha20_gsl_set(void *state, unsigned long seed) {
  uint32_t key[tradeoff_chacha20_key_words];
  tradeoff_chacha20_key_from_seed(seed, key);
  tradeoff_chacha20_stream_start(state, key);
}

unsigned long tradeoff_chacha20_gsl_get(void *state) { return next_word(state); }

double tradeoff_chacha20_gsl_get_double(void *state) {
  return (double)(tradeoff_chacha20_stream_next64(state) >> 11) * 0x1p-53;
}
