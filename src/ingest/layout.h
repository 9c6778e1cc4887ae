/* The columns of a file, and how those of the next one differ from them: gate G1. Names count, not places: columns in another order are told
 * and never stop a file. */
#ifndef CLV_INGEST_LAYOUT_H
#define CLV_INGEST_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/str.h"
#include "ingest/reading.h"
#include "module/contract.h"

struct layout_column {
	const char *name;
	const char *role;   /* role_word, or "" */
	const char *type;   /* "number", "date", "text", "mixed", "" without values; behind it perhaps the form: "date DD/MM/YYYY" */
	bool        needed; /* the file is read by it, or a contract requires it */
	bool        spare;  /* a contract says that it may be missing, or names others and not this one: it is told and stops nothing */
};

struct layout {
	struct layout_column *column;
	size_t n;
	bool   unordered; /* a contract's columns have no order */
};

/* What may differ. In layout_code's order: "column-new", "column-missing", "column-renamed", "column-type", "column-form", "column-role",
 * "column-order", "column-unread". */
enum layout_kind {
	LAYOUT_NEW, LAYOUT_MISSING,
	LAYOUT_RENAMED, /* missing, and another took its role or has a name near to it */
	LAYOUT_TYPE,    /* text where numbers were, and so on */
	LAYOUT_FORM,    /* the same type, written otherwise */
	LAYOUT_ROLE,    /* both columns are there, and the file is read by the other one now */
	LAYOUT_ORDER,
	LAYOUT_UNREAD,  /* no reading was found: `now` is why */
	LAYOUT_KINDS
};

struct layout_difference {
	enum layout_kind kind;
	const char *column;    /* of the expected ones; of the found ones for LAYOUT_NEW */
	const char *was, *now; /* names or types; "" where there is none */
	const char *role;      /* that the column had, or "" */
	bool        needed;    /* something that the file must be read by is gone */
	bool        stops;
};

struct layout_differences { struct layout_difference *at; size_t n; };

const char *layout_code(enum layout_kind kind);

/* The columns of a reading; texts are borrowed from it. */
struct layout layout_of_reading(struct arena *a, const struct reading *r);
/* Of a header alone. */
struct layout layout_of_names(struct arena *a, const struct sample_row *header);

/* What of `now` differs from `was`, in the order of was, then of now. unread: there is no reading, hence no roles in now. asked[role]: an option
 * names that column, so its change is no surprise; NULL: none does. Verdicts: a needed column that is gone, or a role that moved unasked, stops
 * under every policy; a new column under strict; a column that is missing, renamed or of another type under strict and additive; another form
 * under strict; another order, and what is spare, never. Cost: columns of was times columns of now. */
struct layout_differences layout_compare(struct arena *a, const struct layout *was, const struct layout *now, enum contract_columns policy,
	bool unread, const bool asked[ROLES]);
bool layout_stops(const struct layout_differences *d);
/* How many names they share. */
size_t layout_common(const struct layout *a, const struct layout *b);

/* "'revenue' is missing: amount was read from it; 'channel' is new". only_stops: leave out what does not stop. */
void layout_say(struct str *t, const struct layout_differences *d, bool only_stops);
/* "column-missing;column-new": each once. */
void layout_codes(struct str *t, const struct layout_differences *d);

struct js *layout_json(const struct layout *l);                               /* [{name, role, type, needed}] */
struct js *layout_differences_json(const struct layout_differences *d);       /* [{kind, column, was, now, stops}] */

#endif
