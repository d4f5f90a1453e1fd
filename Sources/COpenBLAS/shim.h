#ifndef TRADEOFF_COPENBLAS_SHIM_H
#define TRADEOFF_COPENBLAS_SHIM_H

#include <cblas.h>

// Of LAPACK, which OpenBLAS brings without a header on Debian: eigenvalues and eigenvectors of a
// symmetric matrix (Dhillon & Parlett 2004).
void dsyevr_(
    const char *vectors, const char *range, const char *triangle, const int *order, double *matrix,
    const int *stride, const double *lowest, const double *highest, const int *first,
    const int *last, const double *tolerance, int *found, double *values, double *eigenvectors,
    const int *vector_stride, int *support, double *work, const int *work_size, int *whole_work,
    const int *whole_work_size, int *outcome);

#endif
