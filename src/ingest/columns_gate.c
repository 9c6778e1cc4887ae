/* Finds what the columns of a file are compared with, and keeps those of accepted ones. Not here: the comparison (layout.c), files that do not
 * pass (aside.c). Owns raw_layout, raw_column. */
#include "config.h"

#include "ingest/columns_gate.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/frame.h"
#include "base/str.h"
#include "ingest/mapping.h"
#include "ingest/reading_priv.h"
#include "ingest/sniff.h"
#include "store/query.h"

/* Source and name */

static const char *source_of(struct arena *a, const struct import_ask *ask, const struct reading *r)
{
	struct str t = { 0 };
	char *out;

	if (ask->table != NULL)
		return arena_printf(a, "mapping %s %s", ask->table->source, ask->table->glob);
	if (r == NULL)
		return "";
	str_add(&t, "columns");
	for (int role = 0; role < ROLES; role++)
		if (r->column[role] >= 0)
			str_addf(&t, " %s=%s", role_word[role], r->name[role] != NULL ? r->name[role] : arena_printf(a, "%d", r->column[role] + 1));
	if (!r->header)
		str_addf(&t, " of %u", r->fields);
	out = arena_text(a, t.s);
	str_clear(&t);
	return out;
}

/* "2025/orders-03.csv.gz" -> "orders-#.csv"; standard input has no name. */
static const char *stem_of(struct arena *a, const char *path)
{
	const char *base = file_base_name(path);
	size_t      n = strlen(base);
	char       *out = arena_alloc(a, n + 2, 1), *p = out;

	if (strcmp(path, READER_STDIN) == 0)
		return "";
	if (str_ends(base, ".gz"))
		n -= 3;
	else if (str_ends(base, ".zst"))
		n -= 4;
	for (size_t i = 0; i < n; i++) {
		bool digit = isdigit((unsigned char)base[i]);

		if (!digit || p == out || p[-1] != '#')
			*p++ = digit ? '#' : base[i];
	}
	return out;
}

/* What it is compared with */

static enum rc read_columns(struct store *s, struct arena *a, int64_t file_id, struct layout *out)
{
	struct frame *f = NULL;
	enum rc rc = query_frame(s, a, "statement/ingest_columns", &f, "i", file_id);

	if (rc != RC_OK)
		return rc;
	*out = (struct layout){ .column = arena_alloc(a, f->rows + 1, sizeof *out->column), .n = f->rows };
	for (size_t i = 0; i < f->rows; i++)
		out->column[i] = (struct layout_column){
			.name = f->column[0].t[i], .role = f->column[1].t[i], .type = f->column[2].t[i], .needed = f->column[3].i[i] != 0,
		};
	return RC_OK;
}

/* The last file of the source. One that is only called alike must share half of the columns, too. */
static enum rc find_last(struct run *run, struct columns_verdict *v, bool mapped)
{
	struct query *q = NULL;
	bool    row = false, same = false;
	int64_t file_id = 0;
	enum rc rc = query_open(run->store, "statement/ingest_layout_last", &q);

	if (rc == RC_OK) {
		query_bind_text(q, 1, v->source);
		query_bind_text(q, 2, mapped ? "" : v->stem);
		rc = query_step(q, &row);
	}
	if (rc == RC_OK && row) {
		file_id = query_int(q, 0);
		v->against = arena_printf(run->arena, "%s (file %lld)", query_text(q, 1), (long long)file_id);
		same = mapped || strcmp(query_text(q, 2), v->source) == 0;
	}
	query_close(q);
	if (rc != RC_OK || !row)
		return rc;
	rc = read_columns(run->store, run->arena, file_id, &v->expected);
	if (rc == RC_OK && !same && layout_common(&v->expected, &v->found) * 2 < v->expected.n) {
		v->expected.n = 0;
		v->against = "";
	}
	return rc;
}

static enum contract_columns policy_of(const struct run *run)
{
	const char *word = run_text(run, "import.columns");
	int p = COLUMNS_STRICT;

	while (p < COLUMNS_LENIENT && strcmp(contract_columns_name((enum contract_columns)p), word) != 0)
		p++;
	return (enum contract_columns)p;
}

/* Roles whose column a person named: by an option, or by the mapping. */
static void roles_asked(const struct import_ask *ask, bool asked[ROLES])
{
	const char *const option[ROLES] = {
		[ROLE_CUSTOMER] = ask->customer, [ROLE_DATE] = ask->date, [ROLE_AMOUNT] = ask->amount, [ROLE_QUANTITY] = ask->quantity,
		[ROLE_PRICE] = ask->price, [ROLE_CURRENCY] = ask->currency, [ROLE_ORDER] = ask->order,
	};
	int number;

	for (int role = 0; role < ROLES; role++)
		asked[role] = ask->table != NULL || (option[role] != NULL && !search_column_number(option[role], &number));
}

/* Judging */

/* The header of a file that has no reading. *there: it has one. */
static enum rc find_names(struct run *run, const struct import_ask *ask, struct reader *r, size_t max_row, struct layout *out, bool *there)
{
	struct sample s;
	struct window w;
	enum rc rc = sniff_sample(run, ask, r, max_row, &w, &s);

	*there = rc == RC_OK && s.rows > 0 && (ask->table == NULL || ask->table->header);
	if (*there)
		*out = layout_of_names(run->arena, &s.row[0]);
	return rc == RC_DATA || rc == RC_USAGE || rc == RC_AMBIGUOUS ? RC_OK : rc;
}

static void add_unread(struct run *run, struct columns_verdict *v, const char *why)
{
	struct layout_differences *d = &v->differences;
	struct layout_difference *at = arena_alloc(run->arena, d->n + 1, sizeof *at);

	if (d->n > 0)
		memcpy(at, d->at, d->n * sizeof *at);
	at[d->n] = (struct layout_difference){ .kind = LAYOUT_UNREAD, .column = "", .was = "", .now = arena_text(run->arena, why), .role = "", .stops = true };
	*d = (struct layout_differences){ at, d->n + 1 };
}

enum rc columns_judge(struct run *run, const struct import_ask *ask, struct reader *r, const char *path, size_t max_row, enum rc read,
	const struct reading *reading, struct columns_verdict *out)
{
	struct columns_verdict v = { .policy = policy_of(run), .against = "", .stem = stem_of(run->arena, path) };
	struct err failed = *err_get();
	bool    there = true, asked[ROLES];
	enum rc rc = RC_OK;

	v.source = source_of(run->arena, ask, read == RC_OK ? reading : NULL);
	if (read == RC_OK)
		v.found = layout_of_reading(run->arena, reading);
	else
		rc = find_names(run, ask, r, max_row, &v.found, &there);
	if (rc == RC_OK && there)
		rc = find_last(run, &v, ask->table != NULL);
	if (rc != RC_OK)
		return rc;
	roles_asked(ask, asked);
	if (v.expected.n > 0)
		v.differences = layout_compare(run->arena, &v.expected, &v.found, v.policy, read != RC_OK, asked);
	if (read != RC_OK && v.differences.n > 0)
		add_unread(run, &v, failed.why);
	if (read != RC_OK)
		err_restore(&failed);
	*out = v;
	return RC_OK;
}

enum rc columns_keep(struct store *s, int64_t file_id, const struct columns_verdict *v)
{
	enum rc rc = query_run(s, "statement/ingest_layout_put", "itt", file_id, v->source, v->stem);

	for (size_t i = 0; rc == RC_OK && i < v->found.n; i++) {
		const struct layout_column *c = &v->found.column[i];

		rc = query_run(s, "statement/ingest_column_put", "iittti", file_id, (int64_t)i + 1, c->name, c->role, c->type, (int64_t)c->needed);
	}
	return rc;
}
