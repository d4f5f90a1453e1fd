#ifndef TRADEOFF_PATCHES_H
#define TRADEOFF_PATCHES_H

#include <stddef.h>

/// How a convolution's kernel meets an image of shape [height, width, channel]. The output sizes
/// are (size + 2 padding - kernel size) / stride + 1, rounded down, and must be at least 1; the
/// padding must be narrower than the kernel, so that every patch meets the image.
typedef struct tradeoff_patch_geometry {
  size_t height, width, channels;
  size_t kernel_height, kernel_width;
  size_t stride, padding;
  size_t output_height, output_width;
} tradeoff_patch_geometry;

/// patches[example, output position, kernel row, kernel column, channel] = the image's element
/// under that place of the kernel, 0 in the padding. Images: [example, height, width, channel].
void tradeoff_patches(float *patches, const float *images, size_t examples,
                      const tradeoff_patch_geometry *geometry);

/// The transpose: images[...] = the sum of all patch elements that were copied from there.
void tradeoff_patches_gradient(float *images, const float *patches, size_t examples,
                               const tradeoff_patch_geometry *geometry);

#endif
