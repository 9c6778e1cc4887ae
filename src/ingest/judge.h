/* The judgement of one row: accepted with customer, day and amount, blank, or set aside with every reason. Import, validate and the
 * release of a quarantined row all ask here. */
#ifndef CLV_INGEST_JUDGE_H
#define CLV_INGEST_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ingest/missing.h"
#include "ingest/reading.h"
#include "ingest/reason.h"
#include "ingest/split.h"

enum negative { NEGATIVE_REFUND, NEGATIVE_QUARANTINE, NEGATIVE_STOP };

/* What all files of an import are judged by. */
struct rules {
	int                decimals;
	enum negative      negative;
	size_t             max_field, max_row; /* bytes */
	day_t              today;
	struct missing     missing;   /* words for "no value" */
	struct missing     missing_customer; /* further ones for "no customer" */
	struct currency    currency;  /* of the store; "" until known */
};

struct judge {
	const struct rules   *rules;
	const struct reading *reading;
	struct currency       currency; /* of the file: the store's, or the first one seen */
	bool                  offsets;  /* a date carried a UTC offset */
	/* the last date text and its day: files are often in date order */
	char                  date[24];
	size_t                date_n;
	day_t                 day;
};

struct verdict {
	uint32_t    reasons;   /* 0: accepted, unless blank */
	bool        blank;
	bool        negative;  /* a negative amount, whatever becomes of it */
	struct span customer;  /* n is 0 when it cannot be read; lives as long as the record's fields */
	day_t       day;
	int64_t     minor;     /* MONEY_NONE without money */
};

void judge_init(struct judge *j, const struct rules *rules, const struct reading *reading);
void judge_row(struct judge *j, const struct record *r, struct verdict *out);

#endif
