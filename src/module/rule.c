/* The row rules of features (G5) as a list. They say what is wrong with a row; the gate over a stored
 * table and the check of a cohort in memory decide what follows. Owns no table. */
#include "config.h"

#include "module/rule.h"

#include <math.h>

static int frequency(const struct rule_row *r)
{
	return !isfinite(r->frequency) || r->frequency < 0 || r->frequency != floor(r->frequency);
}

static int recency(const struct rule_row *r)
{
	return !isfinite(r->recency) || r->recency < 0;
}

static int age(const struct rule_row *r)
{
	return !isfinite(r->t) || r->t < 0;
}

static int recency_after_age(const struct rule_row *r)
{
	return r->recency > r->t;
}

static int monetary(const struct rule_row *r)
{
	return isinf(r->monetary) || r->monetary < 0;
}

static int spend(const struct rule_row *r)
{
	return r->spend_used && r->frequency > 0 && !(r->monetary > 0);
}

static int dates(const struct rule_row *r)
{
	return !isfinite(r->first_purchase) || !isfinite(r->last_purchase) || r->first_purchase > r->last_purchase;
}

const struct rule rules[] = {
	{ .id = "G5-frequency", .about = "frequency is a whole number, at least 0", .broken = frequency },
	{ .id = "G5-recency", .about = "recency is a number of days, at least 0", .broken = recency },
	{ .id = "G5-T", .about = "T is a number of days, at least 0", .broken = age },
	{ .id = "G5-recency-T", .about = "recency is at most T", .broken = recency_after_age },
	{ .id = "G5-monetary", .about = "monetary value is finite and at least 0", .broken = monetary },
	{ .id = "G5-spend", .about = "monetary value is above 0 where the spend model uses it", .broken = spend },
	{ .id = "G5-dates", .about = "first and last purchase are days, the first not after the last", .broken = dates },
};

const size_t rules_count = sizeof rules / sizeof *rules;

struct rule_row rule_row_of(const struct cohort *c, size_t i)
{
	bool   used = c->has_money && c->spend_ok[i];
	double monetary = c->x[i] > 0 ? (double)c->repeat_minor[i] / c->x[i] : 0;
	return (struct rule_row){
		.frequency = c->x[i], .recency = c->t_x[i], .t = c->t[i], .monetary = used ? monetary : (double)NAN,
		.first_purchase = 0, .last_purchase = c->t_x[i], .spend_used = used,
	};
}

uint32_t rule_broken(const struct rule_row *row)
{
	uint32_t broken = 0;
	for (size_t i = 0; i < rules_count; i++)
		if (rules[i].broken(row))
			broken |= UINT32_C(1) << i;
	return broken;
}
