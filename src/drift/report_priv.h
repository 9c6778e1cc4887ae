/* The report of one execution: one record from which table, JSON and evidence are made, so that they
 * cannot disagree. */
#ifndef CLV_DRIFT_REPORT_PRIV_H
#define CLV_DRIFT_REPORT_PRIV_H

#include "base/digest.h"
#include "drift/accuracy.h"
#include "drift/compare.h"
#include "module/champion.h"

struct measured {
	const struct champion   *champion;
	const struct comparison *comparison;
	const struct accuracy   *accuracy;
	const char              *population; /* in words */
	struct js               *report;     /* made by report_make; the caller's */
	char                     digest[DIGEST_HEX]; /* of the rows and the champion: set by report_save */
};

/* Sets population and report. */
void report_make(struct run *run, struct measured *m);
/* Write drift_run, drift_feature and drift_histogram in the caller's transaction, and take the digest of what was written. */
enum rc report_save(struct run *run, struct measured *m);
/* Of the rows of one execution in those tables, as they are now: free of run numbers and of the clock, so that
 * the same measures have the same digest. drift_run.digest holds it. */
enum rc report_digest(struct store *s, int64_t made, char hex[DIGEST_HEX]);
/* Why a review is opened: the features in alarm with their sentences, three at most. */
const char *report_reason(struct arena *a, const struct comparison *c);

#endif
