/* A file's result as JSON, as record and as message. Owns raw_file, quar_reason. Not here: how the result comes about (import.c). */
#include "config.h"

#include "ingest/outcome.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/str.h"
#include "ingest/mapped.h"
#include "module/audit.h"
#include "store/query.h"

enum { REASONS_TOLD = 4 };

static int64_t counted(const struct outcome *o)
{
	return o->tally.read - o->tally.blank - o->tally.duplicate - o->tally.left_out;
}

bool outcome_passes(const struct outcome *o)
{
	return (__int128)o->tally.accepted * 100 >= (__int128)o->percent * counted(o);
}

/* Reasons by rank: most rows first, then the list's order. */
static int rank_reasons(const struct tally *t, enum reason order[REASONS])
{
	int n = 0;

	for (int r = 0; r < REASONS; r++) {
		int at = n;

		if (t->by_reason[r] == 0)
			continue;
		for (; at > 0 && t->by_reason[order[at - 1]] < t->by_reason[r]; at--)
			order[at] = order[at - 1];
		order[at] = (enum reason)r;
		n++;
	}
	return n;
}

static double major(int64_t minor, int decimals)
{
	double scale = 1;

	while (decimals-- > 0)
		scale *= 10;
	return (double)minor / scale;
}

/* Notes */

static void __attribute__((format(printf, 2, 3))) note(struct outcome *o, const char *fmt, ...)
{
	va_list ap;
	char text[512];

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	js_add_text(o->notes, text);
}

static int line_ends(const struct tally *t)
{
	return (t->ends[RECORD_LF] > 0) + (t->ends[RECORD_CRLF] > 0) + (t->ends[RECORD_CR] > 0);
}

static void note_times(struct outcome *o)
{
	const struct seen *s = &o->seen;
	const char *zone = o->zone->name;

	if (s->offsets > 0 && o->zone->written)
		note(o, "dates carry UTC offsets; the calendar day as written counts");
	else if (s->offsets > 0)
		note(o, "dates carry UTC offsets: the calendar day in %s counts (import.zone)", zone);
	if (s->offsets > 0 && s->bare > 0)
		note(o, "%lld times have no offset beside %lld that have one: they are taken as times in %s", (long long)s->bare, (long long)s->offsets,
			o->zone->written ? "their own place" : zone);
	if (s->gaps + s->folds > 0)
		note(o, "%lld times are left out by the clocks of %s, %lld are there twice; the day as written counts", (long long)s->gaps, zone,
			(long long)s->folds);
}

/* Kept and absent columns, the names cut where they are many. */
static void note_attributes(struct outcome *o)
{
	struct str t = { 0 };

	for (int i = 0; i < reading_attributes(&o->reading); i++)
		str_addf(&t, "%s%s", i > 0 ? ", " : "", reading_attribute_name(&o->reading, i));
	if (t.n > 0 && outcome_passes(o))
		note(o, "kept of each customer, the last value: %.300s", t.s);
	if (o->reading.absent != NULL)
		note(o, "no columns of these names to be kept of customers: %.300s", o->reading.absent);
	str_clear(&t);
}

static void note_columns(struct outcome *o)
{
	struct str t = { 0 };

	layout_say(&t, &o->columns->differences, false);
	note(o, "the columns are not those of %.120s: %.350s", o->columns->against, t.s);
	str_clear(&t);
}

static bool rule_sum(const struct tally *t, size_t rule, int64_t *minor)
{
	*minor = (int64_t)t->rule_minor[rule];
	return t->rule_money[rule] > 0 && t->rule_minor[rule] > INT64_MIN && t->rule_minor[rule] <= INT64_MAX;
}

/* "3 no-customer (24.96), 2 no-product". */
static void note_left_out(struct outcome *o)
{
	const struct mapping_table *m = o->reading.mapped->table;
	struct str t = { 0 };
	int64_t minor;

	for (size_t i = 0; i < m->rules; i++) {
		if (o->tally.by_rule[i] == 0)
			continue;
		str_addf(&t, "%s%lld %s", t.n > 0 ? ", " : "", (long long)o->tally.by_rule[i], m->rule[i].name);
		if (rule_sum(&o->tally, i, &minor))
			str_addf(&t, " (%.*f)", o->decimals, major(minor, o->decimals));
	}
	note(o, "%lld rows were left out by rules of the mapping: %.300s; they are kept beside the rows set aside", (long long)o->tally.left_out, t.s);
	str_clear(&t);
}

static void note_overlap(struct outcome *o)
{
	char from[16], to[16];

	day_format(from, o->load.sum.first);
	day_format(to, o->load.sum.last);
	note(o, "%lld of %lld rows are also in %.180s: both are counted now; if they are the same purchases, import the file again with --replace-range "
		"%s..%s: then earlier rows of those days give way to its own", (long long)o->overlap, (long long)o->tally.accepted, o->overlap_name, from, to);
}

void outcome_add_notes(struct outcome *o)
{
	const struct tally *t = &o->tally;

	if (o->terms.terms != NULL)
		terms_notes(&o->terms, o->notes);

	if (t->quarantined > t->left_out && outcome_passes(o))
		note(o, "%lld of %lld rows were set aside", (long long)(t->quarantined - t->left_out), (long long)counted(o));
	if (t->left_out > 0)
		note_left_out(o);
	if (t->late > 0 && o->grace >= 0)
		note(o, "%lld rows are older than the newest day before, within the %lld days of import.grace_days", (long long)t->late, (long long)o->grace);
	if (t->by_reason[REASON_LATE_ROW] > 0)
		note(o, "%lld rows are older than the newest day of the store by more than import.grace_days (%lld): they could change what was reported before; %s",
			(long long)t->by_reason[REASON_LATE_ROW], (long long)o->grace, outcome_passes(o) ? "'quarantine release' takes them in" :
			"where that is meant, import the file again with a larger import.grace_days (-1: any)");
	if (t->replaced > 0)
		note(o, "%lld rows took the place of rows with their key (last-wins)", (long long)t->replaced);
	if (t->by_reason[REASON_KEY_CONFLICT] > 0)
		note(o, "%lld rows have a key that is known with another content; %s --on-conflict last-wins", (long long)t->by_reason[REASON_KEY_CONFLICT],
			outcome_passes(o) ? "'quarantine release' lets them take its place, or import with" :
			"where they are corrections, import the file again with");
	if (t->duplicate > t->replaced && reading_keys(&o->reading) > 0)
		note(o, "%lld rows are known by their key and are counted once, the first at line %lld", (long long)(t->duplicate - t->replaced),
			(long long)t->duplicate_line);
	else if (t->duplicate > t->replaced)
		note(o, "%lld rows stand in the file twice and are counted once, the first at line %lld (--duplicates keep counts them all)",
			(long long)t->duplicate, (long long)t->duplicate_line);
	if (strcmp(o->encoding, "windows-1252") == 0)
		note(o, "read as windows-1252: check a name with an accent or a sign of money");
	if (t->by_reason[REASON_UTF8] > 0)
		note(o, "%lld rows are not UTF-8: if the file is in another encoding, declare it (--encoding windows-1252 or latin-1)",
			(long long)t->by_reason[REASON_UTF8]);
	if (t->long_lines > 1)
		note(o, "the row at line %lld goes on over %lld lines and %lld bytes, held together by quotes, and was set aside as one: look for a "
			"missing quote there", (long long)t->long_line, (long long)t->long_lines, (long long)t->long_bytes);
	if (*o->pack != '\0')
		note(o, "unpacked from %s data: bytes, line and digest are those of the text inside", o->pack);
	if (line_ends(t) > 1)
		note(o, "mixed line ends: %lld LF, %lld CRLF, %lld CR", (long long)t->ends[RECORD_LF], (long long)t->ends[RECORD_CRLF],
			(long long)t->ends[RECORD_CR]);
	note_times(o);
	if (o->seen.floats > 0)
		note(o, "%lld rows have a customer id like 17850.0, which is another customer than 17850; a mapping joins them with customer_id: ... | int",
			(long long)o->seen.floats);
	if (o->seen.marks > 0)
		note(o, "%lld rows have a customer id with combining marks: the same id written with whole letters is another customer",
			(long long)o->seen.marks);
	note_attributes(o);
	if (o->reading.note != NULL)
		note(o, "%s", o->reading.note);
	if (o->columns != NULL && o->columns->differences.n > 0)
		note_columns(o);
	if (!reading_has_money(&o->reading))
		note(o, "no money in this data: purchases are modelled, value is not");
	if (o->overlap > 0)
		note_overlap(o);
}

/* JSON */

static void set_day(struct js *js, const char *key, day_t d)
{
	char text[16];

	day_format(text, d);
	js_set_text(js, key, d == DAY_NONE ? NULL : text);
}

/* Enough to judge a row again, whatever becomes of the mapping's file. */
static struct js *mapping_json(const struct outcome *o, bool whole)
{
	const struct mapped *b = o->reading.mapped;
	struct js *js = js_object(), *columns = js_array();

	js_set_text(js, "source", o->mapping->source);
	js_set_text(js, "path", o->mapping->path);
	js_set_text(js, "digest", o->mapping->digest);
	js_set_int(js, "table", b->table - o->mapping->table);
	for (size_t i = 0; i < b->table->exprs.n; i++)
		js_add(columns, js_int(b->column[i]));
	js_set(js, "columns", columns);
	if (whole)
		js_set_text(js, "text", o->mapping->text);
	return js;
}

static struct js *left_out_of(const struct outcome *o)
{
	struct js *js = js_object();

	for (size_t i = 0; o->reading.mapped != NULL && i < o->reading.mapped->table->rules; i++)
		js_set_int(js, o->reading.mapped->table->rule[i].name, o->tally.by_rule[i]);
	return js;
}

static struct js *left_out_amount(const struct outcome *o)
{
	struct js *js = js_object();
	int64_t minor;

	for (size_t i = 0; o->reading.mapped != NULL && i < o->reading.mapped->table->rules; i++)
		js_set(js, o->reading.mapped->table->rule[i].name, rule_sum(&o->tally, i, &minor) ? js_real(major(minor, o->decimals)) : js_null());
	return js;
}

static struct js *reading_of(const struct outcome *o, bool whole)
{
	struct js *js = reading_json(&o->reading);

	if (o->reading.mapped != NULL)
		js_set(js, "mapping", mapping_json(o, whole));
	js_set_text(js, "encoding", o->encoding);
	js_set_text(js, "currency_code", o->currency.code[0] != '\0' ? o->currency.code : NULL);
	return js;
}

static struct js *reasons_of(const struct tally *t)
{
	struct js  *js = js_object();
	enum reason order[REASONS];
	int n = rank_reasons(t, order);

	for (int i = 0; i < n; i++)
		js_set_int(js, reason_code(order[i]), t->by_reason[order[i]]);
	return js;
}

static void set_revenue(struct js *js, bool money, int64_t minor, int decimals)
{
	js_set(js, "revenue", money ? js_real(major(minor, decimals)) : js_null());
}

static struct js *columns_of(const struct columns_verdict *v)
{
	struct js *js = js_object();

	js_set_text(js, "against", v->against);
	js_set_text(js, "policy", contract_columns_name(v->policy));
	js_set(js, "differences", layout_differences_json(&v->differences));
	return js;
}

struct js *outcome_json(const struct outcome *o)
{
	struct js *js = js_object();
	char delimiter[8];

	js_set_text(js, "file", o->path);
	js_set_int(js, "bytes", (int64_t)o->bytes);
	js_set_int(js, "read", o->tally.read);
	js_set_int(js, "accepted", o->tally.accepted);
	js_set_int(js, "quarantined", o->tally.quarantined);
	js_set_int(js, "duplicate", o->tally.duplicate);
	js_set_int(js, "replaced", o->tally.replaced);
	js_set_int(js, "blank", o->tally.blank);
	js_set(js, "reasons", reasons_of(&o->tally));
	js_set(js, "left_out", left_out_of(o));
	js_set(js, "left_out_amount", left_out_amount(o));
	js_set_int(js, "late", o->tally.late);
	js_set_text(js, "encoding", o->encoding);
	js_set_text(js, "delimiter", reading_delimiter(&o->reading, delimiter));
	js_set_real(js, "seconds", o->seconds);
	js_set_text(js, "status", o->status);
	js_set_bool(js, "known", false);
	js_set_int(js, "customers", o->load.sum.customers);
	set_day(js, "first_day", o->load.sum.first);
	set_day(js, "last_day", o->load.sum.last);
	js_set_int(js, "refunds", o->load.sum.refunds);
	set_revenue(js, reading_has_money(&o->reading), o->load.sum.revenue_minor, o->decimals);
	js_set_text(js, "digest", o->digest);
	js_set(js, "reading", strcmp(o->status, "aside") == 0 ? js_null() : reading_of(o, false));
	if (o->columns != NULL && o->columns->differences.n > 0)
		js_set(js, "columns", columns_of(o->columns));
	if (o->terms.terms != NULL)
		js_set(js, "contract", terms_json(&o->terms));
	js_set(js, "notes", js_copy(o->notes));
	return js;
}

/* Known files */

static enum rc known_reasons(struct store *s, int64_t file_id, struct js *reasons)
{
	struct query *q = NULL;
	bool row = true;
	enum rc rc = query_open(s, "statement/ingest_file_reasons", &q);

	if (rc == RC_OK)
		query_bind_int(q, 1, file_id);
	while (rc == RC_OK && (rc = query_step(q, &row)) == RC_OK && row)
		js_set_int(reasons, query_text(q, 0), query_int(q, 1));
	query_close(q);
	return rc;
}

static struct js *known_json(const struct query *q, const char *path, const char *digest, uint64_t bytes, int decimals)
{
	struct js *js = js_object(), *notes = js_array(), *reading = NULL;
	const char *text = query_text(q, 9);
	char line[256];

	js_set_text(js, "file", path);
	js_set_int(js, "bytes", (int64_t)bytes);
	js_set_int(js, "read", query_int(q, 2));
	js_set_int(js, "accepted", query_int(q, 3));
	js_set_int(js, "quarantined", query_int(q, 4));
	js_set_int(js, "duplicate", query_int(q, 5));
	js_set_int(js, "blank", query_int(q, 6));
	js_set(js, "reasons", js_object());
	js_set_text(js, "encoding", query_text(q, 7));
	js_set_text(js, "delimiter", query_text(q, 8));
	js_set_real(js, "seconds", 0);
	js_set_text(js, "status", "known");
	js_set_text(js, "digest", digest);
	js_set_int(js, "gave_way", query_int(q, 16));
	js_set_bool(js, "known", true);
	js_set_int(js, "customers", query_int(q, 10));
	set_day(js, "first_day", query_is_null(q, 12) ? DAY_NONE : (day_t)query_int(q, 12));
	set_day(js, "last_day", query_is_null(q, 13) ? DAY_NONE : (day_t)query_int(q, 13));
	js_set_int(js, "refunds", query_int(q, 14));
	set_revenue(js, !query_is_null(q, 11), query_int(q, 11), decimals);
	js_set(js, "reading", js_read(text, strlen(text), "reading", &reading) == RC_OK ? reading : js_null());
	snprintf(line, sizeof line, "the same content was imported at %s as %.180s: nothing changes", query_text(q, 15), query_text(q, 1));
	js_add_text(notes, line);
	js_set(js, "notes", notes);
	return js;
}

enum rc outcome_known(struct store *s, const char *path, const char *digest, uint64_t bytes, int decimals, struct js **out)
{
	struct query *q = NULL;
	struct js *js = NULL;
	bool row = false;
	enum rc rc = query_open(s, "statement/ingest_file_known", &q);

	if (rc == RC_OK)
		query_bind_text(q, 1, digest);
	if (rc == RC_OK)
		rc = query_step(q, &row);
	if (rc == RC_OK && row) {
		js = known_json(q, path, digest, bytes, decimals);
		rc = known_reasons(s, query_int(q, 0), js_get(js, "reasons"));
	}
	query_close(q);
	if (rc != RC_OK) {
		js_free(js);
		return rc;
	}
	*out = js;
	return RC_OK;
}

/* The record */

static enum rc store_reasons(struct store *s, const struct outcome *o)
{
	enum rc rc = RC_OK;

	for (int r = 0; rc == RC_OK && r < REASONS; r++)
		if (o->tally.by_reason[r] > 0)
			rc = query_run(s, "statement/ingest_reason_add", "iti", o->file_id, reason_code((enum reason)r), o->tally.by_reason[r]);
	return rc;
}

static enum rc store_rules(struct store *s, const struct outcome *o)
{
	const struct mapping_table *m = o->reading.mapped != NULL ? o->reading.mapped->table : NULL;
	int64_t minor;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && m != NULL && i < m->rules; i++)
		if (o->tally.by_rule[i] > 0) {
			const bool money = rule_sum(&o->tally, i, &minor);

			rc = query_run(s, "statement/ingest_left_out_add", money ? "itii" : "itin", o->file_id, m->rule[i].name, o->tally.by_rule[i], minor);
		}
	return rc;
}

static void bind_day(struct query *q, int i, day_t d)
{
	if (d == DAY_NONE)
		query_bind_null(q, i);
	else
		query_bind_int(q, i, d);
}

static enum rc store_record(struct store *s, const struct outcome *o, const char *reading, const char *notes)
{
	struct query *q = NULL;
	bool row, accepted = strcmp(o->status, "accepted") == 0, any = accepted && o->load.sum.rows > 0;
	enum rc rc = query_open(s, "statement/ingest_file_close", &q);

	if (rc != RC_OK)
		return rc;
	query_bind_int(q, 1, o->file_id);
	query_bind_text(q, 2, o->digest);
	query_bind_text(q, 3, o->status);
	query_bind_int(q, 4, o->tally.read);
	query_bind_int(q, 5, o->tally.accepted);
	query_bind_int(q, 6, o->tally.quarantined);
	query_bind_int(q, 7, o->tally.blank);
	query_bind_int(q, 8, o->load.sum.refunds);
	query_bind_int(q, 9, o->load.sum.customers);
	query_bind_null(q, 10);
	if (reading_has_money(&o->reading))
		query_bind_int(q, 10, o->load.sum.revenue_minor);
	bind_day(q, 11, o->load.sum.first);
	bind_day(q, 12, o->load.sum.last);
	query_bind_null(q, 13);
	query_bind_null(q, 14);
	if (any) {
		query_bind_int(q, 13, o->load.first_row);
		query_bind_int(q, 14, o->load.last_row);
	}
	query_bind_int(q, 15, o->overlap);
	query_bind_real(q, 16, o->seconds);
	query_bind_text(q, 17, notes);
	query_bind_text(q, 18, reading);
	query_bind_int(q, 19, o->tally.duplicate);
	query_bind_int(q, 20, o->tally.left_out);
	query_bind_int(q, 21, o->tally.late);
	query_bind_int(q, 22, o->tally.replaced);
	rc = query_step(q, &row);
	query_close(q);
	return rc;
}

static char *notes_text(const struct outcome *o)
{
	struct str t = { 0 };

	for (size_t i = 0; i < js_count(o->notes); i++)
		str_addf(&t, "%s%s", i > 0 ? "\n" : "", js_text_of(js_at(o->notes, i)));
	return t.n > 0 ? str_take(&t) : NULL;
}

static enum rc audit(struct store *s, const struct outcome *o)
{
	struct js *js = js_object();
	struct str why = { 0 };

	js_set_text(js, "file", o->path);
	js_set_int(js, "file_id", o->file_id);
	js_set_text(js, "digest", o->digest);
	js_set_int(js, "bytes", (int64_t)o->bytes);
	js_set_text(js, "status", o->status);
	js_set_int(js, "read", o->tally.read);
	js_set_int(js, "accepted", o->tally.accepted);
	js_set_int(js, "quarantined", o->tally.quarantined);
	js_set_int(js, "duplicate", o->tally.duplicate);
	js_set_int(js, "blank", o->tally.blank);
	if (o->columns != NULL && strcmp(o->status, "aside") == 0)
		layout_say(&why, &o->columns->differences, true);
	if (why.n > 0)
		js_set_text(js, "why", why.s);
	str_clear(&why);
	return audit_append(s, "import", "clv", js, NULL);
}

enum rc outcome_store(struct store *s, const struct outcome *o)
{
	struct str text = { 0 };
	struct js *reading = reading_of(o, true);
	char *notes = notes_text(o);
	enum rc rc;

	js_set_text(reading, "negative", o->negative);
	js_write(&text, reading, false, true);
	js_free(reading);
	rc = store_record(s, o, text.s, notes);
	free(notes);
	str_clear(&text);
	if (rc == RC_OK)
		rc = store_reasons(s, o);
	if (rc == RC_OK)
		rc = store_rules(s, o);
	if (rc == RC_OK && o->terms.terms != NULL)
		rc = terms_store(s, o->file_id, &o->terms);
	return rc == RC_OK ? audit(s, o) : rc;
}

/* The refusal */

/* A file that was only validated left no rows to look at. */
static void refuse_do(enum rc rc, bool stored, bool utf8, bool contract)
{
	const char *see = stored ? "see the rows with 'quarantine list'" : "'import' keeps the rows for 'quarantine list'";

	if (utf8)
		err_do(rc, "if the file is not UTF-8, declare its encoding (--encoding windows-1252 or latin-1); %s, mend the file and import it%s", see,
			stored ? " again" : "");
	else
		err_do(rc, "%s, mend the file and import it%s, %sor lower gate.accepted_percent", see, stored ? " again" : "",
			contract ? "accept a contract that lets them in (contract diff, contract accept), " : "");
}

enum rc outcome_refuse(const struct outcome *o)
{
	if (outcome_passes(o))
		return err_where(terms_refuse(&o->terms), o->path, 0, 0);
	const struct tally *t = &o->tally;
	enum reason order[REASONS];
	struct str text = { 0 };
	int n = rank_reasons(t, order);
	enum rc rc;

	for (int i = 0; i < n && i < REASONS_TOLD; i++)
		str_addf(&text, "%s%lld %s (line %lld: %s)", i > 0 ? "; " : "", (long long)t->by_reason[order[i]], reason_code(order[i]),
			(long long)t->example_line[order[i]], t->example[order[i]]);
	if (n > REASONS_TOLD)
		str_addf(&text, "; %d more reasons", n - REASONS_TOLD);
	rc = err_set(RC_DATA, "GATE-130", "%lld of %lld rows can be used, %d %% are needed: %s", (long long)t->accepted, (long long)counted(o),
		o->percent, text.s != NULL ? text.s : "no reason");
	str_clear(&text);
	refuse_do(rc, o->file_id != 0, t->by_reason[REASON_UTF8] > 0, n > 0 && strncmp(reason_code(order[0]), "contract-", 9) == 0);
	return err_where(rc, o->path, 0, 0);
}
