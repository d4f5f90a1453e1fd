#ifndef TRADEOFF_CHACHA20_H
#define TRADEOFF_CHACHA20_H

#include <stdint.h>

#include "vector_level.h"

enum {
  tradeoff_chacha20_key_words = 8,
  tradeoff_chacha20_block_words = 16,
  /// Blocks made by one call of the vector kernel, and held by a stream's buffer.
  tradeoff_chacha20_batch_blocks = 16,
  tradeoff_chacha20_batch_words = 256,
};

/// The ChaCha20 block function (RFC 8439 section 2.3): 20 rounds and the final addition.
/// `tail` is words 12 to 15 of the state. RFC 8439 puts a 32-bit counter and a 96-bit nonce there;
/// Bernstein's original, which Tradeoff's streams use, a 64-bit counter and a 64-bit nonce.
void tradeoff_chacha20_block(
    const uint32_t key[tradeoff_chacha20_key_words], const uint32_t tail[4],
    uint32_t block[tradeoff_chacha20_block_words]);

/// 16 consecutive blocks, nonce 0 (a stream's own words, and no key's), from the 64-bit block `counter` on, stored word by word:
/// word `i` of block `counter + j` is `words[16 * i + j]`.
/// `level` must not exceed `tradeoff_vector_level_best()`.
void tradeoff_chacha20_batch(
    tradeoff_vector_level level, const uint32_t key[tradeoff_chacha20_key_words], uint64_t counter,
    uint32_t words[tradeoff_chacha20_batch_words]);

/// The key that a 64-bit seed stands for: the seed's two words, low first, and a fixed tag.
/// Different seeds give different keys.
void tradeoff_chacha20_key_from_seed(uint64_t seed, uint32_t key[tradeoff_chacha20_key_words]);

/// The state of a generator: a key, a position in its keystream, and the batch around it.
/// It holds no pointer, so a copy of its bytes continues on its own.
typedef struct tradeoff_chacha20_stream {
  uint32_t key[tradeoff_chacha20_key_words];
  /// Counter of the first block after the buffer.
  uint64_t next_block;
  /// Words of the buffer already used, in the order of the keystream.
  uint32_t used_words;
  uint32_t words[tradeoff_chacha20_batch_words];
} tradeoff_chacha20_stream;

/// Puts the stream at word 0 of block 0 of the key's keystream.
void tradeoff_chacha20_stream_start(
    tradeoff_chacha20_stream *stream, const uint32_t key[tradeoff_chacha20_key_words]);

/// Counter of the first block of which no word has been used.
uint64_t tradeoff_chacha20_stream_untouched_block(const tradeoff_chacha20_stream *stream);

/// Puts the stream at word 0 of `block`.
void tradeoff_chacha20_stream_seek(tradeoff_chacha20_stream *stream, uint64_t block);

/// The next two words as one 64-bit integer, the first word high.
uint64_t tradeoff_chacha20_stream_next64(tradeoff_chacha20_stream *stream);

// The three functions of a `gsl_rng_type`; `state` is a `tradeoff_chacha20_stream`.

/// Starts the stream at the key of `tradeoff_chacha20_key_from_seed`.
void tradeoff_chacha20_gsl_set(void *state, unsigned long seed);
/// The next word, uniform on 0 ... 0xffffffff.
unsigned long tradeoff_chacha20_gsl_get(void *state);
/// Uniform on the multiples of 2^-53 in [0, 1), from the next two words.
double tradeoff_chacha20_gsl_get_double(void *state);

#endif
