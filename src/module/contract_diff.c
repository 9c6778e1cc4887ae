/* One contract held against another. Not here: what a check means for rows (contract_judge.c). Owns no table. */
#include "config.h"

#include "module/contract_diff.h"

#include <math.h>
#include <string.h>

#include "base/str.h"

static const char *const words[CHANGES] = { "added", "removed", "loosened", "tightened", "changed" };

const char *contract_change_name(enum contract_change c)
{
	return words[c];
}

/* What may be said of a pair: both bits, it is another check. */
enum { SAME = 0, LOOSER = 1, TIGHTER = 2, OTHER = LOOSER | TIGHTER };

static unsigned by_size(double was, double now)
{
	return now > was ? LOOSER : now < was ? TIGHTER : SAME;
}

/* A bound that is not said allows everything. */
static unsigned by_bound(double was, double now)
{
	return by_size(isnan(was) ? (double)INFINITY : was, isnan(now) ? (double)INFINITY : now);
}

/* Reached later is looser. What is not said here is reached by the first row, where the check has a verdict at all. */
static unsigned by_limit(const struct contract_limit *was, const struct contract_limit *now)
{
	if (!was->said || !now->said)
		return was->said == now->said ? SAME : now->said ? LOOSER : TIGHTER;
	return by_bound(was->share, now->share) | by_bound(was->count < 0 ? (double)NAN : (double)was->count, now->count < 0 ? (double)NAN : (double)now->count)
		| (isnan(was->share) || isnan(now->share) ? SAME : by_size((double)was->at_least, (double)now->at_least));
}

/* An error that is not said never comes, unless the severity is stop. */
static unsigned by_error(const struct contract_check *was, const struct contract_check *now)
{
	bool stops = was->severity == SEVERITY_STOP && now->severity == SEVERITY_STOP;

	if (was->error_if.said != now->error_if.said && !stops)
		return now->error_if.said ? TIGHTER : LOOSER;
	return by_limit(&was->error_if, &now->error_if);
}

static bool has_value(const struct contract_check *c, const char *value)
{
	for (size_t i = 0; i < c->values; i++)
		if (strcmp(c->value[i], value) == 0)
			return true;
	return false;
}

static unsigned by_values(const struct contract_check *was, const struct contract_check *now)
{
	unsigned out = SAME;

	for (size_t i = 0; i < now->values; i++)
		out |= has_value(was, now->value[i]) ? SAME : LOOSER;
	for (size_t i = 0; i < was->values; i++)
		out |= has_value(now, was->value[i]) ? SAME : TIGHTER;
	return out;
}

static unsigned by_range(const struct contract_range *was, const struct contract_range *now)
{
	if (was->days != now->days)
		return OTHER;
	return by_size(was->high, now->high) | by_size(now->low, was->low);
}

static unsigned by_text(const char *was, const char *now)
{
	return strcmp(was != NULL ? was : "", now != NULL ? now : "") == 0 ? SAME : OTHER;
}

static unsigned by_value(const struct contract_check *was, const struct contract_check *now)
{
	switch (now->term) {
	case TERM_ACCEPTED:
		return by_values(was, now);
	case TERM_RANGE:
		return by_range(&was->range, &now->range);
	case TERM_TYPE:
	case TERM_PATTERN:
		return by_text(was->is, now->is);
	case TERM_REFERENCES:
		return by_text(was->entity, now->entity);
	case TERM_DISTRIBUTION:
		return by_bound(was->missing, now->missing) | by_bound(was->mean, now->mean) | by_bound(was->quantiles, now->quantiles);
	case TERM_FRESHNESS:
		return by_bound(was->warn_after, now->warn_after) | by_bound(was->error_after, now->error_after);
	case TERM_VOLUME:
		return by_size(was->z, now->z) | (was->train == now->train ? SAME : OTHER) | by_size(now->detect, was->detect) | by_size(was->points, now->points);
	case TERM_SQL:
		return by_text(was->sql, now->sql);
	default:
		return SAME;
	}
}

static unsigned compare(const struct contract_check *was, const struct contract_check *now)
{
	return by_value(was, now) | by_size((double)now->severity, (double)was->severity) | by_limit(&was->warn_if, &now->warn_if) | by_error(was, now);
}

/* In words */

static void add_days(struct str *t, const char *word, double days)
{
	if (!isnan(days))
		str_addf(t, "%s%s %.0f days", t->n > 0 ? ", " : "", word, days);
}

static void add_share(struct str *t, const char *word, double share)
{
	char number[32];

	if (isnan(share))
		return;
	str_double(number, 100 * share);
	str_addf(t, "%s%s %s %%", t->n > 0 ? ", " : "", word, number);
}

static const char *say(struct arena *a, const struct contract_check *c)
{
	struct str t = { 0 };
	char *out, number[32];

	if (c->term == TERM_DISTRIBUTION) {
		add_share(&t, "missing", c->missing);
		add_share(&t, "mean", c->mean);
		add_share(&t, "quantiles", c->quantiles);
	} else if (c->term == TERM_FRESHNESS) {
		add_days(&t, "warn after", c->warn_after);
		add_days(&t, "error after", c->error_after);
	} else if (c->term == TERM_VOLUME) {
		str_double(number, c->z);
		str_addf(&t, "z %s, train %d, detect %d, points %d", number, c->train, c->detect, c->points);
	} else if (c->term == TERM_SQL) {
		str_addf(&t, "%.200s", c->sql);
	} else if (c->is != NULL) {
		str_addf(&t, "%.200s", c->is);
	}
	str_addf(&t, "%s%s", t.n > 0 ? ", " : "", contract_severity_name(c->severity));
	if (c->warn_if.said)
		str_addf(&t, ", warn if %s", contract_limit_text(a, &c->warn_if));
	if (c->error_if.said)
		str_addf(&t, ", error if %s", contract_limit_text(a, &c->error_if));
	out = arena_text(a, t.s);
	str_clear(&t);
	return out;
}

/* Pairs */

struct pairs { struct arena *a; struct contract_difference *at; size_t n; };

static void add(struct pairs *p, struct contract_difference d)
{
	p->at[p->n++] = d;
}

static const struct contract_check *check_of(const struct contract *c, const char *id)
{
	for (size_t i = 0; c != NULL && i < c->checks; i++)
		if (strcmp(c->check[i].id, id) == 0)
			return &c->check[i];
	return NULL;
}

static const struct contract_field *field_of(const struct contract *c, const char *name)
{
	for (size_t i = 0; c != NULL && i < c->fields; i++)
		if (strcmp(c->field[i].name, name) == 0)
			return &c->field[i];
	return NULL;
}

static void compare_policies(struct pairs *p, const struct contract *was, const struct contract *now)
{
	enum contract_columns from = was != NULL ? was->columns : COLUMNS_UNSAID;
	enum contract_change change = from == COLUMNS_UNSAID ? CHANGE_ADDED : now->columns == COLUMNS_UNSAID ? CHANGE_REMOVED
		: now->columns > from ? CHANGE_LOOSENED : CHANGE_TIGHTENED;

	if (from != now->columns)
		add(p, (struct contract_difference){ change, "columns", contract_columns_name(from), contract_columns_name(now->columns), 0 });
}

/* A column that may be missing, must not, or is only named. */
static const char *say_field(const struct contract_field *f)
{
	return f->optional ? "may be missing" : f->required ? "must be there" : "named";
}

static void compare_fields(struct pairs *p, const struct contract *was, const struct contract *now)
{
	for (size_t i = 0; i < now->fields; i++) {
		const struct contract_field *f = &now->field[i], *old = field_of(was, f->name);

		if (old == NULL)
			add(p, (struct contract_difference){ CHANGE_ADDED, f->name, "", say_field(f), f->line });
		else if (old->optional != f->optional)
			add(p, (struct contract_difference){ f->optional ? CHANGE_LOOSENED : CHANGE_TIGHTENED, f->name, say_field(old), say_field(f), f->line });
	}
}

static void compare_checks(struct pairs *p, const struct contract *was, const struct contract *now)
{
	static const enum contract_change change[] = { [LOOSER] = CHANGE_LOOSENED, [TIGHTER] = CHANGE_TIGHTENED, [OTHER] = CHANGE_OTHER };

	for (size_t i = 0; i < now->checks; i++) {
		const struct contract_check *c = &now->check[i], *old = check_of(was, c->id);
		unsigned how = old != NULL ? compare(old, c) : SAME;

		if (old == NULL)
			add(p, (struct contract_difference){ CHANGE_ADDED, c->id, "", say(p->a, c), c->line });
		else if (how != SAME)
			add(p, (struct contract_difference){ change[how], c->id, say(p->a, old), say(p->a, c), c->line });
	}
}

static void add_removed(struct pairs *p, const struct contract *was, const struct contract *now)
{
	for (size_t i = 0; was != NULL && i < was->fields; i++)
		if (field_of(now, was->field[i].name) == NULL)
			add(p, (struct contract_difference){ CHANGE_REMOVED, was->field[i].name, say_field(&was->field[i]), "", was->field[i].line });
	for (size_t i = 0; was != NULL && i < was->checks; i++)
		if (check_of(now, was->check[i].id) == NULL)
			add(p, (struct contract_difference){ CHANGE_REMOVED, was->check[i].id, say(p->a, &was->check[i]), "", was->check[i].line });
}

void contract_compare(struct arena *a, const struct contract *was, const struct contract *now, struct contract_difference **out, size_t *n)
{
	size_t most = 1 + now->fields + now->checks + (was != NULL ? was->fields + was->checks : 0);
	struct pairs p = { .a = a, .at = arena_alloc(a, most, sizeof *p.at) };

	compare_policies(&p, was, now);
	compare_fields(&p, was, now);
	compare_checks(&p, was, now);
	add_removed(&p, was, now);
	*out = p.at;
	*n = p.n;
}
