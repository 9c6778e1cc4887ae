/* The reading of a file: which column is what, in which form. Found from the header and a sample, by preset or by options; a file
 * that has two readings has none. */
#ifndef CLV_INGEST_READING_H
#define CLV_INGEST_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/rc.h"
#include "ingest/convert.h"
#include "ingest/import.h"
#include "ingest/sample.h"
#include "ingest/split.h"

enum role { ROLE_CUSTOMER, ROLE_DATE, ROLE_AMOUNT, ROLE_QUANTITY, ROLE_PRICE, ROLE_CURRENCY, ROLE_ORDER, ROLES };

struct mapped;

enum { READING_KEYS = 8, READING_ATTRIBUTES = 32 };

/* A column that is kept as an attribute of the customer. */
struct reading_attribute { const char *name; int column; };

struct reading {
	char        delimiter;            /* SPLIT_BLANKS: runs of blanks */
	char        quote;                /* 0: none */
	bool        header;               /* the first record names the columns */
	uint32_t    fields;               /* of every record */
	int         column[ROLES];        /* from 0; -1: not there */
	const char *name[ROLES];          /* as in the header; NULL when there is none */
	struct date_format date_format;
	struct number_form form[ROLES];   /* of amount, quantity and price */
	size_t      skip_bytes, skip_lines; /* window text before the first row: header, sep=, blank lines */
	bool        order_open;           /* day/month or month/day: the whole column decides (survey) */
	bool        form_open;            /* commas among the numbers: each whole column decides */
	int         key[READING_KEYS];    /* columns that make a row the one it is */
	int         keys;                 /* how many; 0: none, unless a mapping has them */
	const struct span *names;         /* names[fields] of the header; NULL without one, and after reading_from_json */
	const char *const *types;         /* types[fields]: what the sample's values look like (search_type); NULL after reading_from_json */
	const char *key_name;             /* of the source's keys; "" without one: rows of the same name know each other */
	struct reading_attribute attribute[READING_ATTRIBUTES]; /* beside those of a mapping */
	int         attributes;
	const char *absent;               /* columns that would be attributes and are not there, for people; NULL: none */
	const struct mapped *mapped;      /* NULL: columns are taken as they are */
	const char *note;                 /* what a person should know, or NULL */
};

enum { READING_TITLES = 50 }; /* rows among which the header is looked for */

/* The role of that word ("customer") or of that column of orders ("customer_id", see entity.def); ROLES: none. */
enum role   reading_role(const char *name);
/* Is there a value for the role: a column, or an expression of a mapping? */
bool        reading_has(const struct reading *r, enum role role);
/* Columns of a row's key: how many. */
int         reading_keys(const struct reading *r);
/* Attributes of a row: how many; the name of each. First those of the mapping. */
int         reading_attributes(const struct reading *r);
const char *reading_attribute_name(const struct reading *r, int i);
/* Does its mapping say how returns find their sale? */
bool        reading_matched(const struct reading *r);
bool        reading_has_money(const struct reading *r);
/* That of a file of which nothing is known: no column has a role. */
void        reading_none(struct reading *r);
const char *reading_delimiter(const struct reading *r, char buf[8]); /* the character, or "tab", "blank" */

/* Find the roles under one delimiter. RC_DATA: a column is missing, or its name stands twice. RC_AMBIGUOUS: two readings. RC_USAGE: an
 * option names no column. Texts live in the arena. */
enum rc reading_find(struct arena *a, const struct import_ask *ask, const char *path, const struct sample *sample, struct reading *out);
/* How many of customer and date the header names: to choose among delimiters. */
int reading_named(const struct sample *sample);

/* {customer, date, date_format, amount | quantity, price, currency?, ...}: for people and for judging a row again. */
struct js *reading_json(const struct reading *r);
/* Back from that; texts are borrowed from js. RC_INTERNAL when it is not ours. */
enum rc reading_from_json(const struct js *js, struct reading *out);

#endif
