/* Attributes of customers: values as numbers of a dictionary, one cell a customer. Owns attribute, attribute_value, customer_attribute. Not here:
 * which columns are attributes (reading.c, mapping.c), who the customers are (book.c). */
#include "config.h"

#include "ingest/attribute.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mask.h"
#include "base/mem.h"
#include "base/str.h"
#include "ingest/convert.h"
#include "ingest/idmap.h"
#include "store/append.h"
#include "store/query.h"
#include "store/scan.h"

/* What is known of one customer. file: the file of this import that said so last, from 1; 0: none, it is as stored. */
struct cell { int32_t value, day; uint32_t file : 31, stored : 1; };

struct attribute {
	char         name[ATTRIBUTE_NAME];
	struct idmap *values;
	int32_t      before;          /* values before the file at hand */
	struct cell *cell;            /* of customer 1, 2 ... */
	size_t       cells, cap;
	bool         stored, changed;
};

struct undo { int which; int32_t customer; struct cell was; };

struct attributes {
	struct attribute one[ATTRIBUTES_MOST];
	int          n, before;       /* attributes; before the file at hand */
	uint32_t     file;
	struct undo *undo;            /* of the file at hand: each cell once */
	size_t       undos, undo_cap;
};

static enum rc no_memory(void)
{
	return err_set(RC_NOMEM, "CSV-126", "no memory for more attributes of customers");
}

struct attributes *attributes_new(void)
{
	return mem_new(1, sizeof(struct attributes));
}

static void clear_one(struct attribute *t)
{
	idmap_free(t->values);
	free(t->cell);
	*t = (struct attribute){ .name = "" };
}

void attributes_free(struct attributes *a)
{
	if (a == NULL)
		return;
	for (int i = 0; i < a->n; i++)
		clear_one(&a->one[i]);
	free(a->undo);
	free(a);
}

const char *attribute_name(struct arena *a, struct span column)
{
	char   name[ATTRIBUTE_NAME];
	size_t n = 0;

	for (uint32_t i = 0; i < column.n && n + 1 < sizeof name; i++) {
		char c = column.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (n == 0 && c >= '0' && c <= '9')
			name[n++] = '_'; /* a filter would take it for a number */
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0)
			name[n++] = c;
		else if (n > 0 && name[n - 1] != '_')
			name[n++] = '_';
	}
	while (n > 0 && (name[n - 1] == '_' || str_utf8_valid(name, n) < n))
		n--;
	return n > 0 ? arena_span(a, name, n) : "attribute";
}

enum rc attributes_find(struct attributes *a, const char *name, int *out)
{
	for (*out = 0; *out < a->n; ++*out)
		if (strcmp(a->one[*out].name, name) == 0)
			return RC_OK;
	if (a->n == ATTRIBUTES_MOST)
		return err_do(err_set(RC_DATA, "ATTR-101", "a store keeps %d attributes of customers, and '%s' would be one more", ATTRIBUTES_MOST, name),
			"keep fewer columns: --attributes, import.attributes, or attributes of the mapping");
	struct attribute *t = &a->one[a->n++];

	*t = (struct attribute){ .values = idmap_new(), .changed = true };
	snprintf(t->name, sizeof t->name, "%s", name);
	return RC_OK;
}

/* Files */

void attributes_file_begin(struct attributes *a)
{
	a->file++;
	a->undos = 0;
	a->before = a->n;
	for (int i = 0; i < a->n; i++)
		a->one[i].before = idmap_count(a->one[i].values);
}

static bool make_cells(struct attribute *t, size_t n)
{
	if (n > t->cap) {
		size_t cap = 2 * n + 1024;
		struct cell *cell = mem_try_grow(t->cell, cap, sizeof *cell);

		if (cell == NULL)
			return false;
		t->cell = cell;
		t->cap = cap;
	}
	for (; t->cells < n; t->cells++)
		t->cell[t->cells] = (struct cell){ .value = 0, .day = DAY_NONE };
	return true;
}

static bool remember(struct attributes *a, int which, int32_t customer, const struct cell *was)
{
	if (a->undos == a->undo_cap) {
		size_t cap = 2 * a->undo_cap + 1024;
		struct undo *undo = mem_try_grow(a->undo, cap, sizeof *undo);

		if (undo == NULL)
			return false;
		a->undo = undo;
		a->undo_cap = cap;
	}
	a->undo[a->undos++] = (struct undo){ which, customer, *was };
	return true;
}

/* One word of one row. */
static bool put(struct attributes *a, int which, int32_t customer, day_t day, int32_t value)
{
	struct attribute *t = &a->one[which];
	struct cell *c;

	if (!make_cells(t, (size_t)customer))
		return false;
	c = &t->cell[customer - 1];
	if (day < c->day || (c->value == value && c->day == day))
		return true;
	if (c->file != a->file && !remember(a, which, customer, c))
		return false;
	*c = (struct cell){ .value = value, .day = day, .file = a->file & INT32_MAX, .stored = c->stored };
	t->changed = true;
	return true;
}

enum rc attributes_note(struct attributes *a, int which, const int32_t *customer, const int32_t *day, const struct span *text, size_t n)
{
	struct span there[IDMAP_BATCH];
	int32_t     value[IDMAP_BATCH];
	size_t      m = 0;

	for (size_t i = 0; i < n; i++)
		if (text[i].n > 0)
			there[m++] = text[i];
	if (m == 0)
		return RC_OK;
	if (!idmap_codes(a->one[which].values, there, m, value))
		return no_memory();
	m = 0;
	for (size_t i = 0; i < n; i++)
		if (text[i].n > 0 && !put(a, which, customer[i], day[i], value[m++]))
			return no_memory();
	return RC_OK;
}

void attributes_file_undo(struct attributes *a)
{
	while (a->undos > 0) {
		const struct undo *u = &a->undo[--a->undos];

		a->one[u->which].cell[u->customer - 1] = u->was;
	}
	while (a->n > a->before)
		clear_one(&a->one[--a->n]);
	for (int i = 0; i < a->n; i++)
		idmap_cut(a->one[i].values, a->one[i].before);
}

/* Reading */

struct stored_values { struct attributes *a; int32_t attribute[SCAN_BLOCK], value[SCAN_BLOCK]; struct append_span text[SCAN_BLOCK]; };

static enum rc damaged(void)
{
	return err_do(err_set(RC_DAMAGED, "CSV-131", "the attributes of customers are not numbered 1, 2, 3 ..."), "restore a backup (.bak-N)");
}

static enum rc take_values(void *user, size_t rows)
{
	struct stored_values *v = user;

	for (size_t i = 0; i < rows; i++) {
		const struct span text = { v->text[i].p, v->text[i].n };
		int32_t code = 0;

		if (v->attribute[i] < 1 || v->attribute[i] > v->a->n)
			return damaged();
		struct attribute *t = &v->a->one[v->attribute[i] - 1];

		if (!idmap_codes(t->values, &text, 1, &code))
			return no_memory();
		if (code != v->value[i])
			return damaged();
	}
	return RC_OK;
}

struct stored_cells { struct attributes *a; int32_t attribute[SCAN_BLOCK], customer[SCAN_BLOCK], value[SCAN_BLOCK], day[SCAN_BLOCK]; };

static enum rc take_cells(void *user, size_t rows)
{
	struct stored_cells *s = user;

	for (size_t i = 0; i < rows; i++) {
		if (s->attribute[i] < 1 || s->attribute[i] > s->a->n || s->customer[i] < 1)
			return damaged();
		struct attribute *t = &s->a->one[s->attribute[i] - 1];

		if (s->value[i] < 1 || s->value[i] > idmap_count(t->values))
			return damaged();

		if (!make_cells(t, (size_t)s->customer[i]))
			return no_memory();
		t->cell[s->customer[i] - 1] = (struct cell){ .value = s->value[i], .day = s->day[i] == DAY_NONE ? ATTRIBUTE_NO_DAY : s->day[i], .stored = 1 };
	}
	return RC_OK;
}

static enum rc read_names(struct store *store, struct attributes *a)
{
	struct query *q = NULL;
	bool    row = true;
	int     at;
	enum rc rc = query_open(store, "statement/ingest_attributes", &q);

	while (rc == RC_OK && (rc = query_step(q, &row)) == RC_OK && row) {
		rc = attributes_find(a, query_text(q, 1), &at);
		if (rc == RC_OK && at + 1 != query_int(q, 0))
			rc = damaged();
		if (rc == RC_OK) {
			a->one[at].stored = true;
			a->one[at].changed = false;
		}
	}
	query_close(q);
	return rc;
}

enum rc attributes_read(struct run *run, struct store *store, struct attributes *a)
{
	struct stored_values *v = mem_new(1, sizeof *v);
	struct stored_cells  *c = mem_new(1, sizeof *c);
	const struct scan_column values[] = { { SCAN_I32, v->attribute }, { SCAN_I32, v->value }, { SCAN_TEXT, v->text } };
	const struct scan_column cells[] = { { SCAN_I32, c->attribute }, { SCAN_I32, c->customer }, { SCAN_I32, c->value }, { SCAN_I32, c->day } };
	enum rc rc = read_names(store, a);

	v->a = c->a = a;
	if (rc == RC_OK)
		rc = store_scan(store, "statement/ingest_attribute_values", &(struct scan){ values, 3, SCAN_BLOCK, take_values, v }, "");
	if (rc == RC_OK)
		rc = store_scan(store, "statement/ingest_attribute_cells", &(struct scan){ cells, 4, SCAN_BLOCK, take_cells, c }, "");
	free(v);
	free(c);
	return rc == RC_OK ? run_tick(run, "attributes", a->n, a->n) : rc;
}

/* Types */

/* How many customers have each value now; held[0] is of those who have none. */
static int32_t *count_holders(const struct attribute *t)
{
	int32_t *held = mem_try((size_t)idmap_count(t->values) + 1, sizeof *held);

	for (size_t i = 0; held != NULL && i < t->cells; i++)
		held[t->cell[i].value]++;
	return held;
}

/* 007, 0123-4: digits that are a name; 0 and 0.5 are numbers. */
static bool is_code(struct span s)
{
	return s.n > 1 && s.p[0] == '0' && s.p[1] >= '0' && s.p[1] <= '9';
}

static double number_of(struct span s, const struct number_form *f)
{
	struct currency none = { "" };
	struct decimal  d;

	if (is_code(s) || decimal_read(s.p, s.n, f, &d, &none) != NUMBER_OK || none.code[0] != '\0')
		return (double)NAN;
	return (double)d.digits / pow(10, d.scale);
}

static double day_of(struct span s, const struct date_format *f)
{
	day_t day;
	bool  offset;

	return date_read(s.p, s.n, f, &day, &offset) ? (double)day : (double)NAN;
}

static double value_of(struct span s, const char *word, const char *form)
{
	struct number_form number;
	struct date_format date;

	if (strcmp(word, "number") == 0 && number_form_read(form, &number))
		return number_of(s, &number);
	return strcmp(word, "day") == 0 && date_format_read(form, &date) ? day_of(s, &date) : (double)NAN;
}

static bool all_are(const struct attribute *t, const int32_t *held, const char *word, const char *form)
{
	bool any = false;

	for (int32_t v = 1; v <= idmap_count(t->values); v++) {
		if (held[v] == 0)
			continue;
		any = true;
		if (isnan(value_of(idmap_id(t->values, v), word, form)))
			return false;
	}
	return any;
}

/* The whole column decides; a column of days that two formats read is text: nobody said which. */
static void find_type(const struct attribute *t, const int32_t *held, const char **word, const char **form)
{
	static const char *const numbers[] = { "1234.56", "1,234.56", "1234,56", "1.234,56" };
	static const char *const days[] = { "YYYY-MM-DD", "YYYY/MM/DD", "DD/MM/YYYY", "MM/DD/YYYY", "DD.MM.YYYY", "DD-MM-YYYY", "MM-DD-YYYY" };
	size_t found = 0;

	*word = "number";
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		if (all_are(t, held, *word, *form = numbers[i]))
			return;
	*word = "day";
	for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
		if (all_are(t, held, *word, days[i]) && found++ == 0)
			*form = days[i];
	if (found != 1) {
		*word = "text";
		*form = "";
	}
}

/* Writing */

static enum rc write_values(struct store *store, const struct attribute *t, int64_t number, const int32_t *held, const char *word, const char *form)
{
	enum { ROWS = IDMAP_BATCH };
	struct append_span *text = mem_new(ROWS, sizeof *text);
	double *value = mem_new(ROWS, sizeof *value);
	enum rc rc = RC_OK;

	for (int64_t first = 1; rc == RC_OK && first <= idmap_count(t->values); first += ROWS) {
		size_t n = 0;

		for (; n < ROWS && first + (int64_t)n <= idmap_count(t->values); n++) {
			struct span s = idmap_id(t->values, (int32_t)first + (int32_t)n);

			text[n] = (struct append_span){ s.p, s.n };
			value[n] = value_of(s, word, form);
		}
		const struct append_column column[] = {
			{ .name = "attribute", .type = APPEND_SAME_I64, .data = &number },
			{ .name = "value", .type = APPEND_SEQUENCE, .data = &first },
			{ .name = "text", .type = APPEND_SPAN, .data = text },
			{ .name = "number", .type = APPEND_F64, .data = value },
			{ .name = "customers", .type = APPEND_I32, .data = held + first },
		};

		rc = store_append(store, "attribute_value", column, sizeof column / sizeof column[0], n);
	}
	free(text);
	free(value);
	return rc;
}

/* The attribute and its dictionary, written anew: who has a value may have changed for each. */
static enum rc write_dictionary(struct store *store, const struct attribute *t, int64_t number)
{
	int32_t *held = count_holders(t);
	const char *word, *form;
	int64_t customers = 0, different = 0;
	enum rc rc = held != NULL ? query_run(store, "statement/ingest_attribute_values_drop", "i", number) : no_memory();

	for (int32_t v = 1; rc == RC_OK && v <= idmap_count(t->values); v++) {
		customers += held[v];
		different += held[v] > 0;
	}
	if (rc == RC_OK) {
		find_type(t, held, &word, &form);
		rc = query_run(store, "statement/ingest_attribute_put", "itttiii", number, t->name, word, form, (int64_t)mask_is_personal(t->name), customers,
			different);
	}
	if (rc == RC_OK)
		rc = write_values(store, t, number, held, word, form);
	free(held);
	return rc;
}

static enum rc update_cells(struct store *store, const struct attribute *t, int64_t number)
{
	struct query *q = NULL;
	bool    row;
	enum rc rc = query_open(store, "statement/ingest_attribute_cell_update", &q);

	for (size_t i = 0; rc == RC_OK && i < t->cells; i++) {
		const struct cell *c = &t->cell[i];

		if (c->file == 0 || !c->stored)
			continue;
		query_bind_int(q, 1, number);
		query_bind_int(q, 2, (int64_t)i + 1);
		query_bind_int(q, 3, c->value);
		if (c->day == ATTRIBUTE_NO_DAY)
			query_bind_null(q, 4);
		else
			query_bind_int(q, 4, c->day);
		rc = query_step(q, &row);
	}
	query_close(q);
	return rc;
}

struct new_cells { size_t n; int32_t customer[IDMAP_BATCH], value[IDMAP_BATCH], day[IDMAP_BATCH]; };

static enum rc append_block(struct store *store, int64_t number, struct new_cells *b)
{
	const struct append_column column[] = {
		{ .name = "attribute", .type = APPEND_SAME_I64, .data = &number },
		{ .name = "customer", .type = APPEND_I32, .data = b->customer },
		{ .name = "value", .type = APPEND_I32, .data = b->value },
		{ .name = "day", .type = APPEND_I32, .data = b->day },
	};
	size_t n = b->n;

	b->n = 0;
	return n > 0 ? store_append(store, "customer_attribute", column, sizeof column / sizeof column[0], n) : RC_OK;
}

static enum rc append_cells(struct run *run, struct store *store, const struct attribute *t, int64_t number)
{
	struct new_cells *b = mem_new(1, sizeof *b);
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < t->cells; i++) {
		const struct cell *c = &t->cell[i];

		if (c->value == 0 || c->stored)
			continue;
		b->customer[b->n] = (int32_t)i + 1;
		b->value[b->n] = c->value;
		b->day[b->n++] = c->day == ATTRIBUTE_NO_DAY ? DAY_NONE : c->day;
		if (b->n == IDMAP_BATCH)
			rc = append_block(store, number, b);
		if (rc == RC_OK && (i & 65535) == 65535)
			rc = run_tick(run, "attributes", (int64_t)i, (int64_t)t->cells);
	}
	if (rc == RC_OK)
		rc = append_block(store, number, b);
	free(b);
	return rc;
}

enum rc attributes_write(struct run *run, struct store *store, struct attributes *a)
{
	enum rc rc = RC_OK;

	for (int i = 0; rc == RC_OK && i < a->n; i++) {
		const struct attribute *t = &a->one[i];

		if (!t->changed && t->stored)
			continue;
		rc = write_dictionary(store, t, i + 1);
		if (rc == RC_OK)
			rc = update_cells(store, t, i + 1);
		if (rc == RC_OK)
			rc = append_cells(run, store, t, i + 1);
	}
	return rc;
}
