/* A contract: what the files of an entity are held to. One YAML file, compiled once; its checks are data. Import applies those of rows
 * (ingest/terms), the gate those of sets (quality/held).
 *
 *   contract: shop                        name
 *   entity: orders                        see entity.def
 *   about: agreed with the shop           one line
 *   columns: additive                     strict, additive, lenient: what new and missing columns do; not said: a setting decides
 *   fields:                               by canonical name, the header's name, or a role (customer, date, amount ...)
 *     status:
 *       type: text                        text, number, day
 *       required: true                    a value in every row; false: the column may be missing
 *       unique: { severity: warn }        no two rows of a file with the same value
 *       accepted: [paid, sent]
 *       range: 0..1000                    numbers, or days: 2020-01-01..; an end may be left out
 *       pattern: "C####"                  # a digit, @ a letter, ? one character, * any; \ takes away a meaning
 *       references: customers             the value is one of that entity
 *       distribution: { missing: 5 %, mean: 25 %, quantiles: 50 % }
 *   freshness: { warn_after: 2, error_after: 7 }        days
 *   volume: { z: 3.5, train: 14, detect: 2, points: 7 } rows a day against the same weekdays; completed days only
 *   checks:
 *     lines-add-up: { about: ..., sql: SELECT ..., severity: stop }    each row of the answer fails
 *
 * A check is given in its short form, or as a mapping with `is` (its value), `severity`, `warn_if` and `error_if`. A limit is a count of failing
 * rows (20), a share of the rows looked at (5 %), or { share, count, at_least }: it is reached when count is, or when share is and at least
 * so many rows fail (10, when at_least is not said). */
#ifndef CLV_MODULE_CONTRACT_H
#define CLV_MODULE_CONTRACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/digest.h"
#include "base/rc.h"
#include "store/store.h"

/* At most. A file has at most so many columns, too. */
enum { CONTRACT_FIELDS = 2000, CONTRACT_CHECKS = 16000, CONTRACT_VALUES = 1000, CONTRACT_BYTES = 4 << 20 };

enum contract_columns { COLUMNS_UNSAID, COLUMNS_STRICT, COLUMNS_ADDITIVE, COLUMNS_LENIENT };
enum contract_type { TYPE_UNSAID, TYPE_TEXT, TYPE_NUMBER, TYPE_DAY };
enum contract_severity { SEVERITY_WARN, SEVERITY_QUARANTINE, SEVERITY_STOP };

/* Up to TERM_REFERENCES: a row passes or fails. The others are asked of the store as a whole. */
enum contract_term {
	TERM_REQUIRED, TERM_TYPE, TERM_ACCEPTED, TERM_RANGE, TERM_PATTERN, TERM_UNIQUE, TERM_REFERENCES,
	TERM_DISTRIBUTION, TERM_FRESHNESS, TERM_VOLUME, TERM_SQL,
	TERMS
};

struct contract_limit {
	bool    said;
	double  share;    /* of the rows looked at, 0 to 1; NaN: none */
	int64_t count;    /* of failing rows; -1: none */
	int64_t at_least; /* failing rows from which the share counts */
};

struct contract_range {
	bool   days;              /* ends are days, else numbers */
	double low, high;         /* inclusive; -INFINITY, INFINITY: open. Days as numbers */
};

struct contract_check {
	enum contract_term     term;
	const char            *id;       /* "status.accepted", "freshness", "volume", "sql:lines-add-up": stable, unique in the contract */
	int                    field;    /* index in contract.field; -1: of the entity */
	enum contract_severity severity;
	struct contract_limit  warn_if, error_if;
	size_t                 line, column;
	const char            *is;       /* its value as written, for people; "" when there is none */

	const char *const     *value;    /* ACCEPTED */
	size_t                 values;
	struct contract_range  range;    /* RANGE */
	const char            *entity;   /* REFERENCES */
	double                 missing, mean, quantiles; /* DISTRIBUTION: greatest change of the missing share (points, 0 to 1), of mean and quantiles (relative); NaN: not asked */
	double                 warn_after, error_after;  /* FRESHNESS: days; NaN: none */
	double                 z;        /* VOLUME */
	int                    train, detect, points;    /* VOLUME: days, days, weekdays of the same name seen */
	const char            *sql, *about; /* SQL */
};

struct contract_field {
	const char        *name;
	enum contract_type type;
	bool               required;     /* required: true stands there */
	bool               optional;     /* required: false stands there */
	size_t             line, column;
};

struct contract {
	const char *name, *entity, *about, *path, *text;
	size_t      bytes;               /* of text */
	char        digest[DIGEST_HEX];  /* SHA-256 of text */
	int64_t     version;             /* 0: not of the store */
	enum contract_columns columns;
	struct contract_field *field;    /* in the file's order */
	size_t                fields;
	struct contract_check *check;    /* in the file's order; within a field in that of enum contract_term */
	size_t                checks;
};

/* Compile a contract; all of it lives in the arena. RC_CONFIG (CON-101 to CON-108) with file:line:column and the nearest name. */
enum rc contract_parse(struct arena *a, const char *path, const char *text, size_t n, struct contract **out);
/* A file. RC_IO besides. */
enum rc contract_read(struct arena *a, const char *path, struct contract **out);

/* What follows from failing of looked rows; a check without failing rows reaches no limit: error_if is tested first, then warn_if. OK, WARN: told; STOP: the file, or the data, are refused. Where neither is said a
 * single failing row warns, or stops when the severity is stop; rows set aside stop nothing by themselves. */
enum contract_outcome { OUTCOME_OK, OUTCOME_WARN, OUTCOME_STOP };
enum contract_outcome contract_outcome(const struct contract_check *c, int64_t failing, int64_t looked);
/* "5 % of the rows (10 at least), or 20 rows" into the arena; "none". */
const char *contract_limit_text(struct arena *a, const struct contract_limit *l);

const char *contract_columns_name(enum contract_columns p);   /* "strict"; "" for UNSAID */
const char *contract_severity_name(enum contract_severity s);
const char *contract_term_name(enum contract_term t);         /* "accepted" */
const char *contract_type_name(enum contract_type t);         /* "day"; "" for UNSAID */

/* Is s[0..n) of the form of a pattern (see above)? Characters are bytes of UTF-8 taken as wholes; time is linear in n for each '*'. */
bool contract_matches(const char *pattern, const char *s, size_t n);

/* The store's side. Owns contract_version; append-only. */

/* The live contract of an entity, the last one accepted; *out is NULL when there is none. RC_DAMAGED: what is stored does not compile. */
enum rc contract_live(struct store *s, struct arena *a, const char *entity, struct contract **out);
/* Make a compiled contract the live one inside the caller's transaction, with an entry "contract" in the audit chain. *version may be NULL. RC_USAGE
 * (CON-110): no name or no reason; RC_DATA (CON-111): this very text is live. */
enum rc contract_put(struct store *s, const struct contract *c, const char *by, const char *why, int64_t *version);

#endif
