#include "patches.h"

#include <string.h>

#include "vector_clones.h"

// The part of a patch that lies on the image: the rows `first_row` to before `end_row` of the kernel,
// and of each of them `count` floats after `before` of padding. In the image they begin at `start`.
typedef struct overlap {
  size_t first_row, end_row;
  size_t before, count;
  size_t start;
} overlap;

KERNEL_PART size_t clamp(ptrdiff_t value, size_t limit) {
  return value < 0 ? 0 : (size_t)value < limit ? (size_t)value : limit;
}

KERNEL_PART overlap overlap_at(const tradeoff_patch_geometry *g, size_t output_row,
                               size_t output_column) {
  const ptrdiff_t top = (ptrdiff_t)(output_row * g->stride) - (ptrdiff_t)g->padding;
  const ptrdiff_t left = (ptrdiff_t)(output_column * g->stride) - (ptrdiff_t)g->padding;
  const size_t first_row = clamp(top, g->height), first_column = clamp(left, g->width);
  const size_t end_row = clamp(top + (ptrdiff_t)g->kernel_height, g->height);
  const size_t end_column = clamp(left + (ptrdiff_t)g->kernel_width, g->width);
  return (overlap){
      .first_row = (size_t)((ptrdiff_t)first_row - top),
      .end_row = (size_t)((ptrdiff_t)end_row - top),
      .before = (size_t)((ptrdiff_t)first_column - left) * g->channels,
      .count = (end_column - first_column) * g->channels,
      .start = (first_row * g->width + first_column) * g->channels,
  };
}

// Rows are too short for a call of memcpy: its sizes are constants here.
KERNEL_PART void copy(float *destination, const float *source, size_t count) {
  for (; count >= 8; count -= 8, destination += 8, source += 8) {
    __builtin_memcpy(destination, source, 8 * sizeof(float));
  }
  for (size_t step = 4; step > 0; step /= 2) {
    if (count & step) {
      __builtin_memcpy(destination, source, step * sizeof(float));
      destination += step, source += step;
    }
  }
}

KERNEL_PART void add(float *destination, const float *source, size_t count) {
  enum { lanes = 8 };
  for (; count >= lanes; count -= lanes, destination += lanes, source += lanes) {
    float sum[lanes];
    for (size_t lane = 0; lane < lanes; ++lane) sum[lane] = destination[lane] + source[lane];
    __builtin_memcpy(destination, sum, sizeof sum);
  }
#pragma clang loop vectorize(disable)
  for (size_t i = 0; i < count; ++i) destination[i] += source[i];
}

VECTOR_CLONES
void tradeoff_patches(float *patches, const float *images, size_t examples,
                      const tradeoff_patch_geometry *geometry) {
  const tradeoff_patch_geometry g = *geometry;
  const size_t patch_row = g.kernel_width * g.channels, image_row = g.width * g.channels;
  const size_t patch_length = g.kernel_height * patch_row;
  for (size_t example = 0; example < examples; ++example) {
    for (size_t y = 0; y < g.output_height; ++y) {
      for (size_t x = 0; x < g.output_width; ++x, patches += patch_length) {
        const overlap part = overlap_at(&g, y, x);
        const size_t rows = part.end_row - part.first_row;
        if (rows * part.count < patch_length) memset(patches, 0, patch_length * sizeof(float));
        float *to = patches + part.first_row * patch_row + part.before;
        const float *from = images + part.start;
        for (size_t row = 0; row < rows; ++row, to += patch_row, from += image_row) {
          copy(to, from, part.count);
        }
      }
    }
    images += g.height * image_row;
  }
}

VECTOR_CLONES
void tradeoff_patches_gradient(float *images, const float *patches, size_t examples,
                               const tradeoff_patch_geometry *geometry) {
  const tradeoff_patch_geometry g = *geometry;
  const size_t patch_row = g.kernel_width * g.channels, image_row = g.width * g.channels;
  const size_t patch_length = g.kernel_height * patch_row;
  memset(images, 0, examples * g.height * image_row * sizeof(float));
  for (size_t example = 0; example < examples; ++example) {
    for (size_t y = 0; y < g.output_height; ++y) {
      for (size_t x = 0; x < g.output_width; ++x, patches += patch_length) {
        const overlap part = overlap_at(&g, y, x);
        const size_t rows = part.end_row - part.first_row;
        const float *from = patches + part.first_row * patch_row + part.before;
        float *to = images + part.start;
        for (size_t row = 0; row < rows; ++row, to += image_row, from += patch_row) {
          add(to, from, part.count);
        }
      }
    }
    images += g.height * image_row;
  }
}
