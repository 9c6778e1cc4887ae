/* The stage `drift`: the customers of this run against the baseline of the champion; the first time, that
 * baseline is frozen. An alarm opens a review and does nothing else. Owns drift_baseline, drift_feature,
 * drift_histogram, drift_run, drift_review. */
#include "config.h"

#include "drift/drift_stage.h"

#include <stdio.h>
#include <string.h>

#include "drift/population.h"
#include "drift/report_priv.h"
#include "drift/review.h"

static struct measure_rules rules(const struct run *run)
{
	return (struct measure_rules) {
		.alpha = run_real(run, "drift.alpha"),
		.effect = run_real(run, "drift.effect"),
		.prediction = run_real(run, "drift.prediction"),
		.min_customers = (size_t)run_int(run, "drift.min_customers"),
		.psi_bins = (size_t)run_int(run, "drift.psi_bins"),
	};
}

/* Freezes when the champion has no baseline yet: it was just fitted, or just promoted. */
static enum rc compare(struct run *run, int64_t set_id, const struct population *p, struct comparison *c)
{
	*c = (struct comparison) { .population = p, .rules = rules(run) };
	c->series = series_list(run->arena, p, &c->n);
	enum rc rc = baseline_load(run->store, run->arena, set_id, c->series, c->n, &c->baseline);
	if (rc)
		return rc;
	if (c->baseline.frozen)
		return compare_measure(run, c);
	c->baseline.as_of = run->as_of;
	c->baseline.window_days = compare_window(p, (int32_t)run_int(run, "drift.window_days"));
	rc = compare_freeze(run, c);
	return rc ? rc : baseline_save(run->store, set_id, c->series, c->n, &c->baseline);
}

static void say(struct run *run, const struct measured *m, int64_t review_id)
{
	run->facts = js_object();
	js_set_text(run->facts, "verdict", drift_verdict_name(m->comparison->verdict));
	js_set_text(run->facts, "population", m->population);
	js_set(run->facts, "review", review_id ? js_int(review_id) : js_null());
	js_set_text(run->facts, "accuracy", m->accuracy->matured ? "matured" : "not_matured");
	js_set(run->facts, "matures_on", js_copy(js_get(m->accuracy->json, "matures_on")));
	run_note(run, "%s: %s%s", drift_verdict_name(m->comparison->verdict), m->population, review_id ? "; a review waits" : "");
}

/* What comes after reads the evidence and the review that waits, not the number of this execution. */
static void seal(struct run *run, const struct measured *m, int64_t review_id)
{
	char review[32];
	struct digest *d = digest_new();
	snprintf(review, sizeof(review), "%lld", (long long)review_id);
	digest_add_text(d, m->digest);
	digest_add_text(d, review);
	digest_end(d, run->output_fingerprint);
}

static enum rc publish(struct run *run, struct measured *m)
{
	int64_t review_id = 0;
	report_make(run, m);
	enum rc rc = report_save(run, m);
	if (rc)
		return rc;
	const struct finding f = {
		.set_id = m->champion->set_id, .digest = m->digest, .alarm = m->comparison->verdict == VERDICT_ALARM,
		.reason = report_reason(run->arena, m->comparison),
	};
	rc = review_follow(run, &f, &review_id);
	if (rc)
		return rc;
	run->rows_out = (int64_t)m->comparison->n;
	say(run, m, review_id);
	seal(run, m, review_id);
	return RC_OK;
}

enum rc drift_run(struct run *run)
{
	struct champion champion;
	struct population population;
	struct comparison comparison;
	struct accuracy accuracy = { 0 };
	struct measured m = { .champion = &champion, .comparison = &comparison, .accuracy = &accuracy };
	enum rc rc = champion_get(run->store, &champion);
	if (!rc && !champion.set_id) {
		run_note(run, "there is no champion to watch");
		return RC_OK;
	}
	rc = rc ? rc : population_load(run, &population);
	rc = rc ? rc : compare(run, champion.set_id, &population, &comparison);
	if (rc)
		return rc;
	run->rows_in = (int64_t)population.n;
	rc = accuracy_measure(run, champion.set_id, comparison.froze, &accuracy);
	rc = rc ? rc : publish(run, &m);
	js_free(m.report);
	js_free(accuracy.json);
	return rc;
}
