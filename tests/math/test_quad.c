/* Integrals by panels: src/math/quad.c. */
#include "config.h"

#include "near.h"

#include <math.h>

#include "math/quad.h"
#include "math/special.h"

static double bell(const void *user, double u)
{
	const double *spread = user;

	return -0.5 * u * u / (*spread * *spread);
}

Test(quad, normal_law)
{
	const double spreads[] = { 1e-8, .01, 1, 40, 1e5 };

	for (size_t i = 0; i < COUNT(spreads); i++) {
		struct quad q = { bell, &spreads[i], 1e6 };

		near(quad_log(&q, -INFINITY, 0, INFINITY) + 1, 1 + log(spreads[i]) + 0.91893853320467274178, 1e-12);
		near(exp(quad_log(&q, spreads[i], spreads[i], INFINITY) - quad_log(&q, -INFINITY, 0, INFINITY)), normal_upper(1), 1e-12);
	}
}

/* u^a e^-u over ln u: the gamma function, at any size; where the top is need not be known well. */
static double gamma_at(const void *user, double v)
{
	const double *a = user;

	return *a * v - exp(v);
}

Test(quad, gamma_function)
{
	const double shapes[] = { .05, .5, 1, 30, 1e5 };

	for (size_t i = 0; i < COUNT(shapes); i++) {
		struct quad q = { gamma_at, &shapes[i], 8 };
		double top = log(shapes[i]);

		near(quad_log(&q, -INFINITY, top, INFINITY), log_gamma(shapes[i]), 1e-12);
		near(quad_log(&q, -INFINITY, quad_mode(&q, top - 3, top + 5), INFINITY), log_gamma(shapes[i]), 1e-12);
	}
}

Test(quad, moments_from_the_nodes)
{
	const double a = 7;
	struct quad q = { gamma_at, &a, 8 };
	static struct quad_nodes n;
	double mass = 0, first = 0;

	quad_lay(&q, -INFINITY, log(a), INFINITY, &n);
	for (size_t i = 0; i < n.n; i++) {
		mass += exp(n.log_wf[i]);
		first += exp(n.log_wf[i] + n.u[i]);
	}
	near(first / mass, 7.0, 1e-12);
}

Test(quad, rules)
{
	const struct quad_rule *const rules[] = { &quad_rule_3, &quad_rule_5, &quad_rule_16 };

	for (size_t r = 0; r < COUNT(rules); r++)
		for (int power = 0; power < 2 * (int)rules[r]->n; power++) {
			double sum = 0;

			for (size_t i = 0; i < rules[r]->n; i++)
				sum += rules[r]->weight[i] * pow(rules[r]->at[i], power);
			near(sum, 1.0 / (power + 1), 1e-14);
		}
}
