/* The judgement of one row: accepted with customer, day and amount, blank, or set aside with every reason. Import, validate and the
 * release of a quarantined row all ask here. */
#ifndef CLV_INGEST_JUDGE_H
#define CLV_INGEST_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ingest/mapped.h"
#include "ingest/match.h"
#include "ingest/missing.h"
#include "ingest/reading.h"
#include "ingest/reason.h"
#include "ingest/split.h"
#include "ingest/zone.h"

enum on_conflict { CONFLICT_KEEP_FIRST, CONFLICT_LAST_WINS };
enum duplicates { DUPLICATES_AUTO, DUPLICATES_KEEP, DUPLICATES_DROP };
enum negative { NEGATIVE_REFUND, NEGATIVE_QUARANTINE, NEGATIVE_STOP };

/* What all files of an import are judged by. */
struct rules {
	int                decimals;
	enum negative      negative;
	enum on_conflict   on_conflict; /* of a row whose key is known with other content */
	enum duplicates    duplicates; /* what becomes of a row that stands twice in a file */
	size_t             max_field, max_row; /* bytes */
	day_t              today;
	day_t              newest, oldest; /* of the store before this import: the newest day; the oldest that may still come (import.grace_days). 0: none */
	day_t              from, to;  /* days that the file may have (--replace-range); to 0: any */
	struct zone        zone;      /* whose days count */
	struct missing     missing;   /* words for "no value" */
	struct missing     missing_customer; /* further ones for "no customer" */
	struct currency    currency;  /* of the store; "" until known */
	const struct contract *contract; /* of orders, the live one; NULL: none */
};

/* What the accepted and the bad rows of a file have that a person should know. */
struct seen {
	int64_t offsets, bare;  /* dates with a UTC offset; with a time and without one */
	int64_t gaps, folds;    /* of the bare ones: times that the zone leaves out, or has twice */
	int64_t floats;         /* ids like 17850.0 */
	int64_t marks;          /* ids with combining marks: the same id may stand there in two forms */
};

struct terms;

struct judge {
	const struct rules   *rules;
	const struct reading *reading;
	struct currency       currency; /* of the file: the store's, or the first one seen */
	struct mapped_row     mapped;   /* mapped.mapped is NULL without a mapping */
	struct terms         *terms;    /* the contract's checks, the caller's; NULL: none */
	struct seen           seen;
	/* the last date text and its day: files are often in date order */
	char                  date[24];
	size_t                date_n;
	day_t                 day;
	enum zone_odd         odd;
};

struct verdict {
	uint64_t    reasons;   /* 0: accepted, unless blank */
	bool        blank;
	bool        negative;  /* a negative amount, whatever becomes of it */
	struct span customer;  /* n is 0 when it cannot be read; lives as long as the record's fields */
	day_t       day;
	struct span order;     /* the order's number, where there is one */
	struct match match;    /* with reading_matched(): what a return and its sale have in common */
	uint64_t    key, value; /* with reading_keys(): of the key's columns; of customer, day and amount */
	int         rule;      /* of the mapping, that leaves the row out; -1: none */
	int64_t     minor;     /* MONEY_NONE without money */
};

/* judge_clear frees what a mapping needs; judge_forget ends the life of texts that it made. */
void judge_init(struct judge *j, const struct rules *rules, const struct reading *reading);
void judge_clear(struct judge *j);
void judge_forget(struct judge *j);
void judge_row(struct judge *j, const struct record *r, struct verdict *out);

/* What an accepted row says of its customer: value[reading_attributes()], n is 0 where nothing. They live as long as the verdict's texts. */
void judge_attributes(const struct judge *j, const struct record *r, struct span *value);

#endif
