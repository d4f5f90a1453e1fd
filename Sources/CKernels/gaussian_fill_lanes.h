// The kernels of gaussian_fill.c at one vector level: included once a level, with VECTOR_BYTES (the
// width of a register) and GAUSSIANS_F32 and GAUSSIANS_F64 (the functions' names) defined.
//
// A kernel turns one batch of keystream words into samples. It walks over rows of the batch, which
// hold one word of each of the 16 blocks, two rows at a time: the first row gives radii, the second
// directions, and cosines and sines replace them in place. So a sample's position does not depend
// on the width. Every step is an IEEE operation rounded on its own or an integer operation, with
// no fused multiply-add, which the portable level lacks: so its bits do not depend on it either.

// 256 samples. A pair of words gives 38 bits to the radius, as a uniform number u that is then halved
// `halvings` times, and 26 to the direction. Returns the smallest first word.
static uint32_t GAUSSIANS_F32(
    const uint32_t words[tradeoff_chacha20_batch_words], float standard_deviation, float halvings,
    float values[tradeoff_chacha20_batch_words]) {
  enum { lanes = VECTOR_BYTES / 4, row = 16 };
  typedef float floats __attribute__((vector_size(VECTOR_BYTES)));
  typedef int32_t ints __attribute__((vector_size(VECTOR_BYTES)));
  typedef uint32_t uints __attribute__((vector_size(VECTOR_BYTES)));

  uints smallest = ~(uints){0};
  for (int pair = 0; pair < tradeoff_chacha20_batch_words; pair += 2 * row) {
    for (int lane = pair; lane < pair + row; lane += lanes) {
      uints first, second;
      __builtin_memcpy(&first, &words[lane], sizeof first);
      __builtin_memcpy(&second, &words[lane + row], sizeof second);
      smallest = __builtin_elementwise_min(smallest, first);

      // U = 2^32 u, for u in (0, 1): the first word, and below its point six bits of the second
      // and a constant half.
      const floats fraction = (floats)((second & 63) << 17 | 0x3f810000) - 1.0f;
      const floats scaled = __builtin_convertvector(first, floats) + fraction;

      // -2 ln u = -2 ln 2 exponent - 2 ln(1 + f), with 1 + f in [sqrt(1/2), sqrt(2)).
      const ints shifted = (ints)scaled - (0x3f3504f3 + (32 << 23));
      const floats exponent = __builtin_convertvector(shifted >> 23, floats) - halvings;
      const floats far = (floats)((shifted & 0x007fffff) + 0x3f3504f3) - 1.0f;
      // Near u = 1, where U has rounded away what matters, f = u - 1 comes from 2^32 - U.
      const floats rest = __builtin_convertvector(~first, floats) + (1.0f - fraction);
      const floats near = rest * -0x1p-32f;
      const ints is_far = shifted >> 31;
      const floats f = (floats)((is_far & (ints)far) | (~is_far & (ints)near));
      floats p = f * -0.17444716f + 0.2873369f;
      p = p * f - 0.29904532f;
      p = p * f + 0.33124787f;
      p = p * f - 0.39913666f;
      p = p * f + 0.5000415f;
      p = p * f - 0.66668373f;
      p = p * f + 0.99999976f;
      p = p * f - 2.0f;
      const floats squared_radius = exponent * -1.38629436f + p * f;
      const floats radius = __builtin_elementwise_sqrt(squared_radius) * standard_deviation;

      // An angle in (-pi/4, pi/4), symmetric about 0 and never 0: Cephes sinf and cosf.
      const ints odd = ((ints)(second << 2) >> 7) | 1;
      const floats t = __builtin_convertvector(odd, floats) * (0.785398163397448f * 0x1p-24f);
      const floats z = t * t;
      floats s = z * -1.9515295891e-4f + 8.3321608736e-3f;
      s = s * z - 1.6666654611e-1f;
      const floats sine = s * z * t + t;
      floats c = z * 2.443315711809948e-5f - 1.388731625493765e-3f;
      c = c * z + 4.166664568298827e-2f;
      c = c * z - 0.5f;
      const floats cosine = c * z + 1.0f;

      // Two bits spread the angle over the circle: one mirrors it at the diagonal, one at 0.
      const uints mirror = -(second >> 31) & ((uints)cosine ^ (uints)sine);
      const floats signed_radius = (floats)((uints)radius ^ ((second << 1) & 0x80000000));
      const floats x = signed_radius * (floats)((uints)cosine ^ mirror);
      const floats y = signed_radius * (floats)((uints)sine ^ mirror);
      __builtin_memcpy(&values[lane], &x, sizeof x);
      __builtin_memcpy(&values[lane + row], &y, sizeof y);
    }
  }
  return __builtin_reduce_min(smallest);
}

// 128 samples. Two neighboring words of a row make one 64-bit integer; a pair of those gives 63
// bits to the radius and 53 to the direction: no magnitude exceeds
// sqrt(2 * 64 * ln 2) < 9.42 standard deviations.
static void GAUSSIANS_F64(
    const uint32_t words[tradeoff_chacha20_batch_words], double standard_deviation,
    double values[tradeoff_chacha20_batch_words / 2]) {
  enum { lanes = VECTOR_BYTES / 8, row = 8 };
  typedef double doubles __attribute__((vector_size(VECTOR_BYTES)));
  typedef uint64_t uints __attribute__((vector_size(VECTOR_BYTES)));

  for (int pair = 0; pair < tradeoff_chacha20_batch_words / 2; pair += 2 * row) {
    for (int lane = pair; lane < pair + row; lane += lanes) {
      uints first, second;
      __builtin_memcpy(&first, &words[2 * lane], sizeof first);
      __builtin_memcpy(&second, &words[2 * (lane + row)], sizeof second);

      // u in (0, 1], rounded once: the halves of the integer are placed in the significands of
      // 2^84 and 2^52, whose sum is then taken away.
      const doubles high = (doubles)(first >> 32 | 0x4530000000000000);
      const doubles low = (doubles)((first & 0xffffffff) | 0x4330000000000001);
      const doubles u = ((high - 0x1.00000001p84) + low) * 0x1p-64;

      // ln u = exponent ln 2 + ln(1 + f), with 1 + f in [sqrt(1/2), sqrt(2)): fdlibm e_log.c.
      const uints shifted = (uints)u + (0x3ff0000000000000 - 0x3fe6a09e667f3bcd);
      const doubles biased = (doubles)(shifted >> 52 | 0x4330000000000000);
      const doubles e = biased - (0x1p52 + 1023);
      const uints significand = (shifted & 0x000fffffffffffff) + 0x3fe6a09e667f3bcd;
      const doubles f = (doubles)significand - 1.0;
      const doubles s = f / (f + 2.0);
      const doubles s2 = s * s;
      doubles r = s2 * 1.479819860511658591e-01 + 1.531383769920937332e-01;
      r = r * s2 + 1.818357216161805012e-01;
      r = r * s2 + 2.222219843214978396e-01;
      r = r * s2 + 2.857142874366239149e-01;
      r = r * s2 + 3.999999999940941908e-01;
      r = r * s2 + 6.666666666666735130e-01;
      r = r * s2;
      const doubles half_square = f * f * 0.5;
      const doubles tail = s * (half_square + r) + e * 1.90821492927058770002e-10;
      const doubles logarithm = e * 6.93147180369123816490e-01 - ((half_square - tail) - f);
      const doubles radius = __builtin_elementwise_sqrt(logarithm * -2.0) * standard_deviation;

      // An angle in (-pi/4, pi/4), symmetric about 0 and never 0: fdlibm k_sin.c and k_cos.c.
      const doubles turn = (doubles)((second << 2) >> 12 | 0x3ff0000000000001);
      const doubles t = (turn - 1.5) * 1.57079632679489661923;
      const doubles z = t * t;
      doubles sp = z * 1.58969099521155010221e-10 - 2.50507602534068634195e-08;
      sp = sp * z + 2.75573137070700676789e-06;
      sp = sp * z - 1.98412698298579493134e-04;
      sp = sp * z + 8.33333333332248946124e-03;
      sp = sp * z - 1.66666666666666324348e-01;
      const doubles sine = t * z * sp + t;
      doubles cp = z * -1.13596475577881948265e-11 + 2.08757232129817482790e-09;
      cp = cp * z - 2.75573143513906633035e-07;
      cp = cp * z + 2.48015872894767294178e-05;
      cp = cp * z - 1.38888888888741095749e-03;
      cp = cp * z + 4.16666666666666019037e-02;
      const doubles cosine = cp * z * z - z * 0.5 + 1.0;

      // Two bits spread the angle over the circle: one mirrors it at the diagonal, one at 0.
      const uints mirror = -(second >> 63) & ((uints)cosine ^ (uints)sine);
      const doubles signed_radius = (doubles)((uints)radius ^ ((second << 1) & 0x8000000000000000));
      const doubles x = signed_radius * (doubles)((uints)cosine ^ mirror);
      const doubles y = signed_radius * (doubles)((uints)sine ^ mirror);
      __builtin_memcpy(&values[lane], &x, sizeof x);
      __builtin_memcpy(&values[lane + row], &y, sizeof y);
    }
  }
}

#undef VECTOR_BYTES
#undef GAUSSIANS_F32
#undef GAUSSIANS_F64
