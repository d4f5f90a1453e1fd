#ifndef TRADEOFF_COPENBLAS_SHIM_H
#define TRADEOFF_COPENBLAS_SHIM_H

#include <cblas.h>

#endif
