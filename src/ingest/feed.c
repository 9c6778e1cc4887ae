/* Reads the feeds of a mapping. Owns raw_feed, raw_feed_check. Not here: what an attribute is (attribute.c), rows of purchases (parse.c). */
#include "config.h"

#include "ingest/feed.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "ingest/attribute.h"
#include "ingest/missing.h"
#include "ingest/reader.h"
#include "ingest/records.h"
#include "ingest/sniff.h"
#include "module/audit.h"
#include "store/query.h"

enum { KEEPS_MOST = 16, CHECKS_MOST = 8, EXAMPLES = 5 };

struct feed { const char *entity, *day, *seen; };
struct keep { const char *entity, *column, *attribute; };
enum check_kind { CHECK_VALUES, CHECK_RANGE, CHECK_ORDER };
struct check { const char *entity, *column; enum check_kind kind; const char *other; double low, high; }; /* other: the values, or the second column */

static const struct feed feeds[] = {
#define FEED(entity_, day_, seen_) { entity_, day_, seen_ },
#define KEEP(entity_, column_, attribute_)
#define VALUES(entity_, column_, values_)
#define RANGE(entity_, column_, low_, high_)
#define ORDER(entity_, first_, second_)
#include "ingest/feed.def"
#undef FEED
#undef KEEP
};

static const struct keep keeps[] = {
#define FEED(entity_, day_, seen_)
#define KEEP(entity_, column_, attribute_) { entity_, column_, attribute_ },
#include "ingest/feed.def"
#undef KEEP
#undef VALUES
#undef RANGE
#undef ORDER
};

static const struct check checks[] = {
#define KEEP(entity_, column_, attribute_)
#define VALUES(entity_, column_, values_) { entity_, column_, CHECK_VALUES, values_, 0, 0 },
#define RANGE(entity_, column_, low_, high_) { entity_, column_, CHECK_RANGE, NULL, low_, high_ },
#define ORDER(entity_, first_, second_) { entity_, first_, CHECK_ORDER, second_, 0, 0 },
#include "ingest/feed.def"
#undef FEED
#undef KEEP
#undef VALUES
#undef RANGE
#undef ORDER
};

enum { FEEDS = sizeof feeds / sizeof feeds[0], KEEPS = sizeof keeps / sizeof keeps[0], CHECKS = sizeof checks / sizeof checks[0] };

/* A value that is kept, bound to this file. */
struct bound_keep { const char *name; int which; int column; }; /* attribute; column of the table, -1 - i: its attribute i, SEEN */

enum { SEEN = INT32_MIN };

struct bound_check { const struct check *check; int column, other; int64_t hits, total; struct js *examples; };

struct feed_tally { int64_t read, kept, left_out, no_customer, bad_day, unsound, blank; };

/* One file at work. */
struct reading_feed {
	struct run               *run;
	const struct feed_ask    *ask;
	const struct feed        *feed;
	struct mapped_row         row;
	struct attributes        *attributes; /* NULL: nothing is stored */
	uint32_t                  fields;
	char                      delimiter, quote;
	size_t                    header;     /* the line that the header ends before; rows begin there */
	int                       customer, day; /* columns of the table; -1: none */
	struct bound_keep         keep[KEEPS_MOST + READING_ATTRIBUTES];
	size_t                    keeps;
	struct bound_check        check[CHECKS_MOST];
	size_t                    checks;
	struct feed_tally         tally;
	enum rc                   rc;
};

static const struct feed *find_feed(const char *entity)
{
	for (size_t i = 0; i < FEEDS; i++)
		if (strcmp(feeds[i].entity, entity) == 0)
			return &feeds[i];
	return NULL;
}

bool feed_is(const char *entity)
{
	return find_feed(entity) != NULL;
}

/* Binding */

static int column_of(const struct mapping_table *t, const char *name)
{
	for (size_t i = 0; i < t->columns; i++)
		if (strcmp(t->column[i].name, name) == 0)
			return (int)i;
	return -1;
}

static enum rc add_keep(struct reading_feed *f, const char *attribute, int column)
{
	struct bound_keep *k = &f->keep[f->keeps++];

	k->name = attribute;
	k->column = column;
	return f->attributes != NULL ? attributes_find(f->attributes, attribute, &k->which) : RC_OK;
}

static enum rc bind_keeps(struct reading_feed *f)
{
	const struct mapping_table *t = f->ask->table;
	enum rc rc = *f->feed->seen != '\0' ? add_keep(f, f->feed->seen, SEEN) : RC_OK;

	for (size_t i = 0; rc == RC_OK && i < KEEPS; i++)
		if (strcmp(keeps[i].entity, t->entity) == 0 && column_of(t, keeps[i].column) >= 0)
			rc = add_keep(f, keeps[i].attribute, column_of(t, keeps[i].column));
	for (size_t i = 0; rc == RC_OK && i < t->attributes; i++)
		rc = add_keep(f, t->attribute[i].name, -1 - (int)i);
	return rc;
}

static void bind_checks(struct reading_feed *f)
{
	const struct mapping_table *t = f->ask->table;

	for (size_t i = 0; i < CHECKS; i++) {
		const struct check *c = &checks[i];
		int column = column_of(t, c->column), other = c->kind == CHECK_ORDER ? column_of(t, c->other) : -1;

		if (strcmp(c->entity, t->entity) == 0 && column >= 0 && (c->kind != CHECK_ORDER || other >= 0))
			f->check[f->checks++] = (struct bound_check){ .check = c, .column = column, .other = other, .examples = js_array() };
	}
}

static enum rc bind(struct reading_feed *f)
{
	const struct mapping_table *t = f->ask->table;
	const struct import_ask ask = { .delimiter = t->delimiter, .quote = t->quote, .skip_lines = t->skip_lines };
	const struct mapped *mapped;
	struct window w;
	struct sample s;
	enum rc rc = sniff_sample(f->run, &ask, f->ask->reader, f->ask->rules->max_row, &w, &s);

	if (rc == RC_OK)
		rc = mapped_bind(f->run->arena, t, f->ask->joins, t->numbers, t->header != HEADER_NONE ? &s.row[0] : NULL, s.row[0].fields, f->ask->path, &mapped);
	if (rc != RC_OK)
		return rc;
	mapped_row_init(&f->row, mapped);
	f->fields = s.row[0].fields;
	f->delimiter = s.delimiter;
	f->quote = s.quote;
	f->header = t->header != HEADER_NONE ? s.row[0].lines : 0;
	f->customer = column_of(t, "customer_id");
	f->day = column_of(t, f->feed->day);
	if (f->customer < 0)
		return err_do(err_where(err_set(RC_CONFIG, "MAP-107", "a table of %s needs the column customer_id to be kept", t->entity), t->exprs.file, t->line, 0),
			"map it, or make the table an entity: lookup");
	rc = bind_keeps(f);
	bind_checks(f);
	return rc;
}

/* Values */

static struct span value(const struct reading_feed *f, int column)
{
	struct span v = column == -1 ? (struct span){ "", 0 } : mapped_column(&f->row, (size_t)column);

	if (missing_text(&f->ask->rules->missing, v))
		v.n = 0;
	return v;
}

/* By the column's own function, the table's format, or as ISO. */
static bool moment(const struct reading_feed *f, int column, struct date_time *out)
{
	const struct mapping_table *t = f->ask->table;
	const char *form = expr_date_format(t->column[column].expr);
	struct span v = value(f, column);
	struct date_format format;

	form = form != NULL ? form : t->date_format != NULL ? t->date_format : "YYYY-MM-DD";
	return v.n > 0 && date_format_read(form, &format) && date_time_read(v.p, v.n, &format, out);
}

static int64_t seconds_of(const struct date_time *t)
{
	return (int64_t)t->day * 86400 + t->seconds - t->east;
}

/* Checks of a row */

static bool is_word(struct span v, const char *words)
{
	while (*words != '\0') {
		size_t n = strcspn(words, " ");

		if (n == v.n && strncasecmp(words, v.p, n) == 0)
			return true;
		words += n + strspn(words + n, " ");
	}
	return false;
}

/* false: the row has nothing to check. */
static bool holds(const struct reading_feed *f, const struct bound_check *b, bool *good)
{
	const struct check *c = b->check;
	struct span v = value(f, b->column);
	struct number_form form = f->row.mapped->form;
	struct currency none;
	struct date_time first, second;
	struct decimal d;

	if (v.n == 0)
		return false;
	if (c->kind == CHECK_VALUES) {
		*good = is_word(v, c->other);
	} else if (c->kind == CHECK_RANGE) {
		double x = decimal_read(v.p, v.n, &form, &d, &none) == NUMBER_OK ? (double)d.digits / pow(10, d.scale) : c->low - 1;

		*good = x >= c->low && x <= c->high;
	} else {
		if (value(f, b->other).n == 0)
			return false;
		*good = moment(f, b->column, &first) && moment(f, b->other, &second) && seconds_of(&first) <= seconds_of(&second);
	}
	return true;
}

static void check_row(struct reading_feed *f, size_t line)
{
	for (size_t i = 0; i < f->checks; i++) {
		struct bound_check *b = &f->check[i];
		bool good = true;

		b->total += holds(f, b, &good);
		if (good || b->hits++ >= EXAMPLES)
			continue;
		struct span v = value(f, b->column), w = b->other >= 0 ? value(f, b->other) : (struct span){ "", 0 };
		struct str t = { 0 };

		str_addf(&t, "line %zu: ", line);
		str_add_visible(&t, v.p, v.n < 40 ? v.n : 40);
		str_add(&t, w.n > 0 ? " after " : "");
		str_add_visible(&t, w.p, w.n < 40 ? w.n : 40);
		js_add_text(b->examples, t.s);
		str_clear(&t);
	}
}

/* Rows */

static enum rc note_row(struct reading_feed *f, struct span customer, day_t day)
{
	struct book *book = load_book(f->ask->load);
	char    iso[16];
	int32_t code, when = day;
	enum rc rc = book_codes(book, &customer, 1, &code);

	if (rc == RC_OK)
		rc = book_add(book, &code, &when, NULL, 0);
	if (day != ATTRIBUTE_NO_DAY)
		day_format(iso, day);
	for (size_t i = 0; rc == RC_OK && i < f->keeps; i++) {
		const struct bound_keep *k = &f->keep[i];
		struct span v = k->column == SEEN ? (day == ATTRIBUTE_NO_DAY ? (struct span){ "yes", 3 } : (struct span){ iso, (uint32_t)strlen(iso) })
			: k->column >= 0 ? value(f, k->column) : f->row.attribute[-1 - k->column];

		if (k->column < 0 && k->column != SEEN && missing_text(&f->ask->rules->missing, v))
			v.n = 0;
		rc = attributes_note(f->attributes, k->which, &code, &when, &v, 1);
	}
	return rc;
}

static bool is_no_customer(const struct reading_feed *f, struct span v)
{
	return v.n == 0 || missing_text(&f->ask->rules->missing_customer, v);
}

/* What the row's day is; false: it has none that can be read, or one to come. */
static bool day_of(const struct reading_feed *f, day_t *out)
{
	struct date_time t;

	*out = ATTRIBUTE_NO_DAY;
	if (*f->feed->day == '\0')
		return true;
	if (f->day < 0 || !moment(f, f->day, &t) || t.day > f->ask->rules->today)
		return false;
	*out = t.day;
	return true;
}

static bool is_blank(const struct record *r)
{
	for (uint32_t i = 0; i < r->fields && i < SPLIT_FIELDS; i++)
		if (span_trim(r->field[i]).n > 0)
			return false;
	return r->flags == 0;
}

static void take_row(struct reading_feed *f, const struct record *r, size_t line)
{
	struct span customer;
	day_t day;

	mapped_take(&f->row, r);
	if (f->row.rule >= 0) {
		f->tally.left_out++;
		return;
	}
	customer = value(f, f->customer);
	if (is_no_customer(f, customer)) {
		f->tally.no_customer++;
		return;
	}
	check_row(f, line);
	if (!day_of(f, &day)) {
		f->tally.bad_day++;
		return;
	}
	f->tally.kept++;
	if (f->attributes != NULL)
		f->rc = note_row(f, customer, day);
}

static void see(void *user, const struct record *r, size_t line)
{
	struct reading_feed *f = user;

	if (f->rc != RC_OK || line <= f->header || (r->flags & RECORD_TAIL) != 0)
		return;
	f->tally.read++;
	if (is_blank(r))
		f->tally.blank++;
	else if (r->fields != f->fields || (r->flags & (RECORD_STRAY | RECORD_UNCLOSED | RECORD_LONG | RECORD_NUL)) != 0 ||
		((r->flags & RECORD_HIGH) != 0 && str_utf8_valid(r->p, r->n) < r->n))
		f->tally.unsound++;
	else
		take_row(f, r, line);
	if ((f->tally.read & 4095) == 0)
		mapped_forget(&f->row);
}

/* What became of it */

static int64_t unusable(const struct feed_tally *t)
{
	return t->no_customer + t->bad_day + t->unsound;
}

static bool passes(const struct reading_feed *f)
{
	const struct feed_tally *t = &f->tally;

	return (t->kept + t->left_out) * 100 >= f->ask->percent * (t->read - t->blank);
}

static enum rc refuse(const struct reading_feed *f)
{
	const struct feed_tally *t = &f->tally;
	enum rc rc = err_set(RC_DATA, "ATTR-102", "only %lld of %lld rows of %s can be used: %lld lack a customer, %lld a day that has been, %lld cannot be read",
		(long long)t->kept, (long long)(t->read - t->blank), f->ask->table->entity, (long long)t->no_customer, (long long)t->bad_day, (long long)t->unsound);

	err_where(rc, f->ask->path, 0, 0);
	return err_do(rc, "mend the file or the mapping; %d of 100 are asked for (gate.accepted_percent)", f->ask->percent);
}

static enum rc store_checks(struct reading_feed *f, int64_t feed_id)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < f->checks; i++) {
		const struct bound_check *b = &f->check[i];
		bool order = b->check->kind == CHECK_ORDER;
		struct str examples = { 0 };

		js_write(&examples, b->examples, false, false);
		rc = query_run(f->ask->store, "statement/ingest_feed_check", "ittiit", feed_id, order ? "G9" : "G8",
			order ? arena_printf(f->run->arena, "%s.%s to %s", b->check->entity, b->check->column, b->check->other)
			      : arena_printf(f->run->arena, "%s.%s", b->check->entity, b->check->column),
			b->hits, b->total, examples.s);
		str_clear(&examples);
	}
	return rc;
}

static enum rc store_record(struct reading_feed *f)
{
	const struct feed_ask *a = f->ask;
	const struct feed_tally *t = &f->tally;
	struct js *js = js_object();
	char now[32];
	enum rc rc;

	clock_now(now);
	rc = query_run(a->store, "statement/ingest_feed", "titttiiiiiiit", a->path, (int64_t)reader_size(a->reader), a->digest,
		a->table->source, a->table->entity, t->read, t->kept, t->left_out, t->no_customer, t->bad_day, t->unsound, t->blank, now);
	if (rc == RC_OK)
		rc = store_checks(f, store_last_rowid(a->store));
	js_set_text(js, "file", a->path);
	js_set_text(js, "digest", a->digest);
	js_set_text(js, "status", "accepted");
	js_set_text(js, "entity", a->table->entity);
	js_set_int(js, "read", t->read);
	js_set_int(js, "accepted", t->kept);
	js_set_int(js, "quarantined", unusable(t));
	if (rc == RC_OK)
		return audit_append(a->store, "import", "clv", js, NULL);
	js_free(js);
	return rc;
}

static struct js *result(const struct reading_feed *f, bool refused)
{
	const struct feed_tally *t = &f->tally;
	struct js *js = js_object(), *notes = js_array(), *none = js_object();
	struct str text = { 0 };

	js_set_text(js, "file", f->ask->path);
	js_set_int(js, "bytes", (int64_t)reader_size(f->ask->reader));
	js_set_int(js, "read", t->read);
	js_set_int(js, "accepted", refused ? 0 : t->kept);
	js_set_int(js, "quarantined", 0);
	js_set_int(js, "duplicate", 0);
	js_set_int(js, "blank", t->blank);
	js_set_int(js, "unusable", unusable(t));
	js_set_int(js, "left_out_rows", t->left_out);
	js_set(js, "reasons", none);
	js_set_text(js, "status", refused ? "refused" : "feed");
	js_set_text(js, "entity", f->ask->table->entity);
	js_set_bool(js, "known", false);
	str_addf(&text, "%s: kept of each customer, the last value: ", f->ask->table->entity);
	for (size_t i = 0; i < f->keeps; i++)
		str_addf(&text, "%s%s", i > 0 ? ", " : "", f->keep[i].name);
	js_add_text(notes, text.s);
	str_clear(&text);
	if (unusable(t) > 0)
		js_add_text(notes, arena_printf(f->run->arena, "%lld rows are not used: %lld lack a customer, %lld a day that has been, %lld cannot be read",
			(long long)unusable(t), (long long)t->no_customer, (long long)t->bad_day, (long long)t->unsound));
	for (size_t i = 0; i < f->checks; i++)
		if (f->check[i].hits > 0)
			js_add_text(notes, arena_printf(f->run->arena, "%s.%s: %lld of %lld values are not what they should be, %s", f->check[i].check->entity,
				f->check[i].check->column, (long long)f->check[i].hits, (long long)f->check[i].total, js_text_of(js_at(f->check[i].examples, 0))));
	js_set(js, "notes", notes);
	return js;
}

static enum rc read_feed(struct reading_feed *f)
{
	struct splitter *split;
	enum rc rc = bind(f);

	if (rc != RC_OK)
		return rc;
	split = split_new(f->delimiter, f->ask->rules->max_row);
	split_quote(split, f->quote);
	rc = records_each(f->run, f->ask->reader, split, see, f);
	split_free(split);
	return rc == RC_OK ? f->rc : rc;
}

enum rc feed_import(struct run *run, const struct feed_ask *ask, struct js **out, bool *refused)
{
	struct reading_feed f = { .run = run, .ask = ask, .feed = find_feed(ask->table->entity) };
	enum rc rc = RC_OK;

	*refused = false;
	if (ask->store != NULL)
		rc = load_attributes(ask->load, &f.attributes);
	if (rc == RC_OK)
		rc = load_file_begin(ask->load, 0);
	if (rc == RC_OK)
		rc = read_feed(&f);
	if (rc == RC_OK && !passes(&f)) {
		*refused = true;
		rc = load_file_undo(ask->load);
	} else if (rc == RC_OK && ask->store != NULL) {
		rc = store_record(&f);
	}
	if (rc == RC_OK)
		*out = result(&f, *refused);
	if (rc == RC_OK && *refused)
		refuse(&f);
	for (size_t i = 0; i < f.checks; i++)
		js_free(f.check[i].examples);
	mapped_row_clear(&f.row);
	return rc;
}
