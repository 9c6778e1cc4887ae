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

/* A layout that files of many sources have says no more about the source than what was read. */
static bool is_mapped(const struct import_ask *ask)
{
	return ask->table != NULL && !mapping_is_layout(ask->table);
}

static const char *source_of(struct arena *a, const struct import_ask *ask, const struct reading *r)
{
	struct str t = { 0 };
	char *out;

	if (is_mapped(ask))
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

/* "2025/Orders_03 (1).csv.gz" -> "orders": letters only, "#" without any; standard input is "-". */
static const char *stem_of(struct arena *a, const char *path)
{
	const char *base = file_base_name(path), *end = strchr(base, '.');
	size_t      n = end != NULL ? (size_t)(end - base) : strlen(base);
	char       *out = arena_alloc(a, n + 2, 1), *p = out;

	if (strcmp(path, READER_STDIN) == 0)
		return READER_STDIN;
	for (size_t i = 0; i < n; i++)
		if (isalpha((unsigned char)base[i]) || (unsigned char)base[i] >= 0x80)
			*p++ = (char)tolower((unsigned char)base[i]);
	if (p == out)
		*p = '#';
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

/* The contract */

static enum contract_columns policy_of(const struct run *run)
{
	const char *word = run_text(run, "import.columns");
	int p = COLUMNS_STRICT;

	while (p < COLUMNS_LENIENT && strcmp(contract_columns_name((enum contract_columns)p), word) != 0)
		p++;
	return (enum contract_columns)p;
}

static const struct layout_column *named(const struct layout *l, const char *name, bool by_role)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(by_role ? l->column[i].role : l->column[i].name, name) == 0)
			return &l->column[i];
	return NULL;
}

/* The header's column behind a canonical name of the mapping: its text, or NULL. *made: the mapping makes it of others. */
static const char *mapped_column(const struct mapping_table *t, const char *name, bool *made)
{
	*made = false;
	for (size_t i = 0; t != NULL && i < t->columns; i++) {
		int base = expr_base(t->column[i].expr);

		if (strcmp(t->column[i].name, name) != 0)
			continue;
		*made = base < 0 || *t->exprs.field[base].alias != '\0' || t->exprs.field[base].name[0] == '$';
		return *made ? NULL : t->exprs.field[base].name;
	}
	return NULL;
}

/* Money that the contract calls by one name may be made of quantity and price. */
static bool is_made(const struct columns_verdict *v, const char *role)
{
	return strcmp(role, role_word[ROLE_AMOUNT]) == 0 && named(&v->found, role_word[ROLE_PRICE], true) != NULL;
}

/* A field of the contract as a column: by the mapping's name, by the header's, by role; as it was in the last file, if it was there. false: no
 * column is behind it. */
static bool promised_column(const struct import_ask *ask, const struct columns_verdict *v, const struct contract_field *f, struct layout_column *out)
{
	bool made;
	const char *name = mapped_column(ask->table, f->name, &made);
	const struct layout_column *last = named(&v->expected, name != NULL ? name : f->name, false), *now;

	if (made)
		return false;
	if (last == NULL && name == NULL && named(&v->found, f->name, false) == NULL && reading_role(f->name) < ROLES) {
		const char *role = role_word[reading_role(f->name)];

		last = named(&v->expected, role, true);
		now = named(&v->found, role, true);
		if (now == NULL && is_made(v, role))
			return false;
		name = last != NULL ? last->name : now != NULL ? now->name : NULL;
	}
	*out = (struct layout_column){
		.name = name != NULL ? name : f->name, .role = last != NULL ? last->role : "", .type = last != NULL ? last->type : "",
		.needed = f->required || (last != NULL && last->needed), .spare = f->optional,
	};
	return true;
}

/* A contract that names fields is what a file is held to; what it does not name is only told. Under strict it is not known. */
static enum rc take_contract(struct run *run, const struct import_ask *ask, struct columns_verdict *v)
{
	struct contract *c = NULL;
	struct layout    l = { .unordered = true };
	enum rc rc = contract_live(run->store, run->arena, "orders", &c);

	if (rc != RC_OK || c == NULL)
		return rc;
	v->policy = c->columns != COLUMNS_UNSAID ? c->columns : v->policy;
	if (c->fields == 0)
		return RC_OK;
	l.column = arena_alloc(run->arena, c->fields + v->expected.n + 1, sizeof *l.column);
	for (size_t i = 0; i < c->fields; i++)
		if (promised_column(ask, v, &c->field[i], &l.column[l.n]) && named(&l, l.column[l.n].name, false) == NULL)
			l.n++;
	for (size_t i = 0; v->policy != COLUMNS_STRICT && i < v->expected.n; i++)
		if (named(&l, v->expected.column[i].name, false) == NULL) {
			l.column[l.n] = v->expected.column[i];
			l.column[l.n++].spare = true;
		}
	v->expected = l;
	v->against = arena_printf(run->arena, "contract %s (version %lld)", c->name, (long long)c->version);
	return RC_OK;
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
		asked[role] = is_mapped(ask) || (option[role] != NULL && !search_column_number(option[role], &number));
}

/* Judging */

/* The header of a file that has no reading. *there: it has one. */
static enum rc find_names(struct run *run, const struct import_ask *ask, struct reader *r, size_t max_row, struct layout *out, bool *there)
{
	struct sample s;
	struct window w;
	enum rc rc = sniff_sample(run, ask, r, max_row, &w, &s);

	*there = rc == RC_OK && s.rows > 0 && (ask->table == NULL || ask->table->header == HEADER_THERE);
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
	if (read == RC_OK && !reading->header)
		v.stem = ""; /* without names only the same reading can be compared */
	if (read == RC_OK)
		v.found = layout_of_reading(run->arena, reading);
	else
		rc = find_names(run, ask, r, max_row, &v.found, &there);
	if (rc == RC_OK && there)
		rc = find_last(run, &v, is_mapped(ask));
	if (rc == RC_OK && there)
		rc = take_contract(run, ask, &v);
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
