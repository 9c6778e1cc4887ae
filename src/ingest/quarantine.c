/* Decisions about rows set aside. Writes quar_row's state and, with load.c, the rows that pass now. Not here: who may decide (app). */
#include "config.h"

#include "ingest/quarantine.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "ingest/encode.h"
#include "ingest/load.h"
#include "ingest/mapped.h"
#include "ingest/reading.h"
#include "ingest/rules.h"
#include "ingest/split.h"
#include "ingest/terms.h"
#include "module/audit.h"
#include "store/query.h"

/* Rows and files */

struct row {                 /* an open row */
	int64_t quar_id, file_id, raw_bytes;
	bool    left_out; /* by a mapping, and nobody decided about it */
	char   *raw;
	size_t  n;
};

struct rows { struct row *row; size_t n, cap; };

static void rows_clear(struct rows *r)
{
	for (size_t i = 0; i < r->n; i++)
		free(r->row[i].raw);
	free(r->row);
	*r = (struct rows){ 0 };
}

static void add_row(struct rows *r, const struct query *q)
{
	size_t n;
	const void *raw = query_blob(q, 3, &n);

	if (r->n == r->cap) {
		r->cap = r->cap == 0 ? 64 : 2 * r->cap;
		r->row = mem_grow(r->row, r->cap, sizeof *r->row);
	}
	r->row[r->n++] = (struct row){ query_int(q, 0), query_int(q, 1), query_int(q, 2), query_int(q, 4) != 0, mem_copy_span(n > 0 ? raw : "", n), n };
}

/* The rows' numbers as JSON; NULL: others choose. */
static char *ids_text(const struct quarantine_ask *ask)
{
	struct str t = { 0 };
	size_t n = ask->quar_id != 0 ? 1 : ask->n;

	for (size_t i = 0; i < n; i++)
		str_addf(&t, "%s%lld", i > 0 ? "," : "[", (long long)(ask->quar_id != 0 ? ask->quar_id : ask->ids[i]));
	if (n > 0)
		str_add_char(&t, ']');
	return n > 0 ? str_take(&t) : NULL;
}

/* accepted: rows of refused files are none, where neither they nor their file were named. */
static enum rc read_rows(struct store *s, const struct quarantine_ask *ask, bool accepted, struct rows *out)
{
	struct query *q = NULL;
	char *ids = ids_text(ask);
	bool row = true;
	enum rc rc = query_open(s, "statement/ingest_quar_open", &q);

	if (rc == RC_OK) {
		query_bind_text(q, 1, ids);
		query_bind_int(q, 2, ask->file_id);
		query_bind_int(q, 3, ask->reading != NULL && ask->reading->mapping != NULL);
		query_bind_text(q, 4, ask->code);
		query_bind_int(q, 5, accepted && ids == NULL && ask->file_id == 0);
	}
	free(ids);
	while (rc == RC_OK && (rc = query_step(q, &row)) == RC_OK && row)
		add_row(out, q);
	query_close(q);
	return rc;
}

/* Are all the rows that are named there, or the file? */
static enum rc check_there(struct store *s, const struct quarantine_ask *ask)
{
	char   *ids = ids_text(ask);
	int64_t there = 0, wanted = ask->quar_id != 0 ? 1 : ids != NULL ? (int64_t)ask->n : 1;
	enum rc rc = query_get_int(s, "statement/ingest_quar_there", &there, "ti", ids, ask->file_id);

	free(ids);
	if (rc != RC_OK || there >= wanted)
		return rc;
	if (ask->quar_id != 0)
		rc = err_set(RC_USAGE, "CSV-142", "no row %lld in quarantine", (long long)ask->quar_id);
	else if (ask->n > 0)
		rc = err_set(RC_USAGE, "CSV-142", "of %lld rows that were named %lld are not in quarantine", (long long)wanted, (long long)(wanted - there));
	else
		rc = err_set(RC_USAGE, "CSV-142", "no file %lld with rows in quarantine", (long long)ask->file_id);
	return err_do(rc, ask->quar_id != 0 || ask->n > 0 ? "'quarantine list' shows the numbers" : "'show files' shows the numbers");
}

/* Where nothing can be taken in: are there rows in files that were refused? Then they are why. */
static enum rc check_refused(struct store *s, const struct quarantine_ask *ask)
{
	struct rows rows = { 0 };
	enum rc rc = read_rows(s, ask, false, &rows);
	int64_t n = (int64_t)rows.n;

	rows_clear(&rows);
	if (rc != RC_OK || n == 0)
		return rc;
	return err_do(err_set(RC_DATA, "CSV-144", "the %lld rows that are open there are of files that were refused as a whole: they cannot be taken in one by one",
		(long long)n), "mend the file and import it again, or import it again with other options or settings");
}

static enum rc check_ask(struct store *s, const struct quarantine_ask *ask, bool accepted, struct rows *rows)
{
	bool    named = ask->quar_id != 0 || ask->n > 0 || ask->file_id != 0;
	enum rc rc;

	if (!ask->dry && (audit_blank(ask->by) || audit_blank(ask->why)))
		return err_do(err_set(RC_USAGE, "CSV-141", "a decision needs a name and a reason"), "give --by NAME and --reason TEXT");
	rc = named ? check_there(s, ask) : RC_OK;
	if (rc == RC_OK)
		rc = read_rows(s, ask, accepted, rows);
	if (rc == RC_OK && rows->n == 0 && accepted)
		rc = check_refused(s, ask);
	if (rc == RC_OK && rows->n == 0 && ask->code != NULL)
		return err_do(err_set(RC_DATA, "CSV-143", "no row is open there with the reason '%s'", ask->code), "'show reasons' has the reasons");
	if (rc == RC_OK && rows->n == 0)
		rc = err_set(RC_DATA, "CSV-143", "nothing is open there: it was decided before");
	return rc;
}

static enum rc mark(struct store *s, int64_t quar_id, const char *state, const struct quarantine_ask *ask)
{
	char now[32];

	clock_now(now);
	return query_run(s, "statement/ingest_quar_decide", "itttt", quar_id, state, ask->by, ask->why, now);
}

/* The entry of the rows of one file. */
static enum rc enter(struct store *s, const char *action, const struct quarantine_ask *ask, int64_t file_id, int64_t done)
{
	struct js *js = js_object();

	js_set_text(js, "action", action);
	js_set_int(js, "file_id", file_id);
	js_set_int(js, "quar_id", ask->quar_id);
	if (ask->code != NULL)
		js_set_text(js, "code", ask->code);
	js_set_int(js, "rows", done);
	js_set_text(js, "why", ask->why);
	if (ask->text != NULL)
		js_set_text(js, "text", ask->text);
	return audit_append(s, "quarantine", ask->by, js, NULL);
}

/* Begin, work, commit; or take part in the caller's transaction. */
static enum rc in_transaction(struct run *run, const struct quarantine_ask *ask, bool accepted, struct js *result,
	enum rc (*work)(struct run *, const struct quarantine_ask *, const struct rows *, struct js *))
{
	bool own = !ask->dry && !store_in_transaction(run->store);
	struct rows rows = { 0 };
	enum rc rc = own ? store_begin(run->store) : RC_OK;

	if (rc == RC_OK)
		rc = check_ask(run->store, ask, accepted, &rows);
	if (rc == RC_OK)
		rc = work(run, ask, &rows, result);
	if (rc == RC_OK && own)
		rc = store_commit(run->store);
	if (rc != RC_OK && !ask->dry)
		store_rollback(run->store);
	rows_clear(&rows);
	return rc;
}

/* Rows come file by file: where those of the file of row `from` end. */
static size_t end_of_file(const struct rows *rows, size_t from)
{
	size_t to = from;

	while (to < rows->n && rows->row[to].file_id == rows->row[from].file_id)
		to++;
	return to;
}

/* Discarding */

static enum rc discard(struct run *run, const struct quarantine_ask *ask, const struct rows *rows, struct js *result)
{
	struct js *ids = js_array();
	enum rc rc = RC_OK;

	js_set_int(result, "discarded", (int64_t)rows->n);
	js_set_int(result, "file_id", rows->row[0].file_id);
	js_set(result, "rows", ids);
	for (size_t i = 0; rc == RC_OK && i < rows->n; i++) {
		rc = mark(run->store, rows->row[i].quar_id, "discarded", ask);
		js_add(ids, js_int(rows->row[i].quar_id));
		if (rc == RC_OK && (i & 1023) == 1023)
			rc = run_tick(run, "rows", (int64_t)i, (int64_t)rows->n);
	}
	for (size_t i = 0; rc == RC_OK && i < rows->n; i = end_of_file(rows, i))
		rc = enter(run->store, "discard", ask, rows->row[i].file_id, (int64_t)(end_of_file(rows, i) - i));
	return rc;
}

enum rc quarantine_discard(struct run *run, const struct quarantine_ask *ask, struct js **result)
{
	struct js *js = js_object();
	enum rc rc = in_transaction(run, ask, false, js, discard);

	if (rc == RC_OK)
		*result = js;
	else
		js_free(js);
	return rc;
}

/* Releasing */

struct release {              /* one file's rows judged again */
	struct run      *run;
	struct load     *load;
	struct rules     rules;
	struct reading   reading;
	enum encoding    encoding;
	struct splitter *split;
	struct judge     judge;
	struct js       *stored;  /* the reading's JSON: owns its texts */
	struct terms    *terms;   /* of the live contract; NULL: none */
};

static void release_clear(struct release *r)
{
	load_free(r->load);
	split_free(r->split);
	judge_clear(&r->judge);
	terms_clear(r->terms);
	js_free(r->stored);
}

/* The header of the file; NULL when it has none. */
static struct span *names_of(const struct release *r)
{
	const struct js *names = js_get(r->stored, "names");
	size_t n = js_count(names);
	size_t room = n > r->reading.fields ? n : r->reading.fields;
	struct span *field = arena_alloc(r->run->arena, room + 1, sizeof *field);

	for (size_t i = 0; i < room; i++)
		field[i] = (struct span){ i < n ? js_text_of(js_at(names, i)) : "", i < n ? (uint32_t)strlen(js_text_of(js_at(names, i))) : 0 };
	return n > 0 ? field : NULL;
}

/* Another mapping than then, over the header of the file. */
static enum rc take_mapping(struct release *r, const struct mapping *m, const char *name)
{
	const struct mapping_table *t = mapping_table_of(m, name);
	size_t  n = js_count(js_get(r->stored, "names"));
	struct span *field = names_of(r);
	struct sample_row header = { .fields = (uint32_t)n, .field = field };
	enum rc rc;

	if (t == NULL || !mapping_is_orders(t) || t->joins > 0)
		return err_do(err_set(RC_DATA, "CSV-145", "the mapping has no table for rows of %s that can be judged one by one", name),
			"import the file by the mapping into a new store");
	rc = mapped_bind(r->run->arena, t, NULL, t->numbers, n > 0 ? &header : NULL, r->reading.fields, name, &r->reading.mapped);
	if (rc == RC_OK && t->date_format != NULL)
		date_format_read(t->date_format, &r->reading.date_format);
	r->reading.key_name = t->key_name;
	for (int role = 0; rc == RC_OK && role < ROLES; role++)
		if (r->reading.mapped->role[role] != NULL && expr_base(r->reading.mapped->role[role]) < 0)
			r->reading.form[role] = (struct number_form){ '.', false, 0 };
	return rc;
}

/* The mapping that the file was read by, from its record. */
static enum rc read_mapping(struct release *r)
{
	const struct js *js = js_get(r->stored, "mapping"), *columns = js_get(js, "columns");
	const char *text = js_text_of(js_get(js, "text")), *path = js_text_of(js_get(js, "path"));
	struct mapping *m;
	int    *column;
	int64_t table = js_int_of(js_get(js, "table"));
	enum rc rc;

	if (text == NULL || path == NULL)
		return RC_OK;
	rc = mapping_parse(r->run->arena, path, text, strlen(text), &m);
	if (rc != RC_OK)
		return rc;
	if (table < 0 || table >= (int64_t)m->tables || js_count(columns) != m->table[table].exprs.n)
		return err_set(RC_INTERNAL, "CSV-130", "the stored reading of a file cannot be read back");
	if (m->table[table].joins > 0)
		return err_do(err_set(RC_DATA, "CSV-145", "the mapping of this file looks into other files: its rows cannot be taken in one by one"),
			"mend the files and import them into a new store");
	column = arena_alloc(r->run->arena, js_count(columns) + 1, sizeof *column);
	for (size_t i = 0; i < js_count(columns); i++)
		column[i] = (int)js_int_of(js_at(columns, i));
	r->reading.mapped = mapped_again(r->run->arena, &m->table[table], column);
	return RC_OK;
}

/* The file as it was read, with what the caller declares otherwise. */
static enum rc read_file_again(struct release *r, const struct quarantine_ask *ask, int64_t file_id)
{
	const struct import_ask none = { 0 }, *differs = ask->reading != NULL ? ask->reading : &none;
	char *status = NULL, *reading = NULL, *name = NULL;
	const char *encoding, *near, *currency;
	bool stop;
	enum rc rc = query_get_text(r->run->store, r->run->arena, "statement/ingest_file_status", &status, "i", file_id);

	if (rc == RC_OK && (status == NULL || strcmp(status, "accepted") != 0))
		rc = err_do(err_set(RC_DATA, "CSV-144", "the file was refused as a whole: its rows cannot be taken in one by one"),
			"mend the file and import it again");
	if (rc == RC_OK)
		rc = query_get_text(r->run->store, r->run->arena, "statement/ingest_file_reading", &reading, "i", file_id);
	if (rc == RC_OK)
		rc = js_read(reading, strlen(reading), "reading", &r->stored);
	if (rc == RC_OK)
		rc = reading_from_json(r->stored, &r->reading);
	if (rc == RC_OK && differs->mapping == NULL)
		rc = read_mapping(r);
	if (rc == RC_OK && differs->mapping != NULL)
		rc = query_get_text(r->run->store, r->run->arena, "statement/ingest_file_name", &name, "i", file_id);
	if (rc == RC_OK && differs->mapping != NULL)
		rc = take_mapping(r, differs->mapping, name);
	if (rc == RC_OK)
		rc = rules_make(r->run, r->run->store, differs, &r->rules, &stop);
	if (rc != RC_OK)
		return rc;
	encoding = differs->encoding != NULL ? differs->encoding : js_text_of(js_get(r->stored, "encoding"));
	if (encoding == NULL || !encode_find(encoding, &r->encoding, &near))
		return err_set(RC_USAGE, "CSV-110", "the encoding '%s' is not known", encoding != NULL ? encoding : "");
	if (differs->date_format != NULL && !date_format_read(differs->date_format, &r->reading.date_format))
		return err_set(RC_USAGE, "CSV-111", "'%s' is not a date format", differs->date_format);
	currency = js_text_of(js_get(r->stored, "currency_code"));
	if (currency != NULL && r->rules.currency.code[0] == '\0')
		currency_read(currency, strlen(currency), &r->rules.currency);
	if (r->rules.negative == NEGATIVE_STOP)
		r->rules.negative = NEGATIVE_QUARANTINE;
	r->split = split_new(r->reading.delimiter, r->rules.max_row);
	split_quote(r->split, r->reading.quote);
	judge_init(&r->judge, &r->rules, &r->reading);
	if (r->rules.contract != NULL)
		rc = terms_bind(r->run->arena, r->run->store, &r->rules, &r->reading, names_of(r), &r->terms);
	r->judge.terms = r->terms;
	return rc == RC_OK ? load_begin(r->run, r->run->store, &r->load) : rc;
}

/* The row's bytes as one record of text, with the LF behind it that the splitter needs. */
static char *text_of(const struct release *r, const struct quarantine_ask *ask, const struct row *row, size_t *n)
{
	if (ask->text != NULL) {
		char *mended = mem_new(strlen(ask->text) + 2, 1);

		*n = strlen(ask->text);
		memcpy(mended, ask->text, *n);
		mended[*n] = '\n';
		return mended;
	}
	size_t used;
	char  *text = mem_try(encode_room(r->encoding, row->n) + 1, 1);

	if (text == NULL)
		return NULL;
	if (r->encoding == ENCODING_UTF8) {
		memcpy(text, row->raw, row->n);
		*n = row->n;
	} else {
		*n = encode_in(r->encoding, (const unsigned char *)row->raw, row->n, true, text, &used);
	}
	text[*n] = '\n';
	return text;
}

/* A row whose key is there takes that row's place; *there says so. */
static enum rc take_place(struct release *r, const struct verdict *v, bool *there)
{
	struct rowkey_fix fix = { .key = v->key, .value = v->value, .customer = mem_copy_span(v->customer.p, v->customer.n), .day = v->day, .minor = v->minor,
		.matched = reading_matched(&r->reading), .match = v->match };
	enum rc rc = load_fix_one(r->load, r->reading.key_name, &fix);

	*there = fix.row != 0;
	free(fix.customer);
	return rc;
}

static const char *state_of(const struct quarantine_ask *ask)
{
	return ask->text != NULL ? "fixed" : "released";
}

static enum rc take_in(struct release *r, const struct quarantine_ask *ask, const struct row *row, const struct verdict *v)
{
	bool    keyed = reading_keys(&r->reading) > 0, there = false;
	enum rc rc = keyed ? take_place(r, v, &there) : RC_OK;

	if (rc == RC_OK && there)
		rc = query_run(r->run->store, "statement/ingest_file_replaced", "ii", row->file_id, (int64_t)row->left_out);
	if (rc == RC_OK && there)
		return mark(r->run->store, row->quar_id, state_of(ask), ask);
	if (rc == RC_OK)
		rc = load_row(r->load, row->file_id, &r->reading, v);
	if (rc == RC_OK)
		rc = query_run(r->run->store, "statement/ingest_file_released", "iiiii", row->file_id, (int64_t)v->negative,
			v->minor == MONEY_NONE ? 0 : v->minor, (int64_t)v->day, (int64_t)row->left_out);
	return rc == RC_OK ? mark(r->run->store, row->quar_id, state_of(ask), ask) : rc;
}

/* What the row says of its customer, beside the purchase. */
static enum rc note_attributes(struct release *r, const struct record *rec, const struct verdict *v)
{
	struct span value[READING_ATTRIBUTES];
	struct attributes *attributes;
	int32_t code, day = v->day;
	int     n = reading_attributes(&r->reading), which;
	enum rc rc = n > 0 ? load_attributes(r->load, &attributes) : RC_OK;

	if (rc != RC_OK || n == 0)
		return rc;
	judge_attributes(&r->judge, rec, value);
	rc = book_codes(load_book(r->load), &v->customer, 1, &code);
	for (int i = 0; rc == RC_OK && i < n; i++) {
		rc = attributes_find(attributes, reading_attribute_name(&r->reading, i), &which);
		if (rc == RC_OK)
			rc = attributes_note(attributes, which, &code, &day, &value[i], 1);
	}
	return rc;
}

static void tell(struct js *list, int64_t quar_id, const char *state, uint64_t reasons)
{
	struct js *js = js_object();
	struct str codes = { 0 };

	reason_add_codes(&codes, reasons);
	js_set_int(js, "quar_id", quar_id);
	js_set_text(js, "state", state);
	js_set_text(js, "reasons", codes.s);
	js_add(list, js);
	str_clear(&codes);
}

static enum rc release_row(struct release *r, const struct quarantine_ask *ask, const struct row *row, struct js *list, int64_t *released)
{
	struct verdict v = { .reasons = REASON_BIT(REASON_ROW_LONG) };
	struct record  rec;
	bool    whole = false;
	size_t  n = 0;
	char   *text = text_of(r, ask, row, &n);
	enum rc rc = RC_OK;

	if (text == NULL)
		return err_set(RC_NOMEM, "CSV-126", "no memory for a row of %zu bytes", row->n);
	if (row->raw_bytes <= (int64_t)row->n || ask->text != NULL)
		rc = split_next(r->split, text, n, true, &rec, &whole);
	if (rc == RC_OK && whole)
		judge_row(&r->judge, &rec, &v);
	if (rc == RC_OK && whole && rec.used != n)
		v.reasons |= REASON_BIT(REASON_FIELD_COUNT); /* more than one record */
	if (rc == RC_OK && v.reasons == 0 && !v.blank) {
		if (!ask->dry)
			rc = take_in(r, ask, row, &v);
		if (rc == RC_OK && !ask->dry)
			rc = note_attributes(r, &rec, &v);
		++*released;
		tell(list, row->quar_id, ask->dry ? "would be released" : state_of(ask), 0);
	} else if (rc == RC_OK) {
		tell(list, row->quar_id, "open", v.reasons);
	}
	split_forget(r->split);
	judge_forget(&r->judge);
	free(text);
	return rc;
}

/* The rows from..to-1, which are of one file. */
static enum rc release_file(struct run *run, const struct quarantine_ask *ask, const struct rows *rows, size_t from, size_t to, struct js *list, int64_t *released)
{
	struct release r = { .run = run };
	int64_t before = *released;
	enum rc rc = read_file_again(&r, ask, rows->row[from].file_id);

	for (size_t i = from; rc == RC_OK && i < to; i++) {
		rc = release_row(&r, ask, &rows->row[i], list, released);
		if (rc == RC_OK && (i & 1023) == 1023)
			rc = run_tick(run, "rows", (int64_t)i, (int64_t)rows->n);
	}
	if (rc == RC_OK && *released > before && !ask->dry)
		rc = load_end(r.load);
	release_clear(&r);
	if (rc != RC_OK || *released == before || ask->dry)
		return rc;
	return enter(run->store, ask->text != NULL ? "fix" : "release", ask, rows->row[from].file_id, *released - before);
}

static enum rc release(struct run *run, const struct quarantine_ask *ask, const struct rows *rows, struct js *result)
{
	struct js *list = js_array();
	int64_t released = 0;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < rows->n; i = end_of_file(rows, i))
		rc = release_file(run, ask, rows, i, end_of_file(rows, i), list, &released);
	js_set_int(result, "released", released);
	js_set_int(result, "kept", (int64_t)rows->n - released);
	js_set(result, "rows", list);
	return rc;
}

enum rc quarantine_release(struct run *run, const struct quarantine_ask *ask, struct js **result)
{
	struct js *js = js_object();
	enum rc rc = in_transaction(run, ask, true, js, release);

	if (rc == RC_OK)
		*result = js;
	else
		js_free(js);
	return rc;
}

/* Exporting */

static enum rc write_names(struct run *run, int64_t file_id, FILE *out)
{
	char *text = NULL;
	struct js *reading = NULL;
	enum rc rc = query_get_text(run->store, run->arena, "statement/ingest_file_reading", &text, "i", file_id);

	if (rc == RC_OK && text != NULL)
		rc = js_read(text, strlen(text), "reading", &reading);
	const struct js *names = js_get(reading, "names");
	const char *delimiter = js_text_of(js_get(reading, "delimiter"));

	for (size_t i = 0; rc == RC_OK && i < js_count(names); i++) {
		const char *name = js_text_of(js_at(names, i));

		fprintf(out, "%s\"", i > 0 ? delimiter != NULL ? delimiter : "," : "");
		for (; *name != '\0'; name++)
			fprintf(out, *name == '"' ? "\"\"" : "%c", *name);
		fputc('"', out);
	}
	if (rc == RC_OK && js_count(names) > 0)
		fputc('\n', out);
	js_free(reading);
	return rc;
}

enum rc quarantine_export(struct run *run, const struct quarantine_ask *ask, const char *path, int64_t *rows)
{
	struct quarantine_ask look = *ask;
	struct rows open = { 0 };
	struct file_writer *w = NULL;
	enum rc rc;

	look.dry = true;
	rc = check_ask(run->store, &look, false, &open);
	if (rc == RC_OK)
		rc = file_create(path, &w);
	if (rc == RC_OK)
		rc = write_names(run, open.row[0].file_id, file_stream(w));
	for (size_t i = 0; rc == RC_OK && i < open.n; i++) {
		fwrite(open.row[i].raw, 1, open.row[i].n, file_stream(w));
		fputc('\n', file_stream(w));
	}
	if (rc == RC_OK) {
		rc = file_commit(w);
		*rows = (int64_t)open.n;
	} else {
		file_abandon(w);
	}
	rows_clear(&open);
	return rc;
}
