/* Reads, splits and judges a file in its own thread. Not here: what a row must satisfy (judge.c), storing (load.c). */
#include "config.h"

#include "ingest/parse.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/queue.h"
#include "base/str.h"
#include "ingest/ahead.h"
#include "ingest/repeat.h"
#include "ingest/split.h"
#include "ingest/terms.h"

enum { BATCHES = 16, BADS_SENT = 512 };

/* What rows say of their customers, until it is noted: while their texts are in the window. */
struct notes {
	size_t      n;
	int         attribute[READING_ATTRIBUTES]; /* numbers of the reading's */
	struct span id[BATCH_ROWS];
	int32_t     day[BATCH_ROWS];
	struct span value[READING_ATTRIBUTES][BATCH_ROWS];
};

struct parse {
	struct parse_ask ask;
	struct queue    *full, *free;
	struct thread   *thread;
	atomic_bool      stop;
	_Atomic uint64_t bytes;            /* behind the parser */

	/* the thread's own until it is joined */
	struct splitter *split;
	struct judge     judge;
	struct repeat   *repeat;           /* NULL: nothing to look for */
	struct notes    *notes;            /* NULL: no attributes are kept */
	struct tally     tally;
	struct batch    *batch;
	struct span      id[BATCH_ROWS];   /* of the batch's rows from `coded` on: they live as long as the window */
	size_t           coded;
	int64_t          line, offset;     /* of the record at hand */
	struct bad_row   tail;             /* a record over the limit whose end has not come yet */
	int64_t          tail_lines;       /* line ends inside it */
	bool             in_tail;
	char             hex[DIGEST_HEX];
	enum rc          rc;
	struct err       error;
};

/* Batches */

static struct batch *batch_new(bool keys, bool match)
{
	struct batch *b = mem_new(1, sizeof *b);

	if (keys) {
		b->key = mem_new(BATCH_ROWS, sizeof *b->key);
		b->value = mem_new(BATCH_ROWS, sizeof *b->value);
	}
	b->match = match ? mem_new(BATCH_ROWS, sizeof *b->match) : NULL;
	return b;
}

static void batch_clear(struct batch *b)
{
	for (size_t i = 0; i < b->bads; i++) {
		free(b->bad[i].raw);
		free(b->bad[i].customer);
	}
	for (size_t i = 0; i < b->fixes; i++)
		free(b->fix[i].customer);
	b->n = b->bads = b->fixes = 0;
}

static void batch_free(struct batch *b)
{
	if (b == NULL)
		return;
	batch_clear(b);
	free(b->bad);
	free(b->fix);
	free(b->key);
	free(b->value);
	free(b->match);
	free(b);
}

static void queue_drain(struct queue *q)
{
	if (q == NULL)
		return;
	queue_close(q);
	for (struct batch *b; (b = queue_try_pop(q)) != NULL;)
		batch_free(b);
	queue_free(q);
}

/* The rows of the batch that are not in the book yet: while their ids are still in the window. */
static enum rc enter_rows(struct parse *p)
{
	struct batch *b = p->batch;
	size_t  from = p->coded, n = b->n - from;
	enum rc rc = book_codes(p->ask.book, p->id + from, n, b->customer + from);

	p->coded = b->n;
	return rc == RC_OK ? book_add(p->ask.book, b->customer + from, b->day + from, b->minor + from, n) : rc;
}

/* Behind the rows: who is new there has the number that the rows gave. */
static enum rc enter_notes(struct parse *p)
{
	struct notes *t = p->notes;
	int32_t code[BATCH_ROWS];
	enum rc rc;

	if (t == NULL || t->n == 0)
		return RC_OK;
	rc = book_codes(p->ask.book, t->id, t->n, code);
	if (rc == RC_OK)
		rc = book_add(p->ask.book, code, t->day, NULL, 0);
	for (int i = 0; rc == RC_OK && i < reading_attributes(p->ask.reading); i++)
		rc = attributes_note(p->ask.attributes, t->attribute[i], code, t->day, t->value[i], t->n);
	t->n = 0;
	return rc;
}

static enum rc note_row(struct parse *p, const struct record *r, const struct verdict *v)
{
	struct notes *t = p->notes;
	struct span   value[READING_ATTRIBUTES];
	enum rc rc = RC_OK;

	if (t->n == BATCH_ROWS && (rc = enter_rows(p)) == RC_OK)
		rc = enter_notes(p);
	if (rc != RC_OK)
		return rc;
	judge_attributes(&p->judge, r, value);
	t->id[t->n] = v->customer;
	t->day[t->n] = v->day;
	for (int i = 0; i < reading_attributes(p->ask.reading); i++)
		t->value[i][t->n] = value[i];
	t->n++;
	return RC_OK;
}

static enum rc send(struct parse *p)
{
	enum rc rc = enter_rows(p);

	if (rc == RC_OK)
		rc = enter_notes(p);
	if (rc != RC_OK)
		return rc;
	if (p->batch->n == 0 && p->batch->bads == 0 && p->batch->fixes == 0)
		return RC_OK;
	if (!queue_push(p->full, p->batch))
		return RC_CANCELLED;
	p->coded = 0;
	p->batch = queue_pop(p->free);
	return p->batch != NULL ? RC_OK : RC_CANCELLED;
}

/* Rows set aside */

static void keep_example(struct parse *p, enum reason r, const struct record *rec)
{
	struct str t = { 0 };

	p->tally.example_line[r] = p->line;
	str_add_visible(&t, rec->p, rec->n < 60 ? rec->n : 60);
	size_t n = t.n < EXAMPLE_BYTES ? t.n : EXAMPLE_BYTES - 1;

	while (n > 0 && n < t.n && ((unsigned char)t.s[n] & 0xC0) == 0x80) /* not inside a character */
		n--;
	memcpy(p->tally.example[r], t.s != NULL ? t.s : "", n);
	p->tally.example[r][n] = '\0';
	str_clear(&t);
}

static void count_left_out(struct tally *t, const struct verdict *v)
{
	t->left_out++;
	t->by_rule[v->rule]++;
	if (v->minor != MONEY_NONE) {
		t->rule_money[v->rule]++;
		t->rule_minor[v->rule] += v->minor;
	}
}

static void count_reasons(struct parse *p, const struct verdict *v, const struct record *r)
{
	p->tally.quarantined++;
	if (v->rule >= 0)
		count_left_out(&p->tally, v);
	for (int k = 0; k < REASONS; k++) {
		if ((v->reasons & REASON_BIT(k)) == 0)
			continue;
		if (p->tally.by_reason[k]++ == 0)
			keep_example(p, (enum reason)k, r);
	}
}

static char *readable_id(struct span id)
{
	if (id.n == 0 || memchr(id.p, '\0', id.n) != NULL || str_utf8_valid(id.p, id.n) < id.n)
		return NULL;
	return mem_copy_span(id.p, id.n);
}

static struct bad_row make_bad(const struct parse *p, const struct record *r, const struct verdict *v)
{
	struct bad_row b = { .line = p->line, .offset = p->offset, .reasons = v->reasons };
	struct str raw = { 0 };

	if (v->rule >= 0) {
		b.by = p->ask.reading->mapped->table->source;
		b.why = p->ask.reading->mapped->table->rule[v->rule].name;
	}
	reader_raw(p->ask.reader, r->p, r->n < RAW_KEPT ? r->n : RAW_KEPT, &raw);
	b.raw_n = (uint32_t)(raw.n < RAW_KEPT ? raw.n : RAW_KEPT);
	b.raw_bytes = (int64_t)reader_raw_size(p->ask.reader, r->p, r->n);
	b.raw = str_take(&raw);
	b.customer = readable_id(v->customer);
	return b;
}

static void add_bad(struct batch *b, const struct bad_row *bad)
{
	if (b->bads == b->bad_cap) {
		b->bad_cap = b->bad_cap == 0 ? 16 : 2 * b->bad_cap;
		b->bad = mem_grow(b->bad, b->bad_cap, sizeof *b->bad);
	}
	b->bad[b->bads++] = *bad;
}

static enum rc bad_is_error(const struct parse *p, const struct record *r, enum reason first, const char *id)
{
	enum rc rc = err_set(RC_DATA, id, "%s: %s", reason_code(first), reason_sentence(first));

	err_where(rc, reader_path(p->ask.reader), (size_t)p->line, 0);
	return err_source(rc, r->p, r->n < 200 ? r->n : 200);
}

static enum rc set_aside(struct parse *p, const struct record *r, const struct verdict *v)
{
	struct bad_row bad;

	if (p->judge.rules->negative == NEGATIVE_STOP && (v->reasons & REASON_BIT(REASON_NEGATIVE_AMOUNT)) != 0)
		return err_do(bad_is_error(p, r, REASON_NEGATIVE_AMOUNT, "CSV-119"), "import with --negative refund or quarantine, or mend the row");
	if (p->ask.stop_on_bad && v->rule < 0)
		return err_do(bad_is_error(p, r, reason_first(v->reasons), "CSV-118"), "mend the row, or import with --on-bad quarantine");
	count_reasons(p, v, r);
	bad = make_bad(p, r, v);
	if (r->flags & RECORD_LONG) {
		p->tail = bad;
		p->tail_lines = r->lines;
		p->in_tail = true;
		return RC_OK;
	}
	add_bad(p->batch, &bad);
	return p->batch->bads >= BADS_SENT ? send(p) : RC_OK;
}

static void end_tail(struct parse *p)
{
	if (p->in_tail && p->tail.raw_bytes > p->tally.long_bytes) {
		p->tally.long_line = p->tail.line;
		p->tally.long_lines = p->tail_lines;
		p->tally.long_bytes = p->tail.raw_bytes;
	}
	if (p->in_tail)
		add_bad(p->batch, &p->tail);
	p->in_tail = false;
	p->tail = (struct bad_row){ 0 };
}

/* Rows */

/* A row that is there already, or that takes the place of the one that is. */
static enum rc take_repeat(struct parse *p, const struct verdict *v, enum repeated repeat)
{
	struct batch *b = p->batch;

	if (p->tally.duplicate++ == 0)
		p->tally.duplicate_line = p->line;
	if (repeat == REPEAT_TWICE)
		return RC_OK;
	if (b->fixes == b->fix_cap) {
		b->fix_cap = b->fix_cap == 0 ? 16 : 2 * b->fix_cap;
		b->fix = mem_grow(b->fix, b->fix_cap, sizeof *b->fix);
	}
	b->fix[b->fixes++] = (struct rowkey_fix){
		.key = v->key, .value = v->value, .customer = mem_copy_span(v->customer.p, v->customer.n), .day = v->day, .minor = v->minor,
		.matched = b->match != NULL, .match = v->match, .order = (size_t)p->tally.replaced++,
	};
	return b->fixes >= BADS_SENT ? send(p) : RC_OK;
}

/* A good row of a day that is not to come any more. A row that is known already is late for nothing. */
static uint64_t judge_time(const struct parse *p, const struct verdict *v)
{
	const struct rules *rules = p->judge.rules;

	if (v->day < rules->oldest && (p->repeat == NULL || !repeat_knows(p->repeat, v)))
		return REASON_BIT(REASON_LATE_ROW);
	if (rules->to != 0 && (v->day < rules->from || v->day > rules->to))
		return REASON_BIT(REASON_OUTSIDE_RANGE);
	return 0;
}

/* Values that stand further up already. */
static enum rc take_unique(struct parse *p, const struct record *r, struct verdict *v)
{
	enum rc rc = terms_unique(p->ask.terms, r, &p->judge.mapped, v);

	terms_place(p->ask.terms, p->line);
	return rc;
}

static enum rc take_row(struct parse *p, const struct record *r)
{
	struct batch  *b = p->batch;
	struct verdict v;
	enum repeated repeat = REPEAT_NONE;
	enum rc rc = RC_OK;

	if (r->flags & RECORD_TAIL) {
		p->tail_lines += r->lines;
		p->tail.raw_bytes += (int64_t)reader_raw_size(p->ask.reader, r->p, r->n);
		if (r->end != RECORD_OPEN)
			end_tail(p);
		return RC_OK;
	}
	p->tally.read++;
	judge_row(&p->judge, r, &v);
	if (p->ask.gather != NULL)
		gather_row(p->ask.gather, r, &v);
	if (p->ask.terms != NULL)
		terms_place(p->ask.terms, p->line);
	if (v.blank) {
		p->tally.blank++;
		return RC_OK;
	}
	if (v.reasons == 0)
		v.reasons = judge_time(p, &v);
	if (v.reasons == 0 && p->repeat != NULL)
		rc = repeat_see(p->repeat, r, &v, &repeat);
	if (rc == RC_OK && v.reasons == 0 && repeat == REPEAT_NONE && p->ask.terms != NULL)
		rc = take_unique(p, r, &v);
	if (rc == RC_OK && v.reasons == 0 && p->notes != NULL)
		rc = note_row(p, r, &v);
	if (rc != RC_OK || repeat != REPEAT_NONE)
		return rc == RC_OK ? take_repeat(p, &v, repeat) : rc;
	if (v.reasons != 0)
		return set_aside(p, r, &v);
	if (p->ask.gather != NULL)
		gather_kept(p->ask.gather, &v);
	p->tally.accepted++;
	p->tally.late += v.day < p->judge.rules->newest;
	p->id[b->n] = v.customer;
	b->day[b->n] = v.day;
	b->minor[b->n] = v.minor;
	if (b->key != NULL) {
		b->key[b->n] = v.key;
		b->value[b->n] = v.value;
	}
	if (b->match != NULL)
		b->match[b->n] = v.match;
	b->n++;
	return b->n == BATCH_ROWS ? send(p) : RC_OK;
}

static bool is_cancelled(const struct parse *p)
{
	return atomic_load(&p->stop) || (p->ask.cancel != NULL && atomic_load(p->ask.cancel));
}

static enum rc go_on(void *user)
{
	return is_cancelled(user) ? RC_CANCELLED : RC_OK;
}

/* A row without an end at its limit. */
static enum rc look_ahead(struct parse *p, const struct window *w, size_t at)
{
	return ahead_look(&(struct ahead){ .reader = p->ask.reader, .split = p->split, .max_field = p->ask.rules->max_field, .tick = go_on, .user = p },
		w, at);
}

/* Every whole record of a window; *used tells how far they go. */
static enum rc take_window(struct parse *p, const struct window *w, size_t *used)
{
	struct record r;
	bool    whole = true;
	enum rc rc = RC_OK;
	size_t  at = 0;

	while (rc == RC_OK && at < w->n) {
		rc = split_next(p->split, w->text + at, w->n - at, w->last, &r, &whole);
		if (rc == RC_OK && !whole && (r.flags & RECORD_OVER) != 0) {
			rc = look_ahead(p, w, at);
			continue;
		}
		if (rc != RC_OK || !whole)
			break;
		rc = take_row(p, &r);
		p->tally.ends[r.end]++;
		p->line += r.lines;
		p->offset += (int64_t)reader_raw_size(p->ask.reader, r.p, r.used);
		at += r.used;
	}
	*used = at;
	if (rc == RC_OK)
		rc = enter_rows(p);
	if (rc == RC_OK)
		rc = enter_notes(p);
	split_forget(p->split);
	judge_forget(&p->judge);
	return rc;
}

/* Pass over what stands before the first row. */
static enum rc skip_header(struct parse *p, struct window *w, size_t *used)
{
	enum rc rc = reader_read(p->ask.reader, 0, w);

	if (rc != RC_OK)
		return rc;
	*used = p->ask.reading->skip_bytes;
	p->line = 1 + (int64_t)p->ask.reading->skip_lines;
	p->offset = (int64_t)(reader_start(p->ask.reader) + reader_raw_size(p->ask.reader, w->text, *used));
	w->text += *used;
	w->n -= *used;
	return RC_OK;
}

static enum rc take_file(struct parse *p)
{
	struct window w;
	size_t  used, skipped;
	enum rc rc;

	reader_rewind(p->ask.reader, true);
	rc = skip_header(p, &w, &skipped);
	while (rc == RC_OK) {
		rc = take_window(p, &w, &used);
		if (rc != RC_OK || (w.last && used == w.n))
			break;
		if (is_cancelled(p))
			return RC_CANCELLED;
		atomic_fetch_add(&p->bytes, used + skipped);
		rc = reader_read(p->ask.reader, used + skipped, &w);
		skipped = 0;
	}
	if (rc != RC_OK)
		return rc;
	end_tail(p);
	reader_digest(p->ask.reader, p->hex);
	return send(p);
}

static void work(void *arg)
{
	struct parse *p = arg;

	p->rc = take_file(p);
	if (p->rc == RC_CANCELLED)
		err_set(RC_CANCELLED, "RUN-101", "cancelled");
	if (p->rc != RC_OK)
		p->error = *err_get();
	queue_close(p->full);
}

/* The other side */

static void parse_free(struct parse *p)
{
	end_tail(p);
	batch_free(p->batch);
	queue_drain(p->full);
	queue_drain(p->free);
	split_free(p->split);
	judge_clear(&p->judge);
	repeat_free(p->repeat);
	free(p->notes);
	free(p);
}

/* The attributes that the reading names, with their numbers. */
static enum rc begin_notes(struct parse *p)
{
	enum rc rc = RC_OK;

	if (p->ask.attributes == NULL || reading_attributes(p->ask.reading) == 0)
		return RC_OK;
	p->notes = mem_new(1, sizeof *p->notes);
	for (int i = 0; rc == RC_OK && i < reading_attributes(p->ask.reading); i++)
		rc = attributes_find(p->ask.attributes, reading_attribute_name(p->ask.reading, i), &p->notes->attribute[i]);
	return rc;
}

enum rc parse_begin(const struct parse_ask *ask, struct parse **out)
{
	struct parse *p = mem_new(1, sizeof *p);
	enum rc rc;

	p->ask = *ask;
	p->full = queue_new(BATCHES);
	p->free = queue_new(BATCHES + 1);
	p->split = split_new(ask->reading->delimiter, ask->rules->max_row);
	split_quote(p->split, ask->reading->quote);
	p->batch = batch_new(ask->known != NULL, reading_matched(ask->reading));
	split_ahead(p->split);
	judge_init(&p->judge, ask->rules, ask->reading);
	p->judge.terms = ask->terms;
	p->repeat = repeat_new(ask->rules, ask->reading, ask->known);
	rc = begin_notes(p);
	if (rc != RC_OK) {
		parse_free(p);
		return rc;
	}
	for (int i = 1; p->free != NULL && i < BATCHES; i++)
		queue_push(p->free, batch_new(ask->known != NULL, reading_matched(ask->reading)));
	if (p->full != NULL && p->free != NULL)
		p->thread = thread_start(work, p);
	if (p->thread == NULL) {
		parse_free(p);
		return err_set(RC_NOMEM, "CSV-127", "the system gives no thread for reading the file");
	}
	*out = p;
	return RC_OK;
}

struct batch *parse_take(struct parse *p)
{
	return queue_pop(p->full);
}

uint64_t parse_done(const struct parse *p)
{
	return atomic_load(&p->bytes);
}

void parse_give(struct parse *p, struct batch *b)
{
	batch_clear(b);
	queue_push(p->free, b);
}

enum rc parse_end(struct parse *p, bool abandon, struct tally *tally, struct currency *currency, struct seen *seen, char hex[DIGEST_HEX])
{
	enum rc rc;

	if (abandon) {
		atomic_store(&p->stop, true);
		queue_close(p->full);
		queue_close(p->free);
	}
	thread_join(p->thread);
	rc = p->rc;
	if (!abandon && rc != RC_OK)
		err_restore(&p->error);
	*tally = p->tally;
	*currency = p->judge.currency;
	*seen = p->judge.seen;
	memcpy(hex, p->hex, DIGEST_HEX);
	parse_free(p);
	return rc;
}
