/* The profile of files: each column's account in one pass. Not here: one column (column.c), how a file is read (look.c). */
#include "config.h"

#include "ingest/profile.h"

#include <stdlib.h>
#include <string.h>

#include "ingest/column.h"
#include "ingest/look_priv.h"
#include "ingest/mapping.h"
#include "ingest/reader.h"
#include "ingest/records.h"
#include "ingest/rules.h"

struct profile {
	struct look     look;
	uint32_t        columns;
	struct column **column;
	const char    **role;        /* of each column, or NULL */
	size_t          skip_lines;  /* before the first row */
	int             dated;       /* the column that gives the months; -1: none */
	struct date_format date;
	int64_t         read, profiled, unsound, blank;
	int64_t         month[COLUMN_MONTHS];
	int32_t        *day;         /* rows of each day from COLUMN_FIRST_YEAR on; NULL: nobody asked */
};

enum { DAYS = COLUMN_MONTHS * 31 };

/* --- how each column is read ------------------------------------------------------------------ */

static struct column_ask ask_of(struct profile *p, uint32_t column)
{
	struct look      *l = &p->look;
	struct reading    width = { .fields = p->columns };
	struct search     s = { .a = l->run->arena, .ask = &l->ask, .path = "", .sample = &l->sample, .header = &l->sample.row[l->header],
	                        .first = l->header + l->has_header, .r = &width };
	struct column_ask ask;
	int               role = search_column_ask(&s, (int)column, l->found ? &l->reading : NULL, p->columns, &ask);
	p->role[column] = role < ROLES ? role_word[role] : NULL;
	if (role == ROLE_DATE || (ask.dates == 1 && p->dated < 0 && ask.date[0].separator)) {
		p->dated = (int)column;
		p->date = ask.date[0];
	}
	return ask;
}

/* Where the rows begin, and a column for each field of the header. */
static void prepare(struct profile *p)
{
	struct look *l = &p->look;
	p->columns = look_columns(l);
	p->skip_lines = l->found ? l->reading.skip_lines : l->has_header ? l->sample.row[l->header].lines : l->sample.skip_lines;
	p->column = arena_alloc(l->run->arena, p->columns, sizeof(struct column *));
	p->role = arena_alloc(l->run->arena, p->columns, sizeof(char *));
	p->dated = -1;
	for (uint32_t i = 0; i < p->columns; i++) {
		struct column_ask ask = ask_of(p, i);
		p->column[i] = column_new(&ask);
	}
}

/* --- the pass --------------------------------------------------------------------------------- */

static bool is_blank(const struct record *r)
{
	for (uint32_t i = 0; i < r->fields && i < SPLIT_FIELDS; i++)
		if (span_trim(r->field[i]).n)
			return false;
	return true;
}

static int month_of(struct profile *p, const struct record *r)
{
	struct span v = p->dated >= 0 ? span_trim(r->field[p->dated]) : (struct span){ "", 0 };
	day_t       d;
	bool        offset;
	int         year, month, day;
	if (!v.n || !date_read(v.p, v.n, &p->date, &d, &offset))
		return -1;
	if (p->day && d >= 0 && d < DAYS)
		p->day[d]++;
	day_to_civil(d, &year, &month, &day);
	month += (year - COLUMN_FIRST_YEAR) * 12 - 1;
	return month >= 0 && month < COLUMN_MONTHS ? month : -1;
}

static void see_row(void *user, const struct record *r, size_t line)
{
	struct profile *p = user;
	int             month;
	if (line <= p->skip_lines || r->flags & RECORD_TAIL)
		return;
	p->read++;
	if (!(r->flags & (RECORD_STRAY | RECORD_UNCLOSED | RECORD_LONG)) && is_blank(r)) {
		p->blank++;
		return;
	}
	if (r->fields != p->columns || r->flags & (RECORD_STRAY | RECORD_UNCLOSED | RECORD_LONG)) {
		p->unsound++;
		return;
	}
	month = month_of(p, r);
	p->profiled++;
	if (month >= 0)
		p->month[month]++;
	for (uint32_t i = 0; i < p->columns; i++) {
		const struct rules *rules = &p->look.rules;
		struct span         v = span_trim(r->field[i]);
		if (missing_text(&rules->missing, v) || (p->role[i] && p->role[i] == role_word[ROLE_CUSTOMER] && missing_text(&rules->missing_customer, v)))
			column_add_missing(p->column[i]);
		else
			column_add(p->column[i], v, month);
	}
}

static enum rc pass(struct profile *p)
{
	struct look     *l = &p->look;
	struct splitter *s = split_new(l->found ? l->reading.delimiter : l->sample.delimiter, l->rules.max_row);
	split_quote(s, l->found ? l->reading.quote : l->sample.quote);
	enum rc rc = records_each(l->run, l->reader, s, see_row, p);
	split_free(s);
	return rc;
}

/* --- what it says ----------------------------------------------------------------------------- */

static void set_months(const struct profile *p, struct js *js, int *first, int *last)
{
	struct js *months = js_array();
	char       text[16];
	*first = 0;
	*last = COLUMN_MONTHS - 1;
	while (*first <= *last && !p->month[*first])
		++*first;
	while (*last >= *first && !p->month[*last])
		--*last;
	for (int i = *first; i <= *last; i++)
		js_add(months, js_int(p->month[i]));
	day_format(text, day_from_civil(COLUMN_FIRST_YEAR + (*first % COLUMN_MONTHS) / 12, *first % 12 + 1, 1));
	text[7] = '\0';
	js_set_text(js, "months_by", js_count(months) ? look_name(&p->look, (uint32_t)p->dated) : NULL);
	js_set_text(js, "first_month", js_count(months) ? text : NULL);
	js_set(js, "months", months);
}

static void set_values(const struct profile *p, uint32_t column, struct js *c)
{
	struct js *values = column_values(p->column[column]);
	js_set(c, "values", values ? values : js_null());
}

static void set_days(const struct profile *p, struct js *js)
{
	struct js *days = js_array();
	for (int d = 0; d < DAYS; d++)
		if (p->day[d]) {
			struct js *one = js_array();
			js_add(one, js_int(d));
			js_add(one, js_int(p->day[d]));
			js_add(days, one);
		}
	js_set(js, "days", days);
}

static struct js *profile_json(const struct profile *p, const struct js *doubts)
{
	const struct look *l = &p->look;
	struct js         *js = js_object(), *columns = js_array(), *open = js_array();
	char               delimiter[8];
	int                first, last;
	js_set_text(js, "file", reader_path(l->reader));
	js_set_int(js, "bytes", (int64_t)reader_size(l->reader));
	js_set_text(js, "encoding", reader_encoding(l->reader));
	js_set_text(js, "delimiter", reading_delimiter(&(struct reading){ .delimiter = l->found ? l->reading.delimiter : l->sample.delimiter }, delimiter));
	js_set_bool(js, "header", l->has_header);
	js_set_int(js, "read", p->read);
	js_set_int(js, "profiled", p->profiled);
	js_set_int(js, "unsound", p->unsound);
	js_set_int(js, "blank", p->blank);
	for (size_t i = 0; i < js_count(doubts); i++)
		js_add_text(open, js_text_of(js_get(js_at(doubts, i), "question")));
	js_set(js, "doubts", open);
	set_months(p, js, &first, &last);
	for (uint32_t i = 0; i < p->columns; i++) {
		struct js *c = js_object(), *said = column_json(p->column[i], first, last);
		js_set_int(c, "number", i + 1);
		js_set_text(c, "name", look_name(l, i));
		js_set_text(c, "role", p->role[i]);
		for (size_t k = 0; k < js_count(said); k++)
			js_set(c, js_key_at(said, k), js_copy(js_get(said, js_key_at(said, k))));
		js_free(said);
		if (p->day)
			set_values(p, i, c);
		js_add(columns, c);
	}
	js_set(js, "columns", columns);
	if (p->day)
		set_days(p, js);
	return js;
}

/* --- files ------------------------------------------------------------------------------------ */

/* What the table of a mapping says about reading the file, where no option does. */
static const struct mapping_table *take_table(struct import_ask *ask)
{
	const struct mapping_table *t = ask->mapping ? mapping_table_of(ask->mapping, ask->path[0]) : NULL;
	ask->mapping = NULL;
	if (!t)
		return NULL;
	ask->encoding = ask->encoding ? ask->encoding : t->encoding;
	ask->delimiter = ask->delimiter ? ask->delimiter : t->delimiter;
	ask->quote = ask->quote ? ask->quote : t->quote;
	ask->skip_lines = ask->skip_lines ? ask->skip_lines : t->skip_lines;
	ask->numbers = ask->numbers ? ask->numbers : t->numbers;
	ask->date_format = ask->date_format ? ask->date_format : t->date_format;
	return t;
}

static enum rc profile_open(struct profile *p, struct js *files, const struct mapping_table *t)
{
	struct look *l = &p->look;
	struct js   *doubts = js_array();
	struct err   against = {0};
	enum rc      rc = look_settle(l, doubts, &against);
	if (!rc && !l->sample.rows) {
		err_restore(&against);
		rc = against.rc;
	}
	if (!rc && t && t->header == HEADER_NONE) { /* then the first row is a row */
		l->found = l->has_header = false;
		l->header = 0;
	}
	if (!rc) {
		prepare(p);
		rc = pass(p);
	}
	if (!rc)
		js_add(files, profile_json(p, t ? NULL : doubts));
	for (uint32_t i = 0; p->column && i < p->columns; i++)
		column_free(p->column[i]);
	js_free(doubts);
	return rc;
}

static enum rc profile_file(struct run *run, const struct import_ask *ask, const char *const *path, bool whole, struct js *files)
{
	struct profile *p = arena_alloc(run->arena, 1, sizeof *p);
	struct look    *l = &p->look;
	bool            stop;
	*l = (struct look){ .run = run, .ask = *ask };
	if (whole)
		p->day = arena_alloc(run->arena, DAYS, sizeof *p->day);
	l->ask.path = path;
	l->ask.paths = 1;
	const struct mapping_table *t = take_table(&l->ask);
	enum rc                     rc = rules_make(run, NULL, &l->ask, &l->rules, &stop);
	rc = rc ? rc : look_open(l);
	if (rc)
		return rc;
	rc = profile_open(p, files, t);
	reader_close(l->reader);
	return rc;
}

static enum rc profile_files(struct run *run, const struct import_ask *ask, bool whole, struct js **result)
{
	struct js *files = js_array();
	enum rc    rc = RC_OK;
	for (size_t i = 0; !rc && i < ask->paths; i++)
		rc = profile_file(run, ask, &ask->path[i], whole, files);
	if (rc) {
		js_free(files);
		return rc;
	}
	*result = js_object();
	js_set(*result, "files", files);
	return RC_OK;
}

enum rc import_profile(struct run *run, const struct import_ask *ask, struct js **result)
{
	return profile_files(run, ask, false, result);
}

enum rc import_profile_whole(struct run *run, const struct import_ask *ask, struct js **result)
{
	return profile_files(run, ask, true, result);
}
