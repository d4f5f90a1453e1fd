// The batch kernel of chacha20.c at one vector level: included once a level, with LANES (blocks
// worked on at once; it divides 16) and CHACHA20_BATCH (the function's name) defined.

static void CHACHA20_BATCH(
    const uint32_t key[tradeoff_chacha20_key_words], uint64_t counter,
    uint32_t words[tradeoff_chacha20_batch_words]) {
  typedef uint32_t lanes __attribute__((vector_size(4 * LANES)));

  for (uint32_t first = 0; first < tradeoff_chacha20_batch_blocks; first += LANES) {
    lanes input[tradeoff_chacha20_block_words], x[tradeoff_chacha20_block_words];
    lanes index;
    for (uint32_t lane = 0; lane < LANES; ++lane) index[lane] = lane;

    const uint64_t block = counter + first;
    const lanes zero = {0};
    for (int i = 0; i < 4; ++i) input[i] = zero + sigma[i];
    for (int i = 0; i < 8; ++i) input[4 + i] = zero + key[i];
    input[12] = index + (uint32_t)block;
    // A lane whose low word has wrapped compares as -1: subtracting it carries.
    input[13] = zero + (uint32_t)(block >> 32) - (lanes)(input[12] < index);
    input[14] = zero;
    input[15] = zero;

    for (int i = 0; i < tradeoff_chacha20_block_words; ++i) x[i] = input[i];
    for (int pass = 0; pass < 10; ++pass) DOUBLE_ROUND(x);
    for (int i = 0; i < tradeoff_chacha20_block_words; ++i) {
      const lanes sum = x[i] + input[i];
      __builtin_memcpy(&words[tradeoff_chacha20_batch_blocks * i + first], &sum, sizeof sum);
    }
  }
}

#undef LANES
#undef CHACHA20_BATCH
