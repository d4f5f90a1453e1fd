#include "patches.h"

#include <string.h>

#include "vector_clones.h"

// A row of the kernel, as far as it lies on the image: `count` floats of the image from `start` on,
// after `before` floats of padding.
typedef struct kernel_row {
  size_t before, start, count;
} kernel_row;

KERNEL_PART size_t clamp(ptrdiff_t value, size_t limit) {
  return value < 0 ? 0 : (size_t)value < limit ? (size_t)value : limit;
}

KERNEL_PART kernel_row place_kernel_row(const tradeoff_patch_geometry *g, size_t output_row,
                                        size_t output_column, size_t row) {
  const ptrdiff_t top = (ptrdiff_t)(output_row * g->stride + row) - (ptrdiff_t)g->padding;
  const ptrdiff_t left = (ptrdiff_t)(output_column * g->stride) - (ptrdiff_t)g->padding;
  if (top < 0 || top >= (ptrdiff_t)g->height) return (kernel_row){0};
  const size_t first = clamp(left, g->width);
  const size_t end = clamp(left + (ptrdiff_t)g->kernel_width, g->width);
  return (kernel_row){
      .before = (size_t)((ptrdiff_t)first - left) * g->channels,
      .start = ((size_t)top * g->width + first) * g->channels,
      .count = (end - first) * g->channels,
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
  enum { step = 8 };
  size_t i = 0;
  for (; i + step <= count; i += step) {
    for (size_t lane = 0; lane < step; ++lane) destination[i + lane] += source[i + lane];
  }
#pragma clang loop vectorize(disable)
  for (; i < count; ++i) destination[i] += source[i];
}

VECTOR_CLONES
void tradeoff_patches(float *patches, const float *images, size_t examples,
                      const tradeoff_patch_geometry *geometry) {
  const tradeoff_patch_geometry g = *geometry;
  const size_t length = g.kernel_width * g.channels;
  for (size_t example = 0; example < examples; ++example) {
    for (size_t y = 0; y < g.output_height; ++y) {
      for (size_t x = 0; x < g.output_width; ++x) {
        for (size_t row = 0; row < g.kernel_height; ++row, patches += length) {
          const kernel_row part = place_kernel_row(&g, y, x, row);
          if (part.count < length) memset(patches, 0, length * sizeof(float));
          copy(patches + part.before, images + part.start, part.count);
        }
      }
    }
    images += g.height * g.width * g.channels;
  }
}

VECTOR_CLONES
void tradeoff_patches_gradient(float *images, const float *patches, size_t examples,
                               const tradeoff_patch_geometry *geometry) {
  const tradeoff_patch_geometry g = *geometry;
  const size_t length = g.kernel_width * g.channels;
  const size_t image_size = g.height * g.width * g.channels;
  memset(images, 0, examples * image_size * sizeof(float));
  for (size_t example = 0; example < examples; ++example) {
    for (size_t y = 0; y < g.output_height; ++y) {
      for (size_t x = 0; x < g.output_width; ++x) {
        for (size_t row = 0; row < g.kernel_height; ++row, patches += length) {
          const kernel_row part = place_kernel_row(&g, y, x, row);
          add(images + part.start, patches + part.before, part.count);
        }
      }
    }
    images += image_size;
  }
}
