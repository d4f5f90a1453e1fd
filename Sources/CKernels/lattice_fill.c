#include "lattice_fill.h"

size_t tradeoff_lattice_candidates(
    const uint32_t words[tradeoff_lattice_batch_words], const uint16_t *cells, uint32_t cell_count,
    uint32_t rejected, uint32_t bin_bits, int64_t *values, size_t count,
    uint16_t open[tradeoff_lattice_batch_values]) {
  const uint32_t in_bin = ((uint32_t)1 << bin_bits) - 1;
  size_t open_count = 0;
  for (size_t i = 0; i < count; ++i) {
    const uint64_t product = (uint64_t)words[i] * cell_count;
    const uint32_t second = words[tradeoff_lattice_batch_values + i];
    const uint16_t cell = cells[product >> 32];
    const int64_t magnitude = (int64_t)cell << bin_bits | (second & in_bin);
    const int64_t sign = -(int64_t)(second >> 31);
    values[i] = (magnitude ^ sign) - sign;
    open[open_count] = (uint16_t)i;
    open_count +=
        (cell & tradeoff_lattice_open_cell) != 0 | (uint32_t)product < rejected | magnitude == 0;
  }
  return open_count;
}
