/* The door to GSL. Its error handler, which ends the process, is switched off before main() runs. A result
 * that GSL calls a success and that is not finite is a failure here. */
#ifndef CLV_MATH_GSL_PRIV_H
#define CLV_MATH_GSL_PRIV_H

#include <stdbool.h>
#include <stddef.h>

double door_psi(double x);   /* x > 0; NaN on failure, as the others */
double door_psi_1(double x);
double door_normal_quantile(double p);

/* Eigenvalues (ascending) and vectors (column j belongs to value j) of a symmetric row-major matrix[n*n]. */
bool door_eigen(const double *matrix, size_t n, double *value, double *vector);

#endif
