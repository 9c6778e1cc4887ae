/* A table of a mapping, bound to the header of one file and to the files that it looks into; and its values for one row after the other. */
#ifndef CLV_INGEST_MAPPED_H
#define CLV_INGEST_MAPPED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/rc.h"
#include "ingest/joined.h"
#include "ingest/mapping.h"
#include "ingest/split.h"
#include "module/run.h"

/* The files that a table looks into, loaded once and shared by all files of that table. */
struct mapped_joins {
	const struct mapping_table *table;
	size_t         n;
	struct joined  joined[MAPPING_JOINS];
};

/* Load them: from the paths of the import, else beside `path`. RC_IO (MAP-112): not there. */
enum rc mapped_join(struct run *run, const struct mapping_table *t, const struct import_ask *ask, const char *path, size_t max_row, struct mapped_joins *out);
void    mapped_join_clear(struct mapped_joins *j);

struct mapped {
	const struct mapping_table *table;
	const struct mapped_joins  *joins;
	struct number_form form; /* of the numbers in the file, for arithmetic */
	int *column;   /* of field i: in the file's own rows, from 0; -1: in a joined file, or the file lacks it */
	const struct expr *role[ROLES]; /* NULL: not there; the choice that the file has */
	int *other;    /* of field i in its joined file's columns */
	int *join;     /* of field i; -1: own */
};

/* numbers: the form of the file's numbers as declared, or NULL for 1234.56. header: the first record, or NULL when the columns are named $1, $2 ...; fields: how many a row has. RC_DATA (CSV-103): a column is missing, with its
 * place in the mapping and the nearest name of the header. */
enum rc mapped_bind(struct arena *a, const struct mapping_table *t, const struct mapped_joins *j, const char *numbers, const struct sample_row *header,
	uint32_t fields, const char *path, const struct mapped **out);

/* The column that an expression names by its number, from 0, in a file of so many; -1: it names none so. */
int mapped_column_number(const struct mapping_table *t, const struct expr *e, uint32_t fields);

/* The same from the columns that mapped_bind found before; no joins. */
const struct mapped *mapped_again(struct arena *a, const struct mapping_table *t, const int *column);

/* One row's values. */
struct mapped_row {
	const struct mapped *mapped;
	struct arena        *made;         /* texts of the rows since the last mapped_forget */
	struct span         *value;        /* of fields */
	struct span          role[ROLES];
	struct span          key[READING_KEYS];
	struct span          of, same[READING_KEYS]; /* what returns are matched by */
	struct span          attribute[READING_ATTRIBUTES];
	int                  rule;         /* that leaves the row out, from 0; -1: none */
	bool                 unmatched;    /* a join has no row for it */
};

void mapped_row_init(struct mapped_row *m, const struct mapped *mapped); /* mapped may be NULL */
void mapped_row_clear(struct mapped_row *m);
/* The record must have the header's number of fields. */
void mapped_take(struct mapped_row *m, const struct record *r);
/* What an expression of the table gives for the row taken last. */
struct span mapped_value(const struct mapped_row *m, const struct expr *e);
/* Column i of the table, for the row at hand. */
struct span mapped_column(const struct mapped_row *m, size_t i);
/* End the life of all texts so far. */
void mapped_forget(struct mapped_row *m);

/* Has the file the columns that the table names? Only its header is read; joins are not. Errors as reader_open and mapped_bind. */
enum rc mapped_check(struct run *run, const struct mapping_table *t, const char *path, size_t max_row);

#endif
