/* A mapping: how the files of a source become purchases. One YAML file, compiled once; a table for each kind of file.
 *
 *   source: shop                     name
 *   about: orders of the shop        one line
 *   tables:
 *     - file: "orders*.csv"          pattern of file names; .gz and .zst behind it are allowed
 *       entity: orders               see module/entity.def; orders when not given
 *       encoding, delimiter, quote, skip_lines, header, numbers, date_format, zone, negative, duplicates, on_conflict: as the options of import
 *       header: auto                   true, false; auto: the first record is one when its day is none, and a file is of the first such table
 *                                      whose order_ts holds dates
 *       names: loose                   of columns: in any case, without blanks, '_', '-' and '.'; exact when not given
 *       fields: [4, 5]                 how many columns a file may have; any when not given
 *       delimiter: [",", blank]        a list: the one that fits best
 *       optional: [currency]           columns that a file may lack
 *       join: { c: { file: "customers*.csv", on: customer = id } }
 *       key: [order_id, line_no]     columns that make a row the one it is
 *       where: status != 'test'      rows that are kept
 *       leave_out: { no-price: unit_price = 0 }   rows that are not, by named rules; the first that holds is the row's
 *       attributes: { segment: Segment | upper }   kept of each customer, the last one
 *       returns: { of: InvoiceNo | regex('^C?(.*)$'), same: [product_id, unit_price] }   how a row with a negative amount finds its sale:
 *                                    by the order that it belongs to, by columns that both have alike; one of them or both
 *       columns: { customer_id: c.number | trim, currency: [currency, code] (the first that the file has), order_ts: ordered_at, ... }
 */
#ifndef CLV_INGEST_MAPPING_H
#define CLV_INGEST_MAPPING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/rc.h"
#include "ingest/expr.h"
#include "ingest/reading.h"

enum { MAPPING_RULES = 32, MAPPING_JOINS = 8, MAPPING_CHOICES = 32 };

enum mapping_header { HEADER_THERE, HEADER_NONE, HEADER_AUTO };

struct mapping_rule { const char *name, *text; const struct expr *when; bool keeps; }; /* keeps: rows for which it does not hold are left out */

struct mapping_join {
	const char *alias, *glob, *on; /* on: as written */
	int         own;            /* field of exprs that is looked for */
	const char *theirs;         /* column of the other file */
};

struct mapping_column {
	const char *name, *text;
	const struct expr *expr;          /* the first of */
	const struct expr *const *choice; /* those that the file may have instead of it */
	size_t choices;
	bool   optional;
};

struct mapping_table {
	const char *glob, *entity, *about;
	const char *encoding, *delimiter, *quote, *skip_lines, *numbers, *date_format, *zone, *negative, *duplicates, *on_conflict; /* NULL: not said */
	const char *source;         /* of the mapping */
	enum mapping_header header;
	bool        loose;          /* names */
	const char *const *delimiters; /* beside delimiter: those to choose among; NULL: the usual ones */
	size_t      delimiters_n;
	uint32_t    fields[4];      /* how many columns a file may have */
	size_t      fields_n;       /* 0: any number */
	size_t      line;
	struct exprs exprs;
	const struct expr     *role[ROLES]; /* NULL: not there */
	struct mapping_column *column;      /* all, in the file's order */
	size_t                 columns;
	const struct expr     *key[READING_KEYS]; /* columns of key: */
	size_t                 keys;
	const struct expr     *of, *same[READING_KEYS]; /* of returns:; of is NULL, sames 0 where it is not said */
	size_t                 sames;
	const char            *key_name;    /* the mapping's source and the columns; "" */
	struct mapping_column *attribute;   /* names as attribute_name makes them */
	size_t                 attributes;
	struct mapping_rule    rule[MAPPING_RULES];
	size_t                 rules;
	struct mapping_join    join[MAPPING_JOINS];
	size_t                 joins;
};

struct mapping {
	const char *source, *about, *path, *text;
	char        digest[DIGEST_HEX];    /* of the text */
	struct mapping_table *table;
	size_t      tables;
};

/* Compile a mapping. RC_CONFIG (MAP-101 to MAP-112), with file:line:column and the nearest name. All of it lives in the arena. */
enum rc mapping_parse(struct arena *a, const char *path, const char *text, size_t n, struct mapping **out);
/* A file, or the name of a shipped mapping. RC_IO, RC_USAGE (MAP-110). */
enum rc mapping_read(struct arena *a, const char *name, struct mapping **out);

/* The table of a file, by the last part of its path; NULL. */
const struct mapping_table *mapping_table_of(const struct mapping *m, const char *path);
/* Does the last part of a path match a table's pattern, perhaps with .gz or .zst behind it? */
bool mapping_matches(const char *glob, const char *path);
bool mapping_is_orders(const struct mapping_table *t);
/* Does the table describe how many files of many sources look, rather than one source: are names loose, or is the header found? */
bool mapping_is_layout(const struct mapping_table *t);

/* Shipped mapping i: its name, and its text; NULL at the end. */
const char *mapping_shipped(size_t i, const char **text, size_t *n);

#endif
