/* The parser's thread: one file from its first row to its last, as batches of judged rows in a queue. It never touches the store. */
#ifndef CLV_INGEST_PARSE_H
#define CLV_INGEST_PARSE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/rc.h"
#include "ingest/attribute.h"
#include "ingest/book.h"
#include "ingest/gather.h"
#include "ingest/judge.h"
#include "ingest/reader.h"
#include "ingest/reading.h"
#include "ingest/reason.h"
#include "ingest/rowkey.h"

enum { BATCH_ROWS = IDMAP_BATCH, EXAMPLE_BYTES = 80 };

struct bad_row {             /* a row set aside */
	int64_t  line, offset;   /* physical line from 1; byte in the file */
	uint64_t reasons;
	const char *by, *why;    /* the mapping and the rule that leave it out; NULL: none does */
	char    *raw;            /* the file's bytes, at most RAW_KEPT of them */
	uint32_t raw_n;
	int64_t  raw_bytes;      /* all of them */
	char    *customer;       /* NULL when it cannot be read */
};

enum { RAW_KEPT = 65536 };

struct batch {
	size_t          n;                    /* accepted rows, in file order */
	int32_t         customer[BATCH_ROWS];
	int32_t         day[BATCH_ROWS];
	int64_t         minor[BATCH_ROWS];    /* MONEY_NONE without money */
	uint64_t       *key, *value;          /* of the accepted rows; NULL when they have no key */
	struct match   *match;                /* the same; NULL when nothing says how returns are matched */
	struct rowkey_fix *fix;               /* rows that take another's place; their texts are the batch's */
	size_t          fixes, fix_cap;
	size_t          bads, bad_cap;
	struct bad_row *bad;                  /* in file order */
};

struct tally {
	int64_t  read, accepted, quarantined, duplicate, replaced, blank; /* replaced: of the duplicates */
	int64_t  duplicate_line;              /* the first row that stands further up, too */
	int64_t  left_out, by_rule[MAPPING_RULES]; /* of those quarantined */
	int64_t  rule_money[MAPPING_RULES];   /* of those left out by a rule: rows with a readable amount */
	__int128 rule_minor[MAPPING_RULES];   /* what these add up to */
	int64_t  late;                        /* of those accepted: older than the newest day that the store had */
	int64_t  by_reason[REASONS];          /* a row with two reasons counts in both */
	int64_t  example_line[REASONS];       /* the first row of each reason */
	char     example[REASONS][EXAMPLE_BYTES];
	int64_t  ends[4];                     /* line ends by enum record_end */
	int64_t  long_line, long_lines, long_bytes; /* the longest row over the limit: where it begins, its line ends and bytes */
};

struct parse_ask {
	struct reader        *reader;
	const struct reading *reading;
	const struct rules   *rules;
	struct book          *book;           /* the parser's until parse_end */
	const atomic_bool    *cancel;         /* may be NULL */
	struct attributes    *attributes;     /* NULL: none are kept; the parser's until parse_end */
	struct keyset        *known;          /* keys of earlier files; NULL when rows have no key; the parser's until parse_end */
	struct gather        *gather;         /* NULL: no profile is kept; the parser's until parse_end */
	struct terms         *terms;          /* the contract's checks; NULL: none; the parser's until parse_end */
	bool                  stop_on_bad;    /* the first bad row is the file's error */
};

struct parse; /* one file at work */

/* RC_NOMEM when the system gives no thread. */
enum rc parse_begin(const struct parse_ask *ask, struct parse **out);
/* The next batch, or NULL at the end. Give every batch back before asking for the next. */
struct batch *parse_take(struct parse *p);
void          parse_give(struct parse *p, struct batch *b);
/* Bytes of the text that the parser has behind it, up to reader_size. */
uint64_t      parse_done(const struct parse *p);
/* Wait for the thread and free everything. abandon: the rest is not wanted. The parser's failure becomes this thread's. */
enum rc parse_end(struct parse *p, bool abandon, struct tally *tally, struct currency *currency, struct seen *seen, char hex[DIGEST_HEX]);

#endif
