/* The filter language: text -> tree -> SQL with bound values. One language for --where, the palette and saved views;
 * page.h describes it to its users.
 *
 *   any   = all { "|" all }            all  = term { term }
 *   term  = "!" term | "(" any ")" | column op value | "text" | word
 *   (blanks may stand around op; a word is not made of signs only, nor is it and, or, not)
 *   op    = > >= < <= = : != ~         value = one | one..two | one.. | ..two | (one,two) | ? | !?
 */
#ifndef CLV_STORE_FILTER_PRIV_H
#define CLV_STORE_FILTER_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"
#include "base/str.h"

/* A share is stored from 0 to 1, a percentage from 0 to 100; days are a span, a day is a date. */
enum filter_class {
	FILTER_NUMBER, FILTER_MONEY, FILTER_SHARE, FILTER_PERCENT, FILTER_DAYS, FILTER_DAY, FILTER_FLAG, FILTER_TEXT, FILTER_ANY,
};

struct filter_column {
	const char       *name;
	enum filter_class class;
	double            scale; /* what is typed times this is what is stored: 100 for cents */
	const char       *find;  /* a SELECT of the page key of the one row whose column is :value; NULL: none */
	int64_t           attribute; /* its number where the column is an attribute of customers, 0: the report has it */
	bool             *named;     /* of an attribute: set once something names it; only then is it looked up */
};

enum filter_type { FILTER_INT, FILTER_REAL, FILTER_STRING };
struct filter_value { enum filter_type type; int64_t i; double r; const char *t; };

/* What a typed value covers: equal ends but for dates such as 2011-06. */
struct filter_span { struct filter_value low, high; };

enum filter_op { FILTER_EQUAL, FILTER_LESS, FILTER_AT_MOST, FILTER_MORE, FILTER_AT_LEAST };

enum filter_kind {
	FILTER_AND, FILTER_OR, FILTER_NOT, /* first, and its next ones */
	FILTER_COMPARE,                    /* column op value */
	FILTER_MISSING,                    /* column */
	FILTER_HAS,                        /* column contains value */
	FILTER_ANYWHERE,                   /* any text column contains value */
	FILTER_TOP, FILTER_BOTTOM,         /* value rows, or value of all when share */
};

struct filter_node {
	enum filter_kind    kind;
	enum filter_op      op;
	bool                share;
	bool                found;  /* a comparison that goes by the column's find */
	size_t              column;
	struct filter_value value;
	struct filter_node *first, *next;
};

/* What a filter is held against. key: index of the dense page key, or columns when there is none. */
struct filter_scope { const struct filter_column *column; size_t columns, key; };

/* *out is NULL for a text of blanks. Errors: RC_USAGE with column and source. */
enum rc filter_parse(struct arena *a, const char *text, const struct filter_scope *scope, struct filter_node **out);

/* The column that a word means: its name, a whole part of it, or an unambiguous beginning of it or of a part.
 * Errors: RC_USAGE; says what it could be. */
enum rc filter_column_find(struct arena *a, const struct filter_scope *scope, const char *word, size_t n, size_t *out);

/* Does the tree need the number of all rows (top:10%, bottom:100)? */
bool filter_needs_total(const struct filter_node *node);

/* Let comparisons whose column has a find go by it, unless there are many. */
void filter_find_keys(struct filter_node *node, const struct filter_scope *scope);

/* The values that stand for @f1, @f2 ... in the text that filter_sql adds. */
struct filter_bound { struct filter_value *value; size_t n, cap; };
void filter_sql(struct str *sql, const struct filter_node *node, const struct filter_scope *scope, int64_t total, struct filter_bound *bound);
void filter_bound_clear(struct filter_bound *b);
void filter_add_name(struct str *sql, const char *name); /* quoted */

/* filter_value.c: one value for a column; *expected says what was, when it does not fit. */
bool filter_read_value(struct arena *a, const struct filter_column *column, const char *s, size_t n, bool quoted,
	struct filter_span *out, const char **expected);

#endif
