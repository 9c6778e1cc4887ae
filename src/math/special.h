/* Special functions, in logarithms where values leave the range of a double. All are pure; outside the
 * stated domain, and for NaN arguments, they return NaN. Errors given are relative, of logarithms to 1 and more; the test
 * special_accuracy/measured prints what they are against values of 40 digits. */
#ifndef CLV_MATH_SPECIAL_H
#define CLV_MATH_SPECIAL_H

#include <stddef.h>

/* ln Gamma(x), x > 0; its first two derivatives. Error 1e-14, 1e-13 of the derivatives. Cost: 15, 50 and 190 ns. */
double log_gamma(double x);
double digamma(double x);
double trigamma(double x);

/* ln Gamma(a+n) - ln Gamma(a) and digamma(a+n) - digamma(a), a > 0, n >= 0 real, without the cancellation of
 * the plain difference when a is large. Error 1e-13, also at a = 1e9. Cost: 20 and 70 ns. */
double log_gamma_ratio(double a, double n);
double digamma_diff(double a, double n);

/* ln B(a, b), a, b > 0; good also when one argument dwarfs the other. Error 1e-13. Cost: 25 ns. */
double log_beta(double a, double b);

/* These four for any finite arguments or -inf; error 1e-14, of log_sub that of a - b where they are close. Cost: 15 ns, of
 * log_sum_exp 10 ns a term. */
/* ln(e^a + e^b); -inf is an empty term. */
double log_add(double a, double b);
/* ln(e^a - e^b), a >= b; -inf when equal. */
double log_sub(double a, double b);
/* ln(1 - e^a), a <= 0 (Maechler 2012). */
double log1m_exp(double a);
/* ln sum e^v[i]; -inf for n = 0. */
double log_sum_exp(const double *v, size_t n);

/* ln F(1, b; c; z), Gauss's function, 0 <= b <= c, c > 0, z < 1. Negative z by Pfaff. Series of positive
 * terms up to z = 0.7, above it Gauss's continued fraction by modified Lentz. Error 2e-11 up to z =
 * 0.999999 and down to z = -1e5; cost 100 steps at z = 0.99, 14,000 at 0.999999. The Pareto/NBD integral
 * comes from it by Euler's transformation, F(w, q; w+1; z) = (1-z)^(1-q) F(1, w+1-q; w+1; z). */
double log_2f1_one(double b, double c, double z);

/* ln of the integral over y from `from` to `to` of ((a+from)/(a+y))^p ((b+from)/(b+y))^q, two powers relative
 * to their value at `from`; -inf when the range is empty. p, q, a, b > 0, 0 <= from <= to finite. The odds
 * against a Pareto/NBD customer being alive are one. A difference of two F(1, p; p+q; z) by Euler's
 * transformation where it loses nothing, else panels over ln(min(a, b) + y), the width of the range by
 * log1p. Error 1e-12, also for ranges of 1e-9 and exponents of 1e6. Cost: 0.3 us, or 2 to 6 us by panels. */
double log_two_powers(double p, double q, double a, double b, double from, double to);

/* ln(e^z E_s(z)), E_s the generalised exponential integral of real order s > 0 (DLMF 8.19), z >= 0; inf at
 * z = 0 for s <= 1. Continued fraction from z = 0.1, panels below, so that nothing overflows. Error 1e-12.
 * Cost: 10 to 100 steps; 20 us by panels. What the discounted value to infinity of a Pareto/NBD customer
 * comes from. */
double log_expint_scaled(double s, double z);

/* Sum over n >= 1 of P(N >= n) E[(1-p)^(n-1)] = E[(1 - (1-p)^N) / p], with N negative binomial of shape r
 * and mean r*y and p ~ Beta(a, b): the expected purchases in t of a customer alive now, of the (modified)
 * BG/NBD, where y = t / (alpha + T), r the shape after the data, b the second dropout parameter after the
 * data. It equals (a+b-1)/(a-1) [1 - F(r, a-1; a+b-1; -y)] (Fader, Hardie and Lee 2005, eq. 10, by Pfaff),
 * without that form's 0/0 at a = 1 and without a change of sign at a+b < 1: every term is positive. r, a, b
 * > 0, y >= 0. Error 1e-12 in ordinary ranges, 1e-10 at the edges. Cost: about r*y + 10 standard deviations
 * of N short steps, at most 50,000; beyond that Gauss-Legendre panels. */
double beta_geometric_count(double r, double a, double b, double y);

/* E[(1-p)^N], N and p as there: P(still a customer after t | now). The same arguments, 1 less a positive
 * integral by panels. Error 1e-12, absolute. Cost: 10 us. */
double beta_geometric_stay(double r, double a, double b, double y);

/* The count of beta_geometric_count to infinity, discounted, of purchases that are every k-th point of a gamma-Poisson process, j of
 * them past: E[ phi^(k-j) F(1, b; a+b; phi^k) ], phi = lambda / (lambda + c), lambda ~ gamma(r, 1); c > 0 is the discount rate
 * times what the rate is scaled by; k = 1, j = 0 is the (modified) BG/NBD. r, a, b > 0, 0 <= j < k. Error 1e-11. Cost: 100 to
 * 500 evaluations of F. */
double beta_geometric_worth(double r, double a, double b, double c, double k, double j);

/* Regularised incomplete beta I_x(a, b), its complement, and their logarithms. a, b > 0, 0 <= x <= 1. Never
 * NaN inside the domain; error 1e-12 for a, b in 1e-3 .. 1e5 (of the value, also in the tails; 1e-11 where
 * both a and the answer are below 1e-3). y is 1 - x, asked for so that nothing is lost near x = 1. Lentz's
 * continued fraction (DLMF 8.17.22) on the side where it converges fast. */
double beta_inc(double a, double b, double x, double y);
double beta_inc_upper(double a, double b, double x, double y);
double log_beta_inc(double a, double b, double x, double y);
double log_beta_inc_upper(double a, double b, double x, double y);

/* Regularised upper incomplete gamma Q(a, x), a > 0, x >= 0. Series below x = a + 1 (of the complement: what is far below 1 is lost
 * there), continued fraction above. Error 1e-11 for a up to 1e5. Cost: 0.2 us, 2 us at a = 1e4. */
double gamma_inc_upper(double a, double x);

/* The x with I_x(a, b) = p, and with 1 - Q(a, x) = p; 0 and 1, 0 and inf, at p = 0 and 1. Halving of a bracket of ln x, on the beta's
 * nearer side. Error 1e-10 for p in 1e-6 .. 1 - 1e-6, shapes 1e-3 .. 1e5; a gamma of a shape beyond by Wilson and Hilferty 1931, 1e-6.
 * 0 where the answer is below 1e-300. Cost: 7 to 10 us. */
double beta_quantile(double a, double b, double p);
double gamma_quantile(double a, double p);

/* Negative binomial of shape r > 0 and mean r*y, y >= 0: P(N = n) = Gamma(r+n)/(Gamma(r) n!) y^n
 * (1+y)^-(r+n), the count of a gamma(r, alpha) rate over t with y = t/alpha. n >= 0, r > 0 finite. Error 1e-12 of the logarithms,
 * 1e-11 of the tail. Cost: 60 ns, of a tail 0.2 us. */
double nbd_log_pmf(double n, double r, double y);
double nbd_upper(double n, double r, double y);      /* P(N >= n) */
double nbd_log_upper(double n, double r, double y);
/* upper[k] = P(N >= k), k = 0 .. n-1: one incomplete beta and a downward sum of positive terms. */
void   nbd_upper_list(double *upper, size_t n, double r, double y);

#define NORMAL_975 1.959963984540054 /* normal_quantile(.975) */

/* Standard normal: P(Z <= x), P(Z > x), and the x with P(Z <= x) = p (+-inf at 0 and 1). Error 1e-13 up to |x| = 30. Cost: 20 ns. */
double normal_cdf(double x);
double normal_upper(double x);
double normal_quantile(double p);

/* P(chi-square with dof > 0 degrees >= x), x >= 0. Error and cost as gamma_inc_upper. */
double chi2_upper(double x, double dof);

/* Kolmogorov's limit law: P(K >= x) = 2 sum (-1)^(j-1) exp(-2 j^2 x^2), x >= 0, and its inverse for 0 < upper < 1. Error 1e-10.
 * Cost: 45 ns, of the inverse 5 us. */
double kolmogorov_upper(double x);
double kolmogorov_quantile(double upper);
/* P(D_n >= d) for one sample of n >= 1, two-sided: exact (Marsaglia, Tsang and Wang 2003; Birnbaum and
 * Tingey 1951 in the tail), Pelz and Good 1976 for n > 2,000. Error 1e-6. Cost at most 0.05 s. */
double kolmogorov_upper_n(double n, double d);

const char *special_library(void); /* version of GSL, for --version */

#endif
