/* A feature in a scope, from its baseline to its verdict. */
#ifndef CLV_DRIFT_SERIES_H
#define CLV_DRIFT_SERIES_H

#include "base/arena.h"
#include "base/json.h"
#include "drift/measure.h"
#include "drift/picture.h"

struct series {
	const struct feature *f;
	enum scope    scope;
	const char   *key;      /* of drift_baseline: the feature's name, "mix:" before it for the whole base */
	struct sample ref, cur; /* cur.v is gone once measured */
	struct measure m;
	struct picture picture;
	const char   *sentence;
};

/* What this population can be watched by, scope by scope in the order of the list. */
struct series *series_list(struct arena *a, const struct population *p, size_t *n);

/* q over what can alarm, then the verdict of each. RC_NOMEM. */
enum rc series_judge(struct series *s, size_t n, const struct measure_rules *rules);
/* alarm, notice, stable or too-few: of the cohort, and notices of predictions. The mix has no say. */
enum verdict series_verdict(const struct series *s, size_t n);

/* The row of cli.md: {name, scope, type, n_ref, n_cur, ks, p, q, psi, w1, w1_log, js, effect, threshold,
 * ..., verdict, sentence}. */
struct js *series_json(const struct series *s);

#endif
