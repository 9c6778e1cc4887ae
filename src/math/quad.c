/* Integrals by panels whose width follows the integrand. Not here: what is integrated. */
#include "config.h"

#include "math/quad.h"

#include <math.h>
#include <stdbool.h>

#include "math/special.h"

#define STEEP      14.0  /* change of ln f over a panel that 16 points integrate to the last digit (DLMF 3.5.20) */
#define BENT       2.5   /* departure of the middle from the straight line, likewise */
#define NEGLIGIBLE 40.0  /* below the largest, in ln: e^-40 of it is nothing */
#define HALVINGS   60
#define PANELS     (QUAD_MOST / 16)

const struct quad_rule quad_rule_3 = {
	.n = 3,
	.at = {
		0.1127016653792583114820735, 0.5000000000000000000000000, 0.8872983346207416885179265,
	},
	.weight = {
		0.2777777777777777777777778, 0.4444444444444444444444444, 0.2777777777777777777777778,
	},
};

const struct quad_rule quad_rule_5 = {
	.n = 5,
	.at = {
		0.0469100770306680036011866, 0.2307653449471584544818428, 0.5000000000000000000000000, 0.7692346550528415455181572,
		0.9530899229693319963988134,
	},
	.weight = {
		0.1184634425280945437571320, 0.2393143352496832340206458, 0.2844444444444444444444444, 0.2393143352496832340206458,
		0.1184634425280945437571320,
	},
};

const struct quad_rule quad_rule_16 = {
	.n = 16,
	.at = {
		0.0052995325041750337019229, 0.0277124884633837119610058, 0.0671843988060841280597661, 0.1222977958224984830524494,
		0.1910618777986781257766641, 0.2709916111713863068287903, 0.3591982246103705433847697, 0.4524937450811812799073403,
		0.5475062549188187200926597, 0.6408017753896294566152303, 0.7290083888286136931712097, 0.8089381222013218742233359,
		0.8777022041775015169475506, 0.9328156011939158719402339, 0.9722875115366162880389942, 0.9947004674958249662980771,
	},
	.weight = {
		0.0135762297058770474258903, 0.0311267619693239464314219, 0.0475792558412463924049626, 0.0623144856277669360262381,
		0.0747979944082883660407509, 0.0845782596975012690946560, 0.0913017075224617944333818, 0.0947253052275342481426984,
		0.0947253052275342481426984, 0.0913017075224617944333818, 0.0845782596975012690946560, 0.0747979944082883660407509,
		0.0623144856277669360262381, 0.0475792558412463924049626, 0.0311267619693239464314219, 0.0135762297058770474258903,
	},
};

/* A walk to one side. */
struct walk { const struct quad *q; struct quad_nodes *out; double best; };

static void panel(struct walk *w, double low, double high)
{
	const struct quad_rule *rule = &quad_rule_16;
	double log_width = log(high - low);

	for (size_t i = 0; i < rule->n; i++) {
		double u = low + (high - low) * rule->at[i], f = w->q->log_f(w->q->user, u);

		w->out->u[w->out->n] = u;
		w->out->log_wf[w->out->n++] = f + log(rule->weight[i]) + log_width;
		w->best = fmax(w->best, f + log_width);
	}
}

/* May these ends be one panel? */
static bool tame(const struct quad *q, double from, double to, double f_from, double f_to)
{
	double middle;

	if (!(fabs(f_to - f_from) <= STEEP))
		return false;
	middle = q->log_f(q->user, from + 0.5 * (to - from));
	return fabs(middle - 0.5 * (f_from + f_to)) <= BENT;
}

static void walk_to(struct walk *w, double from, double end, double sign)
{
	double f = w->q->log_f(w->q->user, from), width = w->q->widest;

	for (size_t k = 0; k < PANELS / 2 && (end - from) * sign > 0; k++) {
		double to, f_to;

		for (int i = 0; ; i++) {
			to = (end - from) * sign <= width ? end : from + sign * width;
			f_to = w->q->log_f(w->q->user, to);
			if (tame(w->q, from, to, f, f_to) || i == HALVINGS)
				break;
			width = 0.5 * fabs(to - from);
		}
		panel(w, fmin(from, to), fmax(from, to));
		if (f_to <= f && f_to + log(w->q->widest) < w->best - NEGLIGIBLE)
			break;
		from = to;
		f = f_to;
		width = fmin(2 * width, w->q->widest);
	}
}

void quad_lay(const struct quad *q, double low, double mode, double high, struct quad_nodes *out)
{
	struct walk w = { q, out, -INFINITY };

	out->n = 0;
	walk_to(&w, mode, high, 1);
	walk_to(&w, mode, low, -1);
}

double quad_log(const struct quad *q, double low, double mode, double high)
{
	struct quad_nodes nodes;

	quad_lay(q, low, mode, high, &nodes);
	return log_sum_exp(nodes.log_wf, nodes.n);
}

/* Golden section. */
double quad_mode(const struct quad *q, double low, double high)
{
	const double part = 0.38196601125010515;
	double a = low + part * (high - low), b = high - part * (high - low);
	double f_a = q->log_f(q->user, a), f_b = q->log_f(q->user, b), least = 1e-3 * (high - low);

	while (high - low > least) {
		if (f_a > f_b) {
			high = b;
			b = a;
			f_b = f_a;
			a = low + part * (high - low);
			f_a = q->log_f(q->user, a);
		} else {
			low = a;
			a = b;
			f_a = f_b;
			b = high - part * (high - low);
			f_b = q->log_f(q->user, b);
		}
	}
	return 0.5 * (low + high);
}
