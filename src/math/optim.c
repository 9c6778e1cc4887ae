/* BFGS with a line search for the strong Wolfe conditions, then Newton steps; the Hessian, its inverse and
 * its condition at the end. Plain arrays: problems have a handful of parameters, the cost is all in the
 * caller's function. */
#include "config.h"

#include "math/optim.h"

#include <math.h>
#include <string.h>

#include "math/gsl_priv.h"

#define ARMIJO      1e-4  /* sufficient decrease */
#define CURVATURE   0.9   /* of the slope that may remain */
#define LINE_TRIES  40
#define NEAR        1e-5  /* a Newton step that gains less leaves the Hessian as it was */
#define SINGULAR    1e-14 /* smallest over largest eigenvalue of a matrix that still has an inverse */

/* A point with all that is known there. */
struct point { double x[OPTIM_MAX], g[OPTIM_MAX], f; };

struct run {
	const struct optim_problem *problem;
	struct optim_options        options;
	size_t                      n, iterations, evaluations;
};

static double dot(const double *a, const double *b, size_t n)
{
	double s = 0;

	for (size_t i = 0; i < n; i++)
		s += a[i] * b[i];
	return s;
}

static double largest(const double *v, size_t n)
{
	double top = 0;

	for (size_t i = 0; i < n; i++)
		top = fmax(top, fabs(v[i]));
	return top;
}

/* Value and gradient; infinity as soon as anything is not finite. */
static bool evaluate(struct run *r, struct point *p)
{
	bool good;

	r->evaluations++;
	p->f = r->problem->value(r->problem->user, p->x, p->g);
	good = isfinite(p->f);
	for (size_t i = 0; i < r->n; i++)
		good = good && isfinite(p->g[i]);
	if (!good)
		p->f = INFINITY;
	return good;
}

static void step_to(struct run *r, const struct point *from, const double *direction, double t, struct point *to)
{
	for (size_t i = 0; i < r->n; i++)
		to->x[i] = from->x[i] + t * direction[i];
	evaluate(r, to);
}

/* Minimum of the cubic through two points of the line, kept well inside the bracket. */
static double cubic_step(double t0, double f0, double d0, double t1, double f1, double d1)
{
	double span = t1 - t0, a, b, t;

	if (!isfinite(f1) || !isfinite(d1))
		return t0 + 0.1 * span;
	a = d0 + d1 - 3 * (f0 - f1) / (t0 - t1);
	b = a * a - d0 * d1;
	if (!(b >= 0))
		return t0 + 0.5 * span;
	b = copysign(sqrt(b), span);
	t = t1 - span * ((d1 + b - a) / (d1 - d0 + 2 * b));
	if (!((t - t0) / span > 0.1 && (t - t0) / span < 0.9))
		return t0 + 0.5 * span;
	return t;
}

/* Bracket, then narrow (Nocedal and Wright 2006, algorithms 3.5 and 3.6, as one loop). to is the accepted
 * point; false when no lower one was found. */
static bool line_search(struct run *r, const struct point *from, const double *direction, double first,
                        struct point *to)
{
	double slope = dot(from->g, direction, r->n);
	double t_low = 0, f_low = from->f, d_low = slope, t_high = 0, f_high = 0, d_high = 0, t = first;
	bool bracketed = false, lower = false;
	struct point trial, best = { .f = INFINITY };

	for (int i = 0; i < LINE_TRIES; i++) {
		double d;

		step_to(r, from, direction, t, &trial);
		d = isfinite(trial.f) ? dot(trial.g, direction, r->n) : NAN;
		if (trial.f < from->f && trial.f < best.f) {
			best = trial;
			lower = true;
		}
		if (!(trial.f <= from->f + ARMIJO * t * slope) || !(trial.f < f_low || t_low == 0)) {
			t_high = t;
			f_high = trial.f;
			d_high = d;
			bracketed = true;
		} else {
			if (fabs(d) <= -CURVATURE * slope) {
				*to = trial;
				return true;
			}
			if (bracketed ? d * (t_high - t_low) >= 0 : d >= 0) {
				t_high = t_low;
				f_high = f_low;
				d_high = d_low;
				bracketed = true;
			}
			t_low = t;
			f_low = trial.f;
			d_low = d;
		}
		if (bracketed && fabs(t_high - t_low) <= 1e-14 * fabs(t_low + t_high))
			break;
		t = bracketed ? cubic_step(t_low, f_low, d_low, t_high, f_high, d_high) : 2.5 * t;
	}
	if (lower)
		*to = best;
	return lower;
}

/* ---- BFGS ---- */

static void identity(double *h, size_t n, double scale)
{
	memset(h, 0, n * n * sizeof(*h));
	for (size_t i = 0; i < n; i++)
		h[i * n + i] = scale;
}

static void multiply(const double *h, const double *g, size_t n, double *out)
{
	for (size_t i = 0; i < n; i++)
		out[i] = dot(h + i * n, g, n);
}

/* The inverse Hessian learns from one step; left as it is when the step shows no positive curvature. */
static void update(double *h, size_t n, const struct point *from, const struct point *to, bool first)
{
	double s[OPTIM_MAX], y[OPTIM_MAX], hy[OPTIM_MAX], sy, yhy;

	for (size_t i = 0; i < n; i++) {
		s[i] = to->x[i] - from->x[i];
		y[i] = to->g[i] - from->g[i];
	}
	sy = dot(s, y, n);
	if (!(sy > 1e-12 * sqrt(dot(s, s, n) * dot(y, y, n))))
		return;
	if (first)
		identity(h, n, sy / dot(y, y, n));
	multiply(h, y, n, hy);
	yhy = dot(y, hy, n);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			h[i * n + j] += ((1 + yhy / sy) * s[i] * s[j] - hy[i] * s[j] - s[i] * hy[j]) / sy;
}

static bool runaway(const struct run *r, const struct point *p)
{
	return largest(p->x, r->n) > r->options.limit;
}

static bool cancelled(const struct run *r, double value)
{
	return r->problem->cancel && r->problem->cancel(r->problem->user, r->iterations, value);
}

static bool small(const struct run *r, double decrease, double value)
{
	return decrease <= r->options.decrease * (1 + fabs(value));
}

/* From p downhill; p is the last good point whatever the status. inverse: NULL, or about the inverse of the Hessian. */
static enum optim_status descend(struct run *r, struct point *p, const double *inverse)
{
	double h[OPTIM_MAX * OPTIM_MAX], direction[OPTIM_MAX], decrease;
	bool fresh = inverse == NULL; /* h is a multiple of the identity: it has learnt nothing */
	struct point next;

	if (fresh)
		identity(h, r->n, 1);
	else
		memcpy(h, inverse, r->n * r->n * sizeof *h);
	for (size_t i = 0; i < r->options.iterations; i++) {
		if (cancelled(r, p->f))
			return OPTIM_CANCELLED;
		multiply(h, p->g, r->n, direction);
		decrease = 0.5 * dot(direction, p->g, r->n);
		if (!(decrease > 0) || !isfinite(decrease)) {
			if (largest(p->g, r->n) == 0)
				return OPTIM_CONVERGED;
			identity(h, r->n, 1);
			fresh = true;
			multiply(h, p->g, r->n, direction);
			decrease = 0.5 * dot(p->g, p->g, r->n);
		}
		if (!fresh && small(r, decrease, p->f))
			return OPTIM_CONVERGED;
		for (size_t j = 0; j < r->n; j++)
			direction[j] = -direction[j];
		r->iterations++;
		/* Without a scale the first step is at most one unit long. */
		if (!line_search(r, p, direction, fresh ? fmin(1, 1 / largest(direction, r->n)) : 1, &next)) {
			if (fresh)
				return small(r, decrease, p->f) ? OPTIM_CONVERGED : OPTIM_STALLED;
			identity(h, r->n, 1);
			fresh = true;
			continue;
		}
		if (runaway(r, &next))
			return OPTIM_RUNAWAY;
		update(h, r->n, p, &next, fresh);
		fresh = false;
		*p = next;
	}
	return OPTIM_LIMIT;
}

/* ---- Newton ---- */

/* Central differences of the gradient, made symmetric. */
static bool hessian_at(struct run *r, const struct point *p, double *hessian)
{
	struct point up, down;
	size_t n = r->n;

	for (size_t i = 0; i < n; i++) {
		double step = r->options.step * fmax(1, fabs(p->x[i]));

		up = down = *p;
		up.x[i] += step;
		down.x[i] -= step;
		if (!evaluate(r, &up) || !evaluate(r, &down))
			return false;
		for (size_t j = 0; j < n; j++)
			hessian[i * n + j] = (up.g[j] - down.g[j]) / (up.x[i] - down.x[i]);
	}
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < i; j++) {
			double mean = 0.5 * (hessian[i * n + j] + hessian[j * n + i]);

			hessian[i * n + j] = hessian[j * n + i] = mean;
		}
	}
	return true;
}

static void undefined(double *matrix, size_t n)
{
	for (size_t i = 0; i < n * n; i++)
		matrix[i] = NAN;
}

bool matrix_invert(const double *matrix, size_t n, double *inverse, double *condition)
{
	double value[OPTIM_MAX], vector[OPTIM_MAX * OPTIM_MAX];
	bool good = n > 0 && n <= OPTIM_MAX;

	*condition = INFINITY;
	for (size_t i = 0; good && i < n * n; i++)
		good = isfinite(matrix[i]);
	good = good && door_eigen(matrix, n, value, vector) && value[0] > SINGULAR * value[n - 1];
	if (!good) {
		undefined(inverse, n);
		return false;
	}
	*condition = value[n - 1] / value[0];
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j <= i; j++) {
			double sum = 0;

			for (size_t k = 0; k < n; k++)
				sum += vector[i * n + k] * vector[j * n + k] / value[k];
			inverse[i * n + j] = inverse[j * n + i] = sum;
		}
	}
	return true;
}

/* Describe the curvature at p in result; false when there is none to be had. */
static bool look(struct run *r, const struct point *p, struct optim_result *result)
{
	bool good = hessian_at(r, p, result->hessian);

	if (!good)
		undefined(result->hessian, r->n);
	result->positive_definite = matrix_invert(result->hessian, r->n, result->covariance, &result->condition);
	return good;
}

/* A full Newton step if it does not go up; differences of the last digits count as level. */
static bool newton_step(struct run *r, struct point *p, const struct optim_result *result, double *decrease)
{
	double direction[OPTIM_MAX];
	struct point next;

	multiply(result->covariance, p->g, r->n, direction);
	*decrease = 0.5 * dot(direction, p->g, r->n);
	step_to(r, p, direction, -1, &next);
	if (!(next.f <= p->f + 1e-13 * fabs(p->f)) || runaway(r, &next) ||
	    largest(next.g, r->n) >= largest(p->g, r->n))
		return false;
	*p = next;
	return true;
}

static enum optim_status polish(struct run *r, struct point *p, enum optim_status status,
                                struct optim_result *result)
{
	bool good = look(r, p, result);

	for (size_t i = 0; good && i < r->options.newton && result->positive_definite; i++) {
		double decrease = INFINITY;

		if (cancelled(r, p->f))
			return OPTIM_CANCELLED;
		if (!newton_step(r, p, result, &decrease)) {
			if (small(r, decrease, p->f) && (status == OPTIM_STALLED || status == OPTIM_LIMIT))
				status = OPTIM_CONVERGED;
			break;
		}
		if (i + 1 < r->options.newton || decrease > NEAR)
			good = look(r, p, result);
		if (small(r, decrease, p->f) && (status == OPTIM_STALLED || status == OPTIM_LIMIT))
			status = OPTIM_CONVERGED;
		if (decrease <= 1e-16 * (1 + fabs(p->f)))
			break;
	}
	return status;
}

/* ---- public ---- */

static struct optim_options with_defaults(const struct optim_options *given)
{
	struct optim_options o = given ? *given : (struct optim_options){ 0 };

	o.decrease = o.decrease > 0 ? o.decrease : 1e-12;
	o.iterations = o.iterations ? o.iterations : 500;
	o.newton = o.newton ? o.newton : 4;
	o.step = o.step > 0 ? o.step : 1e-4;
	o.limit = o.limit > 0 ? o.limit : 50;
	return o;
}

/* Nothing finite was found. */
static void nothing(struct optim_result *result, size_t n)
{
	*result = (struct optim_result){ .status = OPTIM_NONFINITE, .n = n, .value = NAN, .gradient_max = NAN,
	                                 .condition = INFINITY };
	for (size_t i = 0; i < OPTIM_MAX; i++)
		result->x[i] = result->gradient[i] = NAN;
	for (size_t i = 0; i < OPTIM_MAX * OPTIM_MAX; i++)
		result->hessian[i] = result->covariance[i] = NAN;
}

void optim_minimise(const struct optim_problem *problem, const double *start, size_t starts,
                    const struct optim_options *options, struct optim_result *result)
{
	struct run run = { .problem = problem, .options = with_defaults(options), .n = problem->n };
	struct point best = { .f = INFINITY }, p;
	enum optim_status status = OPTIM_NONFINITE;
	size_t winner = 0;

	nothing(result, problem->n);
	if (problem->n == 0 || problem->n > OPTIM_MAX)
		return;
	for (size_t s = 0; s < starts && status != OPTIM_CANCELLED; s++) {
		enum optim_status ended;

		memcpy(p.x, start + s * run.n, run.n * sizeof(*p.x));
		if (!evaluate(&run, &p))
			continue;
		ended = descend(&run, &p, s == 0 ? run.options.inverse : NULL);
		if (p.f < best.f || ended == OPTIM_CANCELLED) {
			if (p.f < best.f) {
				best = p;
				winner = s;
			}
			status = ended;
		}
	}
	if (isfinite(best.f)) {
		if (status != OPTIM_CANCELLED)
			status = polish(&run, &best, status, result);
		memcpy(result->x, best.x, run.n * sizeof(*best.x));
		memcpy(result->gradient, best.g, run.n * sizeof(*best.g));
		result->value = best.f;
		result->gradient_max = largest(best.g, run.n);
		result->start = winner;
	}
	result->status = status;
	result->iterations = run.iterations;
	result->evaluations = run.evaluations;
}

const char *optim_status_name(enum optim_status status)
{
	switch (status) {
	case OPTIM_CONVERGED:
		return "converged";
	case OPTIM_STALLED:
		return "stalled";
	case OPTIM_LIMIT:
		return "limit";
	case OPTIM_RUNAWAY:
		return "runaway";
	case OPTIM_NONFINITE:
		return "nonfinite";
	case OPTIM_CANCELLED:
		return "cancelled";
	}
	return "unknown";
}
