/* The expressions of a mapping: columns and conditions over the fields of one row. Compiled once, evaluated a row at a time; no SQL, no loops.
 *
 *   value      field ('|' function)*            field: name, alias.name, "a name with blanks", $3 (the third column)
 *              'text', 12.5, function(value, ...); a value before '|' is the function's first argument
 *   condition  value (= != < <= > >=) value     numbers as numbers, else bytes
 *              value [not] in ('a', 'b'), value is [not] missing, value starts 'C', value matches 'REGEX'
 *              not, and, or, brackets
 *
 * A function that cannot be applied gives its argument unchanged, so that the judgement of the row finds what is wrong with it. */
#ifndef CLV_INGEST_EXPR_H
#define CLV_INGEST_EXPR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/rc.h"
#include "ingest/convert.h"
#include "ingest/csv.h"

struct expr;

/* A field that an expression names, and where. alias: "" for the row's own file. */
struct expr_field { const char *alias, *name; size_t line, column; bool soft; /* a file may lack it: set by the caller */ };

/* The expressions of one table share their fields: values are given as an array in this order. */
struct exprs {
	struct arena      *arena;   /* lives as long as the expressions */
	const char        *file;    /* for messages */
	struct expr_field *field;
	size_t             n, cap;
};

/* Text at line and column of the file. RC_CONFIG (MAP-101 to MAP-104) with file:line:column; an unknown function names the nearest. */
enum rc expr_compile(struct exprs *s, const char *text, size_t line, size_t column, const struct expr **out);
enum rc expr_compile_condition(struct exprs *s, const char *text, size_t line, size_t column, const struct expr **out);

/* A row at work: value[i] is the text of field i, texts that are made live in the arena. */
struct expr_row {
	const struct span  *value;
	struct arena       *made;
	struct number_form  form;   /* of the numbers in the file; results of arithmetic are plain: 1234.56 */
};

/* n is 0 where nothing is there. */
struct span expr_value(const struct expr *e, const struct expr_row *row);
bool        expr_test(const struct expr *e, const struct expr_row *row);

/* The field whose text the expression gives, perhaps without blanks or an end; -1 when it makes a text of its own. */
int         expr_base(const struct expr *e);
/* The argument texts of a date('FORMAT') or ts('FORMAT', 'ZONE') at the end; NULL when there is none. */
const char *expr_date_format(const struct expr *e);
const char *expr_zone(const struct expr *e);
/* The constant text of an expression that is one; NULL otherwise. */
const char *expr_constant(const struct expr *e);

/* Function i, for help: "mul(a, b)"; NULL at the end. */
const char *expr_function(size_t i, const char **about);

#endif
