/* Integrals of positive functions that are known by their logarithm: the range is cut into panels by how
 * fast the logarithm changes, 16-point Gauss-Legendre in each. Nothing overflows, and tiny integrals keep
 * their relative accuracy. */
#ifndef CLV_MATH_QUAD_H
#define CLV_MATH_QUAD_H

#include <stddef.h>

#define QUAD_MOST 4096 /* nodes of one integral: 256 panels */

struct quad {
	/* ln f(u); -inf where f is 0, never NaN or +inf. */
	double    (*log_f)(const void *user, double u);
	const void *user;
	double      widest; /* panel: at most what the nearest singularity of f allows; a distance of pi allows 3 */
};

/* Where the panels put their nodes, and ln(weight * f) there: a sum over exp(log_wf) is the integral, a
 * weighted sum a moment. */
struct quad_nodes { size_t n; double u[QUAD_MOST], log_wf[QUAD_MOST]; };

/* low <= mode <= high, low and high possibly infinite; mode is where f is largest, or near it: the walk
 * goes from there to both sides, and ends where nothing is added. f must fall off to the sides of its mode.
 * Error 1e-13 for functions that are smooth on the scale of `widest`. Cost: 19 calls a panel; some 3 to 30
 * panels. */
void   quad_lay(const struct quad *q, double low, double mode, double high, struct quad_nodes *out);

/* ln of the integral alone. */
double quad_log(const struct quad *q, double low, double mode, double high);

/* Where f is largest between two finite ends, to within 0.1 % of the way between them; f rises, then falls. 15 calls. */
double quad_mode(const struct quad *q, double low, double high);

/* Gauss-Legendre on [0, 1]: nodes and weights of the rules with 3, 5 and 16 points. */
struct quad_rule { size_t n; double at[16], weight[16]; };
extern const struct quad_rule quad_rule_3, quad_rule_5, quad_rule_16;

#endif
