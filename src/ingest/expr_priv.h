/* What the compiler and the evaluation of expressions share. */
#ifndef CLV_INGEST_EXPR_PRIV_H
#define CLV_INGEST_EXPR_PRIV_H

#include <stdint.h>
#include <regex.h>

#include "ingest/expr.h"

enum expr_kind {
	EXPR_FIELD, EXPR_TEXT, EXPR_CALL,
	EXPR_AND, EXPR_OR, EXPR_NOT, EXPR_EQ, EXPR_NE, EXPR_LT, EXPR_LE, EXPR_GT, EXPR_GE, EXPR_IN, EXPR_MISSING, EXPR_STARTS, EXPR_MATCHES,
};

struct expr {
	enum expr_kind      kind;
	int                 field;      /* EXPR_FIELD */
	struct span         text;       /* EXPR_TEXT; the regex of a call or of MATCHES */
	const struct func  *func;       /* EXPR_CALL */
	size_t              args;
	const struct expr **arg;
	regex_t            *regex;      /* MATCHES and regex(), compiled */
};

struct func {
	const char *name, *usage, *about;
	size_t      least, most;        /* arguments */
	bool        keeps;              /* the text stays that of its first argument: dates and numbers can be looked at there */
	bool        regex;              /* the second argument is a constant pattern */
	struct span (*eval)(const struct expr *e, const struct expr_row *row);
};

extern const struct func expr_functions[]; /* ends with name NULL */

#endif
