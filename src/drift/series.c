/* The list of what is watched, correction for its length, the verdict of the whole. Writes nothing. */
#include "config.h"

#include "drift/series.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "math/compare.h"

struct series *series_list(struct arena *a, const struct population *p, size_t *n)
{
	struct series *list = arena_alloc(a, SCOPES * drift_features_count, sizeof(*list));
	*n = 0;
	for (int scope = 0; scope < SCOPES; scope++)
		for (size_t i = 0; i < drift_features_count; i++) {
			const struct feature *f = &drift_features[i];
			if (!feature_in(f, (enum scope)scope, p))
				continue;
			list[(*n)++] = (struct series) {
				.f = f, .scope = (enum scope)scope,
				.key = scope == SCOPE_MIX ? arena_printf(a, "mix:%s", f->name) : f->name,
			};
		}
	return list;
}

/* Too few customers to judge: no part of the family of tests. */
static bool counts(const struct series *s, const struct measure_rules *rules)
{
	return s->scope == SCOPE_COHORT && measure_judge(s->f, s->scope, &s->ref, &s->cur, rules, &s->m) != VERDICT_TOO_FEW;
}

enum rc series_judge(struct series *s, size_t n, const struct measure_rules *rules)
{
	double *p = mem_try(n ? n : 1, sizeof(*p));
	if (!p)
		return err_set(RC_NOMEM, "DRIFT-101", "not enough memory to judge %zu features", n);
	for (size_t i = 0; i < n; i++)
		p[i] = counts(&s[i], rules) ? s[i].m.p : (double)NAN;
	enum rc rc = adjust_bh(p, n, p);
	for (size_t i = 0; !rc && i < n; i++) {
		s[i].m.q = p[i];
		s[i].m.verdict = measure_judge(s[i].f, s[i].scope, &s[i].ref, &s[i].cur, rules, &s[i].m);
	}
	free(p);
	return rc;
}

enum verdict series_verdict(const struct series *s, size_t n)
{
	enum verdict worst = VERDICT_TOO_FEW;
	for (size_t i = 0; i < n; i++) {
		bool speaks = s[i].scope == SCOPE_COHORT || (s[i].scope == SCOPE_PREDICTION && s[i].m.verdict == VERDICT_NOTICE);
		if (speaks && s[i].m.verdict > worst)
			worst = s[i].m.verdict;
	}
	return worst;
}

struct js *series_json(const struct series *s)
{
	const struct measure *m = &s->m;
	struct js *x = js_object();
	js_set_text(x, "name", s->f->name);
	js_set_text(x, "scope", scope_name(s->scope));
	js_set_text(x, "type", feature_type_name(s->f->type));
	js_set_int(x, "n_ref", s->ref.count);
	js_set_int(x, "n_cur", s->cur.count);
	js_set_real(x, "ks", m->ks);
	js_set_real(x, "p", m->p);
	js_set_real(x, "q", m->q);
	js_set_real(x, "psi", m->psi);
	js_set_real(x, "w1", m->w1);
	js_set_real(x, "w1_log", m->w1_log);
	js_set_real(x, "js", m->js);
	js_set_real(x, "effect", m->effect);
	js_set_real(x, "threshold", m->threshold);
	js_set_real(x, "detectable", m->detectable);
	js_set_real(x, "ref_median", m->ref_median);
	js_set_real(x, "cur_median", m->cur_median);
	js_set_real(x, "ref_mean", m->ref_mean);
	js_set_real(x, "cur_mean", m->cur_mean);
	js_set_real(x, "change", m->change);
	js_set_real(x, "change_low", m->low);
	js_set_real(x, "change_high", m->high);
	js_set_text(x, "verdict", drift_verdict_name(m->verdict));
	js_set_text(x, "sentence", s->sentence);
	return x;
}
