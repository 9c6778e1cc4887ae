/* The job behind import and validate: file after file, in one transaction. Not here: what a row is worth (judge.c), where it goes (load.c). */
#include "config.h"

#include "ingest/import.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/day.h"
#include "base/file.h"
#include "base/str.h"
#include "ingest/aside.h"
#include "ingest/feed.h"
#include "ingest/known.h"
#include "ingest/load.h"
#include "ingest/mapped.h"
#include "ingest/outcome.h"
#include "ingest/overlap.h"
#include "ingest/parse.h"
#include "ingest/range.h"
#include "ingest/reader.h"
#include "ingest/returns.h"
#include "ingest/rules.h"
#include "ingest/sniff.h"
#include "ingest/terms.h"
#include "store/query.h"

struct import {
	struct run              *run;
	const struct import_ask *ask;     /* as given */
	struct import_ask        file_ask; /* of the file at hand: with what its table says where nothing is asked for */
	struct mapped_joins      joins;   /* of the table at hand */
	struct store            *store;   /* NULL: validate */
	struct store            *past;    /* where what came before is looked up; NULL: nowhere */
	struct rules             rules;
	bool                     stop_on_bad;
	struct terms            *terms;   /* of the contract, for the file at hand; NULL: none */
	int                      percent; /* of the gate */
	day_t                    newest;  /* purchase day of the store before the import; 0: none */
	struct load             *load;
	struct keyset           *known;   /* keys of accepted rows of key name known_name; NULL: not loaded */
	const char              *known_name;
	bool                     known_refused; /* it holds keys of a refused file */
	struct js               *files;
	struct js               *returns; /* NULL: none were matched */
	struct js               *range;   /* NULL: none was replaced */
	size_t                   purchases; /* files that are not passed over, feeds included */
	bool                     changed;
	struct err               refused; /* of the first refused file; rc is RC_OK when there is none */
};

/* Known files */

static enum rc digest_of_file(struct import *m, struct reader *r, char digest[DIGEST_HEX])
{
	struct window w = { .last = false };
	uint64_t done = 0;
	enum rc  rc = RC_OK;

	reader_rewind(r, true);
	while (rc == RC_OK && !w.last) {
		rc = reader_read(r, w.n, &w);
		done += w.n;
		if (rc == RC_OK)
			rc = run_tick(m->run, "bytes", (int64_t)done, (int64_t)reader_size(r));
	}
	if (rc == RC_OK)
		reader_digest(r, digest);
	return rc;
}

/* A file of which nothing is read now, and why. Taken: notes get one more. */
static struct js *untouched(const char *path, const char *status, const char *why)
{
	static const char *const none[] = { "bytes", "read", "accepted", "quarantined", "duplicate", "blank" };
	struct js *js = js_object(), *notes = js_array();

	js_set_text(js, "file", path);
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
		js_set_int(js, none[i], 0);
	js_set(js, "reasons", js_object());
	js_set_text(js, "status", status);
	js_set_bool(js, "known", false);
	js_add_text(notes, why);
	js_set(js, "notes", notes);
	return js;
}

/* Content that is set aside waits for a person; content that was discarded stays out. */
static enum rc look_for_aside(struct import *m, const char *path, const char *digest, struct js **known)
{
	const char *state, *said;
	enum rc rc = aside_known(m->run, digest, m->ask->release != NULL ? m->ask->release->file_id : 0, &state, &said);

	if (rc != RC_OK || state == NULL)
		return rc;
	*known = untouched(path, state, said);
	if (strcmp(state, "aside") == 0 && !m->ask->accepted_only && m->refused.rc == RC_OK) {
		err_where(err_do(err_set(RC_DATA, "GATE-131", "%s", said), "'quarantine list' shows it; 'quarantine release' or 'quarantine discard' decides"), path, 0, 0);
		m->refused = *err_get();
	}
	return RC_OK;
}

/* The bytes that were set aside, or others? */
static enum rc check_release(const struct import *m, const char *digest)
{
	const struct import_release *release = m->ask->release;

	if (release == NULL || strcmp(digest, release->digest) == 0)
		return RC_OK;
	return err_do(err_set(RC_DATA, "GATE-135", "the bytes of file %lld are not at %s any more: others are", (long long)release->file_id, release->bytes),
		"discard file %lld and import what is there now, or put back what it was", (long long)release->file_id);
}

/* The digest costs a pass over the file: it is taken beforehand only when a file of that size is known. */
static enum rc look_for_known(struct import *m, struct reader *r, const char *path, struct js **known)
{
	int64_t same_size = 0, bytes = (int64_t)reader_size(r);
	char    digest[DIGEST_HEX];
	enum rc rc;

	*known = NULL;
	if (m->past == NULL)
		return RC_OK;
	rc = query_get_int(m->past, "statement/ingest_file_sizes", &same_size, "i", bytes);
	if (rc != RC_OK || (same_size == 0 && m->ask->release == NULL))
		return rc;
	rc = digest_of_file(m, r, digest);
	if (rc == RC_OK)
		rc = check_release(m, digest);
	if (rc == RC_OK)
		rc = outcome_known(m->past, path, digest, (uint64_t)bytes, m->rules.decimals, known);
	if (rc == RC_OK && *known != NULL)
		rc = known_check(m->run, &m->file_ask, &m->rules, r, *known);
	else if (rc == RC_OK)
		rc = look_for_aside(m, path, digest, known);
	if (rc != RC_OK) {
		js_free(*known);
		*known = NULL;
	}
	return rc;
}

/* A file that was refused before is judged anew; its old record goes. */
static enum rc drop_refused(struct import *m, const struct outcome *o)
{
	static const char *const drops[] = {
		"statement/ingest_refused_rows_drop", "statement/ingest_refused_reasons_drop", "statement/ingest_refused_rules_drop",
		"statement/ingest_refused_contract_drop", "statement/ingest_refused_spread_drop", "statement/ingest_refused_drop",
	};
	int64_t old = 0;
	enum rc rc = query_get_int(m->store, "statement/ingest_refused_same", &old, "ti", o->digest, o->file_id);

	for (size_t i = 0; rc == RC_OK && old != 0 && i < sizeof drops / sizeof drops[0]; i++)
		rc = query_run(m->store, drops[i], "i", old);
	return rc;
}

/* One file */

static enum rc go_on(void *run)
{
	return run_tick(run, "bytes", 0, 0);
}

static enum rc open_record(struct import *m, struct outcome *o)
{
	char delimiter[8], now[32];
	enum rc rc;

	if (m->store == NULL)
		return RC_OK;
	clock_now(now);
	rc = query_run(m->store, "statement/ingest_file_open", "titttitt", o->path, (int64_t)o->bytes, o->encoding,
		reading_delimiter(&o->reading, delimiter), "", (int64_t)reading_has_money(&o->reading), now,
		o->reading.key_name);
	o->file_id = store_last_rowid(m->store);
	return rc;
}

/* Take over the parser's batches until they end. */
static enum rc take_batches(struct import *m, struct parse *p, uint64_t bytes)
{
	struct batch *b;
	enum rc rc = RC_OK;

	while (rc == RC_OK && (b = parse_take(p)) != NULL) {
		rc = load_batch(m->load, b);
		parse_give(p, b);
		if (rc == RC_OK)
			rc = run_tick(m->run, "bytes", (int64_t)parse_done(p), (int64_t)bytes);
	}
	return rc;
}

/* The keys that rows of this file may meet: kept from file to file of the same name, for a file that is refused leaves none. */
static enum rc load_keys(struct import *m, const struct reading *r)
{
	if (m->known != NULL && (reading_keys(r) == 0 || m->known_refused || strcmp(m->known_name, r->key_name) != 0)) {
		keyset_free(m->known);
		m->known = NULL;
	}
	m->known_refused = false;
	if (reading_keys(r) == 0 || m->known != NULL)
		return RC_OK;
	m->known = keyset_new();
	m->known_name = r->key_name;
	return m->store != NULL ? rowkey_load(m->run, m->store, r->key_name, m->known) : RC_OK;
}

static enum rc parse_file(struct import *m, struct reader *r, struct gather *gather, struct outcome *o)
{
	struct parse_ask ask = {
		.reader = r, .reading = &o->reading, .rules = &m->rules, .book = load_book(m->load), .cancel = m->run->cancel,
		.known = m->known, .gather = gather, .stop_on_bad = m->stop_on_bad,
	};
	struct parse *p;
	struct err    kept;
	enum rc rc, parsed;

	rc = m->rules.contract != NULL ? terms_bind(m->run->arena, m->run->store, &m->rules, &o->reading, o->reading.names, &m->terms) : RC_OK;
	ask.terms = m->terms;
	if (rc == RC_OK)
		rc = load_file_begin(m->load, o->file_id);
	if (rc == RC_OK)
		rc = load_keys(m, &o->reading);
	ask.known = m->known;
	if (rc == RC_OK && reading_attributes(&o->reading) > 0)
		rc = load_attributes(m->load, &ask.attributes);
	if (rc == RC_OK)
		rc = parse_begin(&ask, &p);
	if (rc != RC_OK)
		return rc;
	rc = take_batches(m, p, o->bytes);
	kept = *err_get();
	parsed = parse_end(p, rc != RC_OK, &o->tally, &o->currency, &o->seen, o->digest);
	if (rc != RC_OK) {
		err_restore(&kept);
		return rc;
	}
	return parsed;
}

/* Rows of earlier files give way to those of this one. */
static enum rc replace_range(struct import *m, const struct range_file *by, bool keyed)
{
	if (keyed)
		return err_do(err_set(RC_USAGE, "CSV-170", "the rows of %s have a key, by which they are known", by->name),
			"import it without --replace-range: known rows count once, and --on-conflict last-wins takes corrections");
	enum rc rc = range_replace(m->load, m->ask->range, by, &m->range);

	m->changed = m->changed || rc == RC_OK;
	return rc;
}

/* Content that the store has: its rows are there, those of the others give way. */
static enum rc replace_by_known(struct import *m, const char *path, const struct js *known)
{
	const char *digest = js_text_of(js_get(known, "digest"));
	struct range_file by = { .name = path, .digest = digest };
	struct query *q = NULL;
	bool    row = false, keyed = false;
	int64_t gave = 0;
	enum rc rc = query_open(m->store, "statement/ingest_file_range", &q);

	if (rc == RC_OK) {
		query_bind_text(q, 1, digest);
		rc = query_step(q, &row);
	}
	if (rc == RC_OK && row) {
		by.file_id = query_int(q, 0);
		keyed = query_int(q, 1) != 0;
		by.source = arena_text(m->run->arena, query_text(q, 2));
		gave = query_int(q, 3);
	}
	query_close(q);
	if (rc == RC_OK && gave > 0)
		rc = err_do(err_set(RC_USAGE, "CSV-171", "%lld rows of %s gave way to those of another file before: it does not replace others any more", (long long)gave, path),
			"'show replaced' tells which; import a file with the rows that are to count");
	return rc == RC_OK && row ? replace_range(m, &by, keyed) : rc;
}

/* Enough rows are good. */
static enum rc accept(struct import *m, struct outcome *o)
{
	enum rc rc = load_file_end(m->load, &o->load);

	o->status = "accepted";
	if (rc != RC_OK || m->store == NULL)
		return rc;
	const struct range_file by = {
		.file_id = o->file_id, .name = o->path, .digest = o->digest, .source = o->mapping != NULL ? o->mapping->source : "",
	};

	if (m->ask->range != NULL)
		rc = replace_range(m, &by, reading_keys(&o->reading) > 0);
	if (rc != RC_OK)
		return rc;
	if (reading_keys(&o->reading) > 0)
		rc = load_file_fix(m->load, o->reading.key_name, &o->load);
	else
		rc = overlap_count(m->run, o->file_id, &o->load, &o->overlap, &o->overlap_name);
	if (rc == RC_OK)
		rc = rules_fix(m->store, &m->rules, &o->currency);
	if (m->rules.currency.code[0] == '\0')
		m->rules.currency = o->currency;
	m->changed = true;
	return rc;
}

/* Too few are: the rows go, the record and the quarantine stay. */
static enum rc refuse(struct import *m, struct outcome *o)
{
	o->status = "refused";
	m->known_refused = true;
	o->load = (struct load_file){ .sum = { .first = DAY_NONE, .last = DAY_NONE } };
	if (m->refused.rc == RC_OK) {
		outcome_refuse(o);
		m->refused = *err_get();
	}
	return m->store != NULL ? load_file_undo(m->load) : RC_OK;
}

static enum rc judge_file(struct import *m, struct outcome *o)
{
	enum rc rc;

	if (o->tally.read == o->tally.blank)
		return err_where(err_do(err_set(RC_DATA, "CSV-102", "the file has a header and no row"), "check that it was written to the end"),
			o->path, 0, 0);
	rc = m->terms != NULL ? terms_result(m->run->arena, m->run->store, m->terms, &o->terms) : RC_OK;
	if (rc == RC_OK)
		rc = outcome_passes(o) && o->terms.stop == NULL ? accept(m, o) : refuse(m, o);
	if (rc == RC_OK)
		outcome_add_notes(o);
	return rc;
}

/* A file taken in keeps the profile of its columns. */
static enum rc store_profile(struct import *m, struct gather *g, const struct outcome *o)
{
	if (g == NULL || strcmp(o->status, "accepted") != 0)
		return RC_OK;
	return gather_store(g, m->store, o->file_id, o->load.sum.customers);
}

static enum rc import_rows(struct import *m, struct reader *r, const struct sample *sample, struct outcome *o)
{
	const struct gather_ask ask = {
		.ask = &m->file_ask, .reading = &o->reading, .rules = &m->rules, .sample = sample, .bytes = reader_size(r),
	};
	struct gather *g = m->store != NULL ? gather_new(&ask) : NULL;
	enum rc rc = parse_file(m, r, g, o);

	if (rc == RC_OK)
		rc = judge_file(m, o);
	if (rc == RC_OK)
		rc = store_profile(m, g, o);
	gather_free(g);
	return rc;
}

/* Its columns are not those expected: nothing of it is read, the record says what differs. */
static enum rc set_aside(struct import *m, struct reader *r, struct outcome *o)
{
	bool keep = m->ask->release == NULL; /* a release that fails leaves the record as it is */
	enum rc rc = RC_OK;

	o->status = "aside";
	o->load = (struct load_file){ .sum = { .first = DAY_NONE, .last = DAY_NONE } };
	if (keep)
		rc = open_record(m, o);
	if (rc == RC_OK)
		rc = digest_of_file(m, r, o->digest);
	if (rc == RC_OK && keep)
		rc = aside_put(m->run, m->ask, r, o->path, o->file_id, o->digest, o->columns);
	if (rc == RC_OK && keep)
		rc = drop_refused(m, o);
	if (rc == RC_OK && keep)
		rc = outcome_store(m->store, o);
	if (rc == RC_OK && m->refused.rc == RC_OK) {
		aside_refuse(o->path, o->file_id, o->columns);
		m->refused = *err_get();
	}
	return rc;
}

/* Gate G1. *stopped: the file is set aside. A reading that was not found is an error only where the columns are no reason for it. */
static enum rc judge_columns(struct import *m, struct reader *r, struct outcome *o, enum rc read, struct columns_verdict *v, bool *stopped)
{
	enum rc rc;

	*stopped = false;
	if (m->past == NULL || (read != RC_OK && read != RC_DATA && read != RC_USAGE && read != RC_AMBIGUOUS))
		return read;
	rc = columns_judge(m->run, &m->file_ask, r, o->path, m->rules.max_row, read, &o->reading, v);
	if (rc != RC_OK)
		return rc;
	o->columns = v;
	*stopped = layout_stops(&v->differences);
	if (read != RC_OK && !*stopped)
		return read;
	if (read != RC_OK)
		reading_none(&o->reading);
	return *stopped ? set_aside(m, r, o) : RC_OK;
}

static enum rc import_text(struct import *m, struct reader *r, struct columns_verdict *v, struct outcome *o)
{
	struct sample sample;
	double began = clock_seconds();
	bool   stopped;
	enum rc rc = sniff_file(m->run, &m->file_ask, r, m->rules.max_row, &sample, &o->reading);

	rc = judge_columns(m, r, o, rc, v, &stopped);
	if (rc == RC_OK && stopped)
		return RC_OK;
	if (rc == RC_OK)
		rc = open_record(m, o);
	if (rc == RC_OK)
		rc = import_rows(m, r, &sample, o);
	o->seconds = clock_seconds() - began;
	if (rc == RC_OK && m->store != NULL)
		rc = drop_refused(m, o);
	if (rc == RC_OK && m->store != NULL)
		rc = outcome_store(m->store, o);
	if (rc == RC_OK && m->store != NULL && strcmp(o->status, "accepted") == 0)
		rc = columns_keep(m->store, o->file_id, v);
	return rc;
}

static const char *const negative_word[] = { [NEGATIVE_REFUND] = "refund", [NEGATIVE_QUARANTINE] = "quarantine", [NEGATIVE_STOP] = "stop" };

/* Packed data are unpacked beside the store, or where temporary files go when nothing is stored. */
static enum rc open_reader(struct import *m, const char *path, struct reader **out)
{
	const struct spool spool = {
		.folder = m->store != NULL ? file_beside(m->run->arena, store_path(m->store), ".") : NULL,
		.max_ratio = run_int(m->run, "import.max_ratio"), .tick = go_on, .user = m->run,
	};

	const char *encoding = m->file_ask.encoding != NULL ? m->file_ask.encoding : run_text(m->run, "import.encoding");

	return reader_open_in(path, strcasecmp(encoding, "utf-8") == 0 && m->file_ask.encoding == NULL ? NULL : encoding, &spool, out);
}

/* What holds for all files whatever their tables say. A file that was looked at and is released comes when it comes. */
static void add_times(struct import *m)
{
	const int64_t grace = run_int(m->run, "import.grace_days");

	m->rules.newest = m->newest;
	if (m->ask->range != NULL) {
		m->rules.from = m->ask->range->from;
		m->rules.to = m->ask->range->to;
	}
	m->rules.oldest = m->newest > 0 && grace >= 0 && m->ask->release == NULL ? (day_t)(m->newest - grace) : 0;
}

/* What the table of a mapping says, where no option says otherwise. */
static enum rc take_table(struct import *m, const struct mapping_table *t, const char *path)
{
	struct import_ask *a = &m->file_ask;
	struct currency known = m->rules.currency;
	enum rc rc;

	*a = *m->ask;
	a->table = t;
	a->encoding = a->encoding != NULL ? a->encoding : t->encoding;
	a->delimiter = a->delimiter != NULL ? a->delimiter : t->delimiter;
	a->quote = a->quote != NULL ? a->quote : t->quote;
	a->skip_lines = a->skip_lines != NULL ? a->skip_lines : t->skip_lines;
	a->numbers = a->numbers != NULL ? a->numbers : t->numbers;
	a->date_format = a->date_format != NULL ? a->date_format : t->date_format;
	a->zone = a->zone != NULL ? a->zone : t->zone;
	a->negative = a->negative != NULL ? a->negative : t->negative;
	a->on_conflict = a->on_conflict != NULL ? a->on_conflict : t->on_conflict;
	a->duplicates = a->duplicates != NULL ? a->duplicates : t->duplicates;
	rc = rules_make(m->run, m->run->store, a, &m->rules, &m->stop_on_bad);
	if (rc == RC_OK && m->rules.currency.code[0] == '\0')
		m->rules.currency = known;
	add_times(m);
	if (rc == RC_OK && t->joins > 0 && m->joins.table != t) {
		mapped_join_clear(&m->joins);
		rc = mapped_join(m->run, t, m->ask, path, m->rules.max_row, &m->joins);
	}
	a->joins = t->joins > 0 ? &m->joins : NULL;
	return rc;
}

/* A file that is not purchases is named and passed over. */
static void pass_over(struct import *m, const char *path, const struct mapping_table *t)
{
	js_add(m->files, untouched(path, "ignored", t == NULL ? "no table of the mapping is for a file of this name"
		: arena_printf(m->run->arena, "%s: its columns are checked and it is looked into where the mapping says so; nothing of it is stored", t->entity)));
}

static enum rc import_file(struct import *m, const char *path);

/* A feed whose content is known says nothing new. */
static enum rc tell_known_feed(struct import *m, const char *path, const struct mapping_table *t)
{
	struct js *js = js_object();

	js_set_text(js, "file", path);
	js_set_text(js, "status", "known");
	js_set_text(js, "entity", t->entity);
	js_set_bool(js, "known", true);
	js_set(js, "reasons", js_object());
	js_set(js, "notes", js_array());
	js_add(m->files, js);
	return RC_OK;
}

static enum rc take_feed(struct import *m, const char *path, const struct mapping_table *t, struct reader *r)
{
	char    digest[DIGEST_HEX];
	int64_t known = 0;
	bool    refused = false;
	struct js *js = NULL;
	const struct feed_ask ask = {
		.table = t, .joins = m->file_ask.joins, .rules = &m->rules, .path = path, .digest = digest, .reader = r, .store = m->store, .load = m->load,
		.percent = m->percent,
	};
	enum rc rc = digest_of_file(m, r, digest);

	if (rc == RC_OK && m->store != NULL)
		rc = query_get_int(m->store, "statement/ingest_feed_known", &known, "tt", digest, t->entity);
	if (rc == RC_OK && known != 0)
		return tell_known_feed(m, path, t);
	if (rc == RC_OK)
		rc = feed_import(m->run, &ask, &js, &refused);
	if (rc != RC_OK)
		return rc;
	js_add(m->files, js);
	m->changed = m->changed || !refused;
	if (refused && m->refused.rc == RC_OK)
		m->refused = *err_get();
	return RC_OK;
}

/* Tables of customers, tickets and so on: what is kept of them are attributes. */
static enum rc import_feed(struct import *m, const char *path, const struct mapping_table *t)
{
	struct reader *r = NULL;
	enum rc rc = take_table(m, t, path);

	m->purchases++;
	if (rc == RC_OK)
		rc = open_reader(m, path, &r);
	if (rc == RC_OK)
		rc = take_feed(m, path, t, r);
	reader_close(r);
	return rc;
}

static enum rc import_path(struct import *m, const char *path)
{
	const struct mapping *mapping = m->ask->mapping;
	const char *name = m->ask->release != NULL ? m->ask->release->name : path;
	const struct mapping_table *t = mapping != NULL ? mapping_table_of(mapping, name) : NULL;
	enum rc rc = RC_OK;

	m->file_ask = *m->ask;
	if (t != NULL && feed_is(t->entity))
		return import_feed(m, path, t);
	if (mapping != NULL && (t == NULL || !mapping_is_orders(t))) {
		pass_over(m, path, t);
		return RC_OK;
	}
	if (t != NULL)
		rc = take_table(m, t, path);
	m->purchases++;
	return rc == RC_OK ? import_file(m, path) : rc;
}

static enum rc import_file(struct import *m, const char *path)
{
	struct reader *r = NULL;
	struct js     *known = NULL;
	const struct import_release *release = m->ask->release;
	struct columns_verdict v = { .against = "" };
	struct outcome o = {
		.path = release != NULL ? release->name : path, .decimals = m->rules.decimals, .percent = m->percent, .grace = run_int(m->run, "import.grace_days"), .negative = negative_word[m->rules.negative],
		.zone = &m->rules.zone, .mapping = m->ask->mapping,
	};
	enum rc rc = open_reader(m, release != NULL ? release->bytes : path, &r);

	if (rc != RC_OK)
		return rc;
	o.encoding = reader_encoding(r);
	o.bytes = reader_size(r);
	o.notes = js_array();
	o.pack = reader_pack(r);
	rc = look_for_known(m, r, o.path, &known);
	if (rc == RC_OK && known == NULL)
		rc = import_text(m, r, &v, &o);
	else if (rc == RC_OK && m->ask->range != NULL && js_bool_of(js_get(known, "known")))
		rc = replace_by_known(m, o.path, known);
	if (rc == RC_OK)
		js_add(m->files, known != NULL ? known : outcome_json(&o));
	else
		js_free(known);
	terms_clear(m->terms);
	m->terms = NULL;
	m->run->rows_in += o.tally.read;
	m->run->rows_out += o.load.sum.rows;
	js_free(o.notes);
	reader_close(r);
	return rc;
}

/* All files */

/* Validate tells of every file, also of one that cannot be read at all. */
static enum rc tell_failed(struct import *m, const char *path, enum rc rc)
{
	const struct err *e = err_get();
	struct js *js = js_object(), *error = js_object();

	js_set_text(js, "file", path);
	js_set_text(js, "status", "failed");
	js_set_text(error, "code", e->id);
	js_set_text(error, "why", e->why);
	js_set_int(error, "line", (int64_t)e->line);
	js_set_text(error, "todo", e->todo);
	js_set(js, "error", error);
	js_add(m->files, js);
	if (m->refused.rc == RC_OK)
		m->refused = *e;
	return rc == RC_CANCELLED || rc == RC_NOMEM || rc == RC_INTERNAL ? rc : RC_OK;
}

static enum rc import_each(struct import *m)
{
	enum rc rc = load_begin(m->run, m->store, &m->load);

	for (size_t i = 0; rc == RC_OK && i < m->ask->paths; i++) {
		rc = import_path(m, m->ask->path[i]);
		if (rc != RC_OK)
			err_stopped(rc, "%s of %s", m->store != NULL ? "import" : "validation", m->ask->path[i]);
		if (rc != RC_OK && m->store == NULL)
			rc = tell_failed(m, m->ask->path[i], rc);
	}
	if (rc == RC_OK && m->purchases == 0 && m->ask->paths > 0)
		rc = err_do(err_set(RC_DATA, "MAP-113", "none of the files are purchases for the mapping %s", m->ask->mapping->path),
			"'sources describe' shows the names of files that it is for");
	if (rc == RC_OK)
		rc = load_end(m->load);
	m->changed = m->changed || (rc == RC_OK && load_rematched(m->load));
	mapped_join_clear(&m->joins);
	keyset_free(m->known);
	load_free(m->load);
	return rc;
}

static enum rc in_transaction(struct import *m)
{
	bool own = m->store != NULL && !store_in_transaction(m->store);
	enum rc rc = own ? store_begin(m->store) : RC_OK;

	if (rc == RC_OK)
		rc = import_each(m);
	if (rc == RC_OK && m->store != NULL)
		rc = returns_json(m->store, m->rules.decimals, &m->returns);
	if (rc == RC_OK && own && !m->ask->dry)
		rc = store_commit(m->store);
	if ((rc != RC_OK || m->ask->dry) && m->store != NULL)
		store_rollback(m->store);
	m->changed = m->changed && !m->ask->dry;
	return rc == RC_OK && own && m->changed ? store_checkpoint(m->store) : rc;
}

/* Rows are late against what was there before the import: the order of its files does not matter. */
static enum rc newest_day(struct import *m)
{
	int64_t day = 0;
	enum rc rc = m->past != NULL ? query_get_int(m->past, "statement/ingest_newest_day", &day, "") : RC_OK;

	m->newest = (day_t)day;
	add_times(m);
	return rc;
}

enum rc import_files(struct run *run, const struct import_ask *ask, struct js **result, bool *changed)
{
	struct import m = { .run = run, .ask = ask, .store = ask->validate_only ? NULL : run->store,
	                    .past = ask->validate_only && ask->release == NULL ? NULL : run->store };
	enum rc rc = rules_make(run, run->store, ask, &m.rules, &m.stop_on_bad);

	if (rc != RC_OK)
		return rc;
	m.percent = (int)run_int(run, "gate.accepted_percent");
	rc = newest_day(&m);
	if (rc != RC_OK)
		return rc;
	m.files = js_array();
	rc = in_transaction(&m);
	if (rc != RC_OK) {
		js_free(m.files);
		js_free(m.returns);
		js_free(m.range);
		return rc;
	}
	*result = js_object();
	js_set(*result, "files", m.files);
	if (m.returns != NULL)
		js_set(*result, "returns", m.returns);
	if (m.range != NULL)
		js_set(*result, "range", m.range);
	*changed = m.changed;
	if (m.refused.rc == RC_OK)
		return RC_OK;
	err_restore(&m.refused);
	return m.refused.rc;
}

enum rc import_state(struct store *s, char hex[DIGEST_HEX])
{
	struct digest *d = digest_new();
	struct query  *q = NULL;
	char    line[96], made[DIGEST_HEX];
	bool    row = true;
	enum rc rc = query_open(s, "statement/ingest_state", &q);

	while (rc == RC_OK && (rc = query_step(q, &row)) == RC_OK && row) {
		snprintf(line, sizeof line, "%lld %lld %lld", (long long)query_int(q, 0), (long long)query_int(q, 1), (long long)query_int(q, 3));
		digest_add_text(d, line);
		digest_add_text(d, query_text(q, 2));
	}
	query_close(q);
	digest_end(d, made);
	if (rc == RC_OK)
		memcpy(hex, made, DIGEST_HEX);
	return rc;
}
