/* One sentence a measure: what changed, by how much, and when it is not an alarm, which of the two keys is
 * missing. */
#include "config.h"

#include "drift/sentence.h"

#include <inttypes.h>
#include <math.h>

#include "base/str.h"
#include "math/dist.h"

static int digits(const struct feature *f, const struct population *p)
{
	return f->type == FEATURE_MONEY ? p->decimals : f->type == FEATURE_DAYS ? 1 : 2;
}

static const char *unit(const struct feature *f, const struct population *p)
{
	return f->type == FEATURE_MONEY ? p->currency : "";
}

static void add_subject(struct str *t, const struct feature *f)
{
	str_addf(t, "%s %s ", f->median ? "median" : "mean", f->title);
}

static void add_unit(struct str *t, const struct feature *f, const struct population *p)
{
	if (*unit(f, p))
		str_addf(t, " %s", unit(f, p));
}

/* Percent as it is printed, with one digit: never a minus before nothing. */
static double percent(double share)
{
	return fabs(share) < 0.0005 ? 0 : 100 * share;
}

static void add_change(struct str *t, const struct measure *m)
{
	if (!isfinite(m->change))
		return;
	str_addf(t, " (%+.1f %%", percent(m->change));
	if (isfinite(m->low) && isfinite(m->high))
		str_addf(t, ", 95 %% interval %.1f to %.1f", percent(m->low), percent(m->high));
	str_add_char(t, ')');
}

static void add_too_few(struct str *t, const struct sample *ref, const struct sample *cur, const struct measure_rules *rules,
			const struct measure *m)
{
	str_addf(t, "too few to tell: %" PRId64 " customers now, %" PRId64 " in the baseline, at least %zu needed", cur->count, ref->count,
		 rules->min_customers);
	if (isfinite(m->detectable))
		str_addf(t, "; a shift of less than %.0f %% of the customers would go unseen", 100 * m->detectable);
}

/* What keeps a notice from being an alarm. */
static void add_missing_key(struct str *t, const struct feature *f, const struct measure_rules *rules, const struct measure *m)
{
	bool large = m->effect >= m->threshold, chance_out = (isnan(m->q) ? m->p : m->q) < rules->alpha;
	if (f->ages && !isnan(m->q) && large && chance_out) /* in the mix, ages move by themselves */
		str_add(t, "; customers came at other times, the other features are compared at equal ages");
	else if (chance_out && !large)
		str_addf(t, "; not chance, but small: effect %.3f below %.3f", m->effect, m->threshold);
	else if (large && !chance_out)
		str_add(t, "; may be chance");
}

const char *sentence_measured(struct arena *a, const struct feature *f, const struct population *p, const struct sample *ref,
			      const struct sample *cur, const struct measure_rules *rules, const struct measure *m)
{
	struct str t = { 0 };
	int d = digits(f, p);
	if (m->verdict == VERDICT_TOO_FEW) {
		add_too_few(&t, ref, cur, rules, m);
	} else {
		add_subject(&t, f);
		str_addf(&t, "%.*f -> %.*f", d, m->ref_say, d, m->cur_say);
		add_unit(&t, f, p);
		add_change(&t, m);
		if (m->verdict == VERDICT_NOTICE && !isnan(m->threshold))
			add_missing_key(&t, f, rules, m);
	}
	const char *out = arena_text(a, t.s);
	str_clear(&t);
	return out;
}

const char *sentence_frozen(struct arena *a, const struct feature *f, const struct population *p, const struct sample *ref)
{
	struct str t = { 0 };
	if (ref->n) {
		add_subject(&t, f);
		str_addf(&t, "%.*f", digits(f, p), f->median ? median_sorted(ref->v, ref->n) : mean_of(ref->v, ref->n));
		add_unit(&t, f, p);
		str_add(&t, ", ");
	}
	str_addf(&t, "%" PRId64 " customers", ref->count);
	const char *out = arena_text(a, t.s);
	str_clear(&t);
	return out;
}
