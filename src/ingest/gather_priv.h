/* What gather.c and gather_store.c share. */
#ifndef CLV_INGEST_GATHER_PRIV_H
#define CLV_INGEST_GATHER_PRIV_H

#include "base/arena.h"
#include "ingest/column.h"
#include "ingest/gather.h"
#include "math/sketch.h"

enum { LAST = 32 };

/* A column of the file. */
struct gathered {
	struct column *column;
	const char    *name, *role;           /* role: NULL when it has none */
	bool           customer;              /* further words mean that there is none */
	char           last[LAST];            /* the value of the row before: files are often in some order, and the same again costs no hash */
	uint32_t       last_n;                /* 0: none, or too long */
	uint64_t       last_hash;
	int64_t        again;                 /* how often it came again, not counted yet */
	int32_t        gap[COLUMN_MONTHS];    /* rows without a value by month */
};

/* A value of the accepted rows: all are in the counts and the ends, those weighed in the spread. */
struct gathered_kept {
	int64_t          low, high, rows, weighed;
	__int128         sum;
	struct spread   *spread;
	struct distinct *distinct;            /* NULL for days, which have a bit each */
};

enum { DAYS_MOST = 1 << 16 };

struct gather {
	struct arena        *arena;
	const struct rules  *rules;
	uint32_t             fields, columns; /* of a row; of those gathered */
	struct gathered     *column;
	bool                 money;
	double               scale;           /* minor units of one */
	struct gathered_kept day, amount;
	uint8_t             *days;            /* a bit for each day from 1970 on that has a row: DAYS_MOST of them */
	int32_t              month[COLUMN_MONTHS], kept[COLUMN_MONTHS]; /* rows of the file, rows taken in */
	uint64_t             row, next, stride; /* number of the row at hand, of the next one to be weighed */
	bool                 weigh;           /* the row at hand */
	int                  at_month;        /* of the row at hand; -1: it has no day */
	day_t                month_first, month_end; /* of the month last looked up */
	int                  month_last;
};

/* What came again is counted. */
void gather_settle(struct gathered *c);

#endif
