/* A contract's checks of rows, bound to the columns of one file, and what they found there. A field of the contract is the mapping's column of
 * that name, else the file's header name, else a role by its word or its canonical name. */
#ifndef CLV_INGEST_TERMS_H
#define CLV_INGEST_TERMS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"
#include "ingest/mapped.h"
#include "ingest/reading.h"
#include "math/sketch.h"
#include "module/contract.h"

struct rules;
struct verdict;

enum { TERMS_SHOWN = 60, TERMS_QUANTILES = 5 };

/* What a check found in the rows of a file. */
struct term_found {
	int64_t looked, failing;     /* rows */
	int64_t line;                /* of the first that fails; 0: not said yet */
	char    example[TERMS_SHOWN]; /* its value, safe to show */
};

/* What a field's values are like, for the comparison with the last accepted file. */
struct term_spread {
	int64_t rows, missing, numbers;
	double  sum;
	struct spread *spread;       /* NULL: nobody asked */
};

struct terms {
	const struct contract *contract;
	const struct rules    *rules;
	struct bound          *bound;   /* fields that the file has and a check asks for, in the contract's order */
	size_t                 bounds;
	struct term_found     *found;   /* of contract->check */
	struct term_spread    *spread;  /* of contract->field */
	bool                  *has;     /* the file has the field: of contract->field */
	bool                   unplaced; /* a first failing row has no line yet */
	bool                   unique;  /* there is a check of that kind */
	struct keyset         *customers; /* of the customers feed; NULL: there is none, or nobody refers to it */
};

/* Bind the checks of rules->contract, which must not be NULL. names[r->fields] of the header; NULL: there is none. s: where
 * what checks refer to is looked up, NULL for nowhere; without a customers feed that check is not asked. */
enum rc terms_bind(struct arena *a, struct store *s, const struct rules *rules, const struct reading *r, const struct span *names, struct terms **out);
void    terms_clear(struct terms *t); /* NULL allowed */

/* One row that has its columns: the reasons for which the contract sets it aside. m->mapped may be NULL; v has customer, day, money and the reasons
 * so far. Cost: a look at each field that has a check. */
uint64_t terms_judge(struct terms *t, const struct record *r, const struct mapped_row *m, const struct verdict *v);
/* Checks of kind unique, for a row that is accepted otherwise. RC_NOMEM. */
enum rc  terms_unique(struct terms *t, const struct record *r, const struct mapped_row *m, struct verdict *v);
/* The line of the row just judged, where it is the first to fail something. */
void     terms_place(struct terms *t, int64_t line);

/* The end of a file (terms_end.c). Verdicts are OUTCOME_*, of contract->check; checks that are not of rows are OUTCOME_OK. */
struct terms_result {
	const struct terms *terms;
	enum contract_outcome *outcome;
	const char           **sentence; /* of those that are not OK, and of distributions that were compared */
	const struct contract_check *stop; /* the first that refuses the file; NULL */
};
/* Compare what was found with the limits, and distributions with those of the last accepted file of the store (NULL: nothing to compare with). */
enum rc terms_result(struct arena *a, struct store *s, const struct terms *t, struct terms_result *out);
/* {contract, version, checks: [{check, severity, verdict, looked, failing, line, example, sentence}], unchecked: [...]}: checks that do not hold. */
struct js *terms_json(const struct terms_result *r);
/* Sentences for a person, one a check that does not hold, and one of fields that the file has not. */
void    terms_notes(const struct terms_result *r, struct js *notes);
/* RC_DATA (CON-120): the check that refuses the file. */
enum rc terms_refuse(const struct terms_result *r);
/* Write raw_contract and raw_contract_spread. */
enum rc terms_store(struct store *s, int64_t file_id, const struct terms_result *r);

#endif
