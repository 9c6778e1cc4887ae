/* A generated purchase log: BG/NBD purchases x Gamma-Gamma spend, with a truth file, drift and dirt switches. A test instrument: each
 * gate and monitor has a switch here that must trip it. Equal arguments give equal bytes (Debian 12 on amd64), whatever the threads. */
#ifndef CLV_INGEST_SYNTH_H
#define CLV_INGEST_SYNTH_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "base/day.h"
#include "base/digest.h"
#include "base/rc.h"

struct synth_preset {
	const char *name, *about;
	double      r, alpha, a, b;      /* BG/NBD, weeks */
	double      p, q, gamma;         /* Gamma-Gamma, major units */
	int64_t     customers;
	day_t       from, to;            /* first and last day, inclusive */
	double      arrivals;            /* share of the span in which customers arrive, from its start */
};

extern const struct synth_preset synth_presets[]; /* ends with name NULL */
const struct synth_preset *synth_preset(const char *name); /* NULL */

struct synth_ask {
	const struct synth_preset *preset;
	int64_t     customers;     /* 0: the preset's */
	int64_t     transactions;  /* 0: as they come; else purchase rates are scaled so that about this many are expected */
	day_t       from, to;      /* DAY_NONE: the preset's */
	uint64_t    seed;
	const char *drift;         /* "value=1.25@2025-07-01,rate=0.8@2025-07-01" or NULL: factors from a day on */
	const char *dirt;          /* "missing_id=0.01,bad_date=0.005,negative=0.02,duplicate=0.01" or NULL: shares of rows */
	day_t       part_from, part_to; /* write only rows of these days (DAY_NONE: all); the history itself does not change */
	const atomic_bool *cancel; /* may be NULL */
};

struct synth_result {
	int64_t customers, rows, dirty;
	char    digest[DIGEST_HEX];       /* of the log */
	char    truth_digest[DIGEST_HEX]; /* "" without a truth file */
};

/* Write the log to `path` (customer_id,order_date,revenue; by day) and, unless NULL, the truth to `truth_path`: customer_id, first_day, lambda (purchases
 * a day while alive), p (chance to drop out after each purchase), mean_spend, alive (on the last day), orders. RC_USAGE for a bad switch, with
 * what it takes; RC_IO; RC_CANCELLED. Memory: 16 bytes a row and 40 a customer. */
enum rc synth_write(const struct synth_ask *ask, const char *path, const char *truth_path, struct synth_result *out);

#endif
