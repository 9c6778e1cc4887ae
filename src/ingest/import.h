/* Files of purchases into the store: the job behind `import`, `validate` and the import stage of a run. */
#ifndef CLV_INGEST_IMPORT_H
#define CLV_INGEST_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/day.h"
#include "base/digest.h"
#include "base/json.h"
#include "base/rc.h"
#include "module/run.h"

struct mapping;
struct mapping_table;
struct mapped_joins;

/* A file that was set aside whole, being taken in after all. */
struct import_release {
	int64_t     file_id; /* of its record */
	const char *name;    /* under which it came; the ask's path is where it lay */
	const char *bytes;   /* path of the bytes to read now */
	const char *digest;  /* that they must have */
};
struct contract;

/* Rows of other files of the source of these days, from..to, give way to those of the one file that is imported. */
struct import_range {
	day_t       from, to;
	const char *by, *why;
};

struct import_ask {
	const char *const *path;       /* as given; "-" is standard input */
	size_t             paths;
	const struct mapping *mapping; /* NULL: none. Files that no table of it is for are passed over */
	const struct mapping_table *table; /* of the file at hand: set by the import itself */
	const struct mapped_joins  *joins; /* the same */
	const char        *encoding;   /* NULL: UTF-8 (a BOM is honoured); "utf-8", "latin-1", "windows-1252", "utf-16" ... */
	const char        *delimiter;  /* NULL: found; one character, "tab" */
	const char        *date_format; /* NULL: found; "YYYY-MM-DD", "DD/MM/YYYY", "excel" ... */
	const char        *quote;      /* NULL: '"'; one character, "none" */
	const char        *skip_lines; /* NULL: found; a number of lines before the header */
	const char        *numbers;    /* NULL: found; a form by example: "1.234,56" (number_form_read) */
	const char        *zone;       /* NULL: import.zone; whose days count (zone_read) */
	const char        *on_bad;     /* "quarantine" or "stop" */
	const char        *key;        /* NULL: none; columns by name or number, separated by commas, that make a row the one it is */
	const char        *on_conflict; /* NULL: import.on_conflict; "keep-first", "last-wins" */
	const char        *duplicates; /* NULL: import.duplicates; "auto", "keep", "drop" */
	const char        *negative;   /* "refund", "quarantine", "stop" */
	const char        *customer, *date, *amount, *quantity, *price, *currency, *order; /* columns by header name or number from 1; NULL: found */
	const char        *attributes; /* NULL: none; columns by name or number, separated by commas, that are kept as attributes of the customers */
	bool               attributes_any; /* those that a file has, if any: a setting; otherwise each must be there */
	const struct import_release *release; /* NULL: none. With it there is one path, and a file that does not pass fails the whole import, also with validate_only */
	bool               accepted_only; /* files that are set aside are passed over, and do not refuse the import */
	const struct contract *contract; /* NULL: the live one of the store, when there is one */
	const struct import_range *range; /* NULL: none. With it there is one path, and its rows have no key */
	bool               dry;        /* all is done, told, and taken back */
	bool               validate_only; /* judge, store nothing: run->store may be NULL */
};

/* All files in one transaction. A file whose accepted rows fall below the gate is refused: its rows are taken back, its record and its
 * quarantine stay, the others go on, and the result is RC_DATA. So it is with a file that is set aside whole for its columns (columns_gate.h).
 * Any other failure takes everything back. The same content again is
 * reported as known and changes nothing; options that would read it otherwise are told in a note, those that cannot read it fail. *changed says whether raw rows changed.
 *
 * Called inside a transaction, it neither commits nor checkpoints: RC_OK, and RC_DATA with a refused file, leave it open for the caller
 * to commit; every other failure rolls it back. Outside, it has its own.
 *
 * *result is {files:[{file, bytes, read, accepted, quarantined, duplicate, blank, reasons:{code: rows}, encoding, delimiter, seconds, status,
 * known, customers, first_day, last_day, refunds, revenue, digest, reading:{...}, columns?:{against, policy, differences}, notes:[...]}]} on RC_OK
 * and after a refusal; untouched otherwise. Beside files, where returns are matched: returns:{rows, matched, partly, unmatched, amount,
 * matched_amount} of the whole store; where a range was replaced: range:{from, to, rows, files:[{file_id, file, rows}]}. status: accepted, refused, aside, discarded (such content comes again), known, ignored; validate also has failed, with error:{code, why, line, todo}, and goes on. */
enum rc import_files(struct run *run, const struct import_ask *ask, struct js **result, bool *changed);

/* Digest of all that later stages may see of the raw tables: accepted files in order and decisions about quarantined rows. */
enum rc import_state(struct store *s, char hex[DIGEST_HEX]);

#endif
