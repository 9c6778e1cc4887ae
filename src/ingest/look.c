/* The import's eyes without its hands: sniffs a file as import does, judges its first rows, and turns what import would refuse as
 * ambiguous into questions. Not here: how a reading is found (sniff.c, reading.c), how a row is judged (judge.c). */
#include "config.h"

#include "ingest/look.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ingest/judge.h"
#include "ingest/look_priv.h"
#include "ingest/reader.h"
#include "ingest/rules.h"
#include "ingest/sniff.h"
#include "ingest/spool.h"
#include "module/purchase.h"

enum { DOUBTS_MOST = 6, TEXT_KEPT = 200 };

/* --- columns ---------------------------------------------------------------------------------- */

/* Up to LOOK_SAMPLES different values. */
static struct js *samples_of(const struct look *l, uint32_t column)
{
	struct js  *list = js_array();
	struct span kept[LOOK_SAMPLES];
	size_t      n = 0;
	for (size_t i = l->header + l->has_header; i < l->sample.rows && n < LOOK_SAMPLES; i++) {
		struct span c = look_cell(l, i, column);
		bool        again = false;
		for (size_t k = 0; k < n; k++)
			again = again || (kept[k].n == c.n && !memcmp(kept[k].p, c.p, c.n));
		if (again || !c.n)
			continue;
		struct str t = {0};
		str_add_visible(&t, c.p, c.n < 40 ? c.n : 40);
		js_add_text(list, t.s);
		str_clear(&t);
		kept[n++] = c;
	}
	return list;
}

static const char *role_name(const struct look *l, uint32_t column)
{
	for (int role = 0; l->found && role < ROLES; role++)
		if (l->reading.column[role] == (int)column)
			return role_word[role];
	return NULL;
}

/* Which reasons speak against a column. */
static uint64_t reasons_about(const char *role)
{
	if (!strcmp(role, "customer"))
		return REASON_BIT(REASON_MISSING_CUSTOMER);
	if (!strcmp(role, "date"))
		return REASON_BIT(REASON_MISSING_DATE) | REASON_BIT(REASON_BAD_DATE) | REASON_BIT(REASON_EARLY_DATE) | REASON_BIT(REASON_FUTURE_DATE);
	if (!strcmp(role, "quantity"))
		return REASON_BIT(REASON_BAD_QUANTITY);
	if (!strcmp(role, "currency"))
		return REASON_BIT(REASON_MIXED_CURRENCY);
	if (!strcmp(role, "amount") || !strcmp(role, "price"))
		return REASON_BIT(REASON_MISSING_AMOUNT) | REASON_BIT(REASON_BAD_AMOUNT) | REASON_BIT(REASON_TOO_MANY_DECIMALS) | REASON_BIT(REASON_OVERFLOW);
	return 0;
}

static struct js *column_json(const struct look *l, uint32_t column)
{
	struct js  *js = js_object();
	const char *role = role_name(l, column);
	int64_t     bad = 0;
	js_set_int(js, "number", column + 1);
	js_set_text(js, "name", look_name(l, column));
	js_set(js, "samples", samples_of(l, column));
	js_set_text(js, "role", role);
	for (size_t i = 0; role && i < l->verdicts; i++)
		bad += (l->reasons[i] & reasons_about(role)) != 0;
	js_set(js, "parsed", role && l->verdicts ? js_real(1 - (double)bad / (double)l->verdicts) : js_null());
	return js;
}

/* --- judging the first rows ------------------------------------------------------------------- */

static struct js *row_json(const struct look *l, const struct verdict *v, size_t line)
{
	struct js *js = js_object();
	struct str t = {0};
	char       day[16], amount[32];
	str_add_visible(&t, v->customer.p, v->customer.n < 60 ? v->customer.n : 60);
	day_format(day, v->day);
	js_set_int(js, "line", (int64_t)line);
	js_set_text(js, "customer", t.s);
	js_set_text(js, "day", day);
	if (v->minor != MONEY_NONE)
		str_minor(amount, v->minor, l->rules.decimals);
	js_set_text(js, "amount", v->minor != MONEY_NONE ? amount : NULL);
	str_clear(&t);
	return js;
}

static struct js *aside_json(const struct record *r, const struct verdict *v, size_t line)
{
	struct js *js = js_object();
	struct str t = {0};
	str_add_visible(&t, r->p, r->n < TEXT_KEPT ? r->n : TEXT_KEPT);
	js_set_int(js, "line", (int64_t)line);
	js_set_text(js, "text", t.s);
	t.n = 0;
	reason_add_codes(&t, v->reasons);
	js_set_text(js, "reasons", t.s);
	str_clear(&t);
	return js;
}

/* Counts and the first of each kind. */
struct preview { struct js *rows, *aside; int64_t judged, accepted, set_aside, negative; };

static void take_row(struct look *l, struct preview *p, const struct record *r, const struct verdict *v, size_t line)
{
	p->negative += v->negative;
	if (v->negative && !*l->negative && v->minor != MONEY_NONE)
		str_minor(l->negative, v->minor, l->rules.decimals);
	if (v->blank)
		return;
	p->judged++;
	l->reasons[l->verdicts++] = v->reasons;
	p->accepted += !v->reasons;
	p->set_aside += v->reasons != 0;
	if (!v->reasons && js_count(p->rows) < LOOK_ROWS)
		js_add(p->rows, row_json(l, v, line));
	else if (v->reasons && js_count(p->aside) < LOOK_ROWS)
		js_add(p->aside, aside_json(r, v, line));
}

/* The rows of the first window, SAMPLE_ROWS at most. */
static enum rc judge_window(struct look *l, const struct window *w, struct preview *p)
{
	struct splitter *s = split_new(l->reading.delimiter, l->rules.max_row);
	struct judge     j;
	size_t           at = l->reading.skip_bytes, line = l->reading.skip_lines + 1;
	enum rc          rc = RC_OK;
	split_quote(s, l->reading.quote);
	judge_init(&j, &l->rules, &l->reading);
	while (!rc && at < w->n && l->verdicts < SAMPLE_ROWS) {
		struct record  r;
		struct verdict v;
		bool           whole;
		split_forget(s);
		rc = split_next(s, w->text + at, w->n - at, w->last, &r, &whole);
		if (rc || !whole)
			break;
		if (!(r.flags & RECORD_TAIL)) {
			judge_row(&j, &r, &v);
			take_row(l, p, &r, &v, line);
		}
		at += r.used;
		line += r.lines;
	}
	split_free(s);
	return rc;
}

static enum rc preview(struct look *l, struct js *result)
{
	struct window  w;
	struct preview p = { .rows = js_array(), .aside = js_array() };
	struct js     *js = js_object();
	reader_rewind(l->reader, false);
	enum rc rc = reader_read(l->reader, 0, &w);
	l->reasons = arena_alloc(l->run->arena, SAMPLE_ROWS, sizeof *l->reasons);
	l->verdicts = 0;
	rc = rc ? rc : judge_window(l, &w, &p);
	js_set(js, "rows", p.rows);
	js_set(js, "aside", p.aside);
	js_set_int(js, "judged", p.judged);
	js_set_int(js, "accepted", p.accepted);
	js_set_int(js, "set_aside", p.set_aside);
	js_set_int(js, "negative", p.negative);
	js_set(result, "preview", js);
	l->negatives = p.negative > 0;
	return rc;
}

/* --- the look --------------------------------------------------------------------------------- */

static void set_error(struct js *result, const struct err *e)
{
	struct js *error = js_object();
	js_set_text(error, "code", e->id);
	js_set_text(error, "why", e->why);
	js_set_int(error, "line", (int64_t)e->line);
	js_set_text(error, "todo", e->todo);
	js_set(result, "error", error);
}

static void set_file(const struct look *l, struct js *result)
{
	char          delimiter[8];
	double        rows = (double)l->sample.rows, seen = l->sample.rows ? (double)l->sample.row[l->sample.rows - 1].end : 0;
	bool          exact = l->whole && l->sample.rows < SAMPLE_ROWS;
	js_set_text(result, "file", reader_path(l->reader));
	js_set_int(result, "bytes", (int64_t)reader_size(l->reader));
	js_set_text(result, "encoding", reader_encoding(l->reader));
	js_set_text(result, "pack", reader_pack(l->reader));
	js_set_text(result, "delimiter", l->sample.row ? reading_delimiter(&(struct reading){ .delimiter = l->sample.delimiter }, delimiter) : NULL);
	js_set_text(result, "quote", l->sample.quote ? (char[]){ l->sample.quote, 0 } : "none");
	js_set_bool(result, "header", l->has_header);
	rows -= (double)(l->header + l->has_header);
	js_set_int(result, "rows", exact || seen <= 0 ? (int64_t)rows : (int64_t)(rows * (double)reader_size(l->reader) / seen));
	js_set_bool(result, "exact", exact);
}

/* Where the header stands: as the reading says, else the first row that names both, else the first. */
static void place_header(struct look *l)
{
	l->header = 0;
	l->has_header = !l->found || l->reading.header;
	for (size_t i = 0; i < l->sample.rows && i < READING_TITLES; i++) {
		struct sample under = l->sample;
		sample_drop(&under, i);
		if (l->found ? l->sample.row[i].lines == l->reading.skip_lines : reading_named(&under) == 2) {
			l->header = i;
			return;
		}
	}
}

/* Another encoding: the text is another one. */
static enum rc read_again(struct look *l)
{
	struct reader *other;
	struct window  w;
	enum rc        rc = reader_again(l->reader, l->ask.encoding, &other);
	if (rc)
		return rc;
	reader_close(l->reader);
	l->reader = other;
	rc = sniff_sample(l->run, &l->ask, l->reader, l->rules.max_row, &w, &l->sample);
	if (rc == RC_DATA)
		err_clear();
	return rc == RC_DATA ? RC_OK : rc;
}

/* One more try; what stands against it becomes a doubt with its first way taken, or the error. */
static enum rc settle(struct look *l, struct js *doubts, struct err *against)
{
	for (int i = 0; i < DOUBTS_MOST; i++) {
		enum rc    rc = sniff_file(l->run, &l->ask, l->reader, l->rules.max_row, NULL, &l->reading);
		struct err e = *err_get();
		struct js *doubt;
		l->found = !rc;
		place_header(l);
		if (!rc || rc == RC_CANCELLED || rc == RC_NOMEM || rc == RC_IO)
			return rc;
		doubt = l->sample.rows ? look_doubt(l, &e) : NULL;
		err_clear();
		if (!doubt) {
			*against = e;
			return RC_OK;
		}
		look_take(l, doubt);
		js_add(doubts, doubt);
		if (!strcmp(e.id, "CSV-115") && (rc = read_again(l)))
			return rc;
	}
	return RC_OK;
}

enum rc look_settle(struct look *l, struct js *doubts, struct err *against)
{
	struct window w = {0};
	enum rc       rc = sniff_sample(l->run, &l->ask, l->reader, l->rules.max_row, &w, &l->sample);
	l->whole = w.last;
	if (rc == RC_DATA || rc == RC_AMBIGUOUS) { /* sniff_file says it again, and says it better */
		err_clear();
		rc = RC_OK;
	}
	return rc ? rc : settle(l, doubts, against);
}

static enum rc look(struct look *l, struct js *result)
{
	struct js    *doubts = js_array(), *columns = js_array();
	struct err    against = {0};
	enum rc       rc = look_settle(l, doubts, &against);
	js_set(result, "error", js_null());
	if (!rc && against.rc)
		set_error(result, &against);
	set_file(l, result);
	js_set(result, "preview", js_null());
	if (!rc && l->found)
		rc = preview(l, result);
	for (uint32_t i = 0; !rc && l->sample.rows && i < look_columns(l); i++)
		js_add(columns, column_json(l, i));
	js_set(result, "columns", columns);
	js_set(result, "reading", l->found ? reading_json(&l->reading) : js_null());
	if (!rc && l->negatives)
		js_add(doubts, look_negative(l));
	js_set(result, "doubts", doubts);
	return rc;
}

static enum rc go_on(void *run)
{
	return run_tick(run, "rows", 0, 0);
}

/* As import does. */
enum rc look_open(struct look *l)
{
	const struct spool spool = { .max_ratio = run_int(l->run, "import.max_ratio"), .tick = go_on, .user = l->run };
	const char        *set = run_text(l->run, "import.encoding");
	if (!l->ask.encoding && strcasecmp(set, "utf-8") != 0)
		l->ask.encoding = set;
	return reader_open_in(l->ask.path[0], l->ask.encoding, &spool, &l->reader);
}

enum rc import_look(struct run *run, const struct import_ask *ask, struct js **result)
{
	struct look l = { .run = run, .ask = *ask };
	bool        stop;
	enum rc     rc = rules_make(run, NULL, ask, &l.rules, &stop);
	rc = rc ? rc : look_open(&l);
	if (rc)
		return rc;
	*result = js_object();
	rc = look(&l, *result);
	reader_close(l.reader);
	if (rc) {
		js_free(*result);
		*result = NULL;
	}
	return rc;
}
