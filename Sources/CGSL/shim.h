#ifndef TRADEOFF_CGSL_SHIM_H
#define TRADEOFF_CGSL_SHIM_H

// gsl_randist.h names gsl_vector and gsl_matrix for its multivariate distributions, and their
// headers pull in gsl_cblas.h, whose `enum CBLAS_TRANSPOSE` differs from the one in OpenBLAS'
// cblas.h: Clang then refuses any file that imports both modules. Tradeoff calls no multivariate
// distribution, so both types stay opaque here and their headers stay out.
#define __GSL_VECTOR_H__
#define __GSL_MATRIX_H__
typedef struct gsl_vector gsl_vector;
typedef struct gsl_matrix gsl_matrix;

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sf_erf.h>
#include <gsl/gsl_sf_exp.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_log.h>
#include <gsl/gsl_statistics.h>

// GSL publishes its generator types as mutable globals, which Swift 6 refuses to read.
static inline const gsl_rng_type *cgsl_rng_mt19937(void) { return gsl_rng_mt19937; }

#endif
