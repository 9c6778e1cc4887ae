/* Purchases at a gamma-distributed rate until a lifetime is over whose law does not depend on them: Pareto/NBD and
 * GGom/NBD are this process with two laws. One kernel evaluates both; a law is a few functions of time. */
#ifndef CLV_MODELS_LIFETIME_PRIV_H
#define CLV_MODELS_LIFETIME_PRIV_H

#include <stddef.h>

#include "models/model.h"

enum { LIFETIME_R, LIFETIME_ALPHA, LIFETIME_FIRST }; /* positions of the parameters; the law's own follow */

#define LIFETIME_OWN 3 /* parameters of a law, at most */

/* The law of a lifetime, p its own parameters; S the probability to outlive t, f the density. */
struct lifetime {
	size_t n; /* parameters */
	double (*log_stay)(const double *p, double t);               /* ln S(t) */
	double (*log_hazard)(const double *p, double t);             /* ln f(t) - ln S(t) */
	void   (*slopes)(const double *p, double t, double *stay, double *density); /* d ln S and d ln f by the log-parameters */
	double (*change)(const double *p, double from, double to);   /* by how much ln f changes, at most */
	double (*reach)(const double *p);                            /* how far below 0 it stops being smooth */
	void   (*later)(const double *p, double t, double *q);       /* the law of what is left at t, given that it was outlived */
	/* Dropping out at y between from and to, relative to S(from) ((a+from)/(a+y))^e: ln of the integral over y. */
	double (*log_gone)(const double *p, double a, double e, double from, double to);
};

/* Members of struct model; model->family is the law. */
enum rc lifetime_prepare(const struct model *m, struct arena *a, const struct sample *s, void **prep);
double  lifetime_loss(void *prep, const struct histories *h, const double *theta, double *gradient);
/* r and alpha from moments, into every start; the law's own parameters are given. */
size_t  lifetime_starts(const struct sample *s, const double *own, size_t n, size_t starts, double *start);

double  lifetime_loglik(const struct model *m, const double *param, const struct history *h);
double  lifetime_alive(const struct model *m, const double *param, const struct history *h);
double  lifetime_expected(const struct model *m, const double *param, const struct history *h, double t);
double  lifetime_none(const struct model *m, const double *param, const struct history *h, double t);
double  lifetime_stays(const struct model *m, const double *param, const struct history *h, double t);
double  lifetime_survives(const struct model *m, const double *param, const struct history *h, double t);
void    lifetime_tail(const struct model *m, const double *param, const struct history *h, double t, double *tail, size_t n);
double  lifetime_pmf(const struct model *m, const double *param, const struct history *h, double t, double n);
double  lifetime_dert(const struct model *m, const double *param, const struct history *h, double rate);
double  lifetime_reach(const struct model *m, const double *param);
/* The default of log_gone, by panels. */
double  lifetime_log_gone(const struct lifetime *l, const double *p, double a, double e, double from, double to);

#endif
