/* The row rules of features (G5) as a list. They say what is wrong with a row; the gate over a stored
 * table and the check of a cohort in memory decide what follows. Owns no table. */
#include "config.h"

#include "module/rule.h"

#include <math.h>

const struct rule rules[] = {
#define RULE(id_, about_, broken_) { .id = id_, .about = about_ },
#include "module/rule.def"
#undef RULE
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

uint32_t rule_broken(const struct rule_row *r)
{
	uint32_t broken = 0, bit = 1;
#define RULE(id_, about_, broken_) \
	broken |= (broken_) ? bit : 0; \
	bit <<= 1;
#include "module/rule.def"
#undef RULE
	return broken;
}
