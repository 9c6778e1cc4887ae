/* Shared by the files behind special.h. */
#ifndef CLV_MATH_SPECIAL_PRIV_H
#define CLV_MATH_SPECIAL_PRIV_H

#define LN_2PI      1.8378770664093454836
#define PI          3.1415926535897932385
#define EPS         2.2204460492503131e-16
#define LENTZ_TINY  1e-290 /* stands for zero in a continued fraction */

/* ln Gamma(x+1) - (x + 1/2) ln x + x - ln(2 pi)/2, x > 0. */
double stirling_error(double x);

/* ln of Gamma(a+b+1) / (Gamma(a+1) Gamma(b+1)) x^a y^b with x + y = 1, for real a, b >= 0: the binomial
 * probability of a in a+b, by Loader's saddle-point expansion ("Fast and accurate computation of binomial
 * probabilities", 2000). */
double log_binomial(double a, double b, double x, double y);

/* ln of m^a e^-m / Gamma(a+1), a >= 0, m > 0: the Poisson probability, likewise. */
double log_poisson(double a, double m);

#endif
