#ifndef TRADEOFF_LATTICE_FILL_H
#define TRADEOFF_LATTICE_FILL_H

#include <stddef.h>
#include <stdint.h>

enum {
  /// Values made from one batch of words, two words each.
  tradeoff_lattice_batch_values = 256,
  tradeoff_lattice_batch_words = 512,
  /// Set in cells that cannot be taken without a further decision.
  tradeoff_lattice_open_cell = 0x8000,
};

/// First candidates for `count` values, of which there are at most 256.
///
/// Words i and 256 + i are for value i. The first chooses one of `cell_count` cells; where its product
/// with their number is below `rejected` modulo 2^32, it is to be thrown away, so that all cells are
/// equally likely. A cell is the number of a bin of 2^bin_bits whole numbers, of which the second
/// word's lowest bits choose one and its highest the sign.
///
/// Writes to `open` the indices, in ascending order, of values that are not final: of a cell with
/// `tradeoff_lattice_open_cell`, from a word to be thrown away, or 0. Returns how many.
size_t tradeoff_lattice_candidates(
    const uint32_t words[tradeoff_lattice_batch_words], const uint16_t *cells, uint32_t cell_count,
    uint32_t rejected, uint32_t bin_bits, int64_t *values, size_t count,
    uint16_t open[tradeoff_lattice_batch_values]);

#endif
