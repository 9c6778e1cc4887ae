/* Takes rows of a range out of the count, and counts their files anew. Writes raw_block (counts_on), raw_replaced, sums of raw_file. Not here:
 * the rows that come instead (import.c). */
#include "config.h"

#include "ingest/range.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/str.h"
#include "ingest/load_priv.h"
#include "module/audit.h"
#include "module/transaction.h"
#include "store/query.h"

/* An earlier file of the source, and what stays of it. */
struct giver {
	int64_t     file_id;
	const char *name;
	int64_t     rows;            /* that give way */
	__int128    minor;           /* their sum */
	int64_t     refunds;         /* of those that stay, as the rest */
	__int128    revenue;
	day_t       first, last;
	int32_t     customers;
	uint64_t   *seen;            /* a bit for each customer; NULL while no row gives way */
};

struct work {
	struct load *load;
	const struct import_range *range;
	struct giver *giver;         /* by file_id */
	size_t        givers;
	int64_t      *block;         /* first rows of the blocks that change */
	size_t        blocks, cap;
};

static struct giver *giver_of(const struct work *w, int64_t file_id)
{
	size_t low = 0, high = w->givers;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (w->giver[mid].file_id < file_id)
			low = mid + 1;
		else
			high = mid;
	}
	return low < w->givers && w->giver[low].file_id == file_id ? &w->giver[low] : NULL;
}

static bool gives_way(const struct work *w, const struct transactions *t, size_t i)
{
	return t->counts[i] != COUNTS_NOT && t->day[i] >= w->range->from && t->day[i] <= w->range->to;
}

/* Blocks with rows in the range: written later, for a block is not changed while blocks are read. */
static enum rc find_block(void *user, const struct transactions *t)
{
	struct work *w = user;
	bool any = false;

	for (size_t i = 0; !any && giver_of(w, t->file_id) != NULL && i < t->n; i++)
		any = gives_way(w, t, i);
	if (any && w->blocks == w->cap) {
		w->cap = w->cap == 0 ? 256 : 2 * w->cap;
		w->block = mem_grow(w->block, w->cap, sizeof *w->block);
	}
	if (any)
		w->block[w->blocks++] = t->first_row;
	return run_tick(w->load->run, "rows", t->first_row, w->load->last_row);
}

static enum rc change_block(struct work *w, struct transactions *t)
{
	struct giver *g = giver_of(w, t->file_id);

	for (size_t i = 0; i < t->n; i++) {
		if (!gives_way(w, t, i))
			continue;
		t->counts[i] = COUNTS_NOT;
		book_remove(&w->load->book, t->customer[i], t->minor[i]);
		g->rows++;
		g->minor += t->minor[i] == MONEY_NONE ? 0 : t->minor[i];
	}
	if (g->seen == NULL)
		g->seen = mem_try((size_t)w->load->book.n / 64 + 1, sizeof *g->seen);
	return g->seen != NULL ? load_write_block(w->load->store, t) : err_set(RC_NOMEM, "CSV-126", "no memory to count the customers of a file");
}

static enum rc change_blocks(struct work *w)
{
	struct transactions *t = mem_new(1, sizeof *t);
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < w->blocks; i++) {
		rc = load_read_block(w->load->store, w->block[i], t);
		if (rc == RC_OK)
			rc = change_block(w, t);
	}
	free(t);
	return rc;
}

/* What stays of the files that gave rows. */
static enum rc count_block(void *user, const struct transactions *t)
{
	struct work  *w = user;
	struct giver *g = giver_of(w, t->file_id);

	for (size_t i = 0; g != NULL && g->seen != NULL && i < t->n; i++) {
		const bool sale = t->minor[i] == MONEY_NONE || t->minor[i] >= 0;
		const uint64_t bit = UINT64_C(1) << (t->customer[i] & 63);

		if (t->counts[i] == COUNTS_NOT)
			continue;
		g->refunds += !sale;
		g->revenue += t->minor[i] == MONEY_NONE ? 0 : t->minor[i];
		g->first = sale && (g->first == DAY_NONE || t->day[i] < g->first) ? t->day[i] : g->first;
		g->last = sale && t->day[i] > g->last ? t->day[i] : g->last;
		g->customers += (g->seen[t->customer[i] / 64] & bit) == 0;
		g->seen[t->customer[i] / 64] |= bit;
	}
	return run_tick(w->load->run, "rows", t->first_row, w->load->last_row);
}

static enum rc keep_giver(const struct work *w, const struct range_file *by, const struct giver *g, struct js *files)
{
	struct store *s = w->load->store;
	struct js *js = js_object();
	char now[32];
	const bool any = g->first != DAY_NONE;
	enum rc rc;

	js_set_int(js, "file_id", g->file_id);
	js_set_text(js, "file", g->name);
	js_set_int(js, "rows", g->rows);
	js_add(files, js);
	clock_now(now);
	if (g->revenue > INT64_MAX || g->revenue <= INT64_MIN || g->minor > INT64_MAX || g->minor <= INT64_MIN)
		return err_set(RC_DATA, "CSV-128", "the amounts of a file add up to more than can be kept");
	rc = query_run(s, "statement/ingest_replaced_add", "iiiiiittt", g->file_id, by->file_id, (int64_t)w->range->from, (int64_t)w->range->to, g->rows,
		(int64_t)g->minor, w->range->by, w->range->why, now);
	if (rc != RC_OK)
		return rc;
	return query_run(s, "statement/ingest_file_gave", any ? "iiiiiii" : "iiiiinn", g->file_id, g->rows, g->refunds, (int64_t)g->revenue,
		(int64_t)g->customers, (int64_t)g->first, (int64_t)g->last);
}

/* The entry has what the result has, and who, why and by what. */
static enum rc enter(const struct work *w, const struct range_file *by, const struct js *result)
{
	struct js *js = js_copy(result);

	js_set_text(js, "action", "replace-range");
	js_set_int(js, "by_file", by->file_id);
	js_set_text(js, "name", by->name);
	js_set_text(js, "digest", by->digest);
	js_set_text(js, "why", w->range->why);
	return audit_append(w->load->store, "import", w->range->by, js, NULL);
}

static enum rc keep(const struct work *w, const struct range_file *by, struct js **out)
{
	struct js *js = js_object(), *files = js_array();
	char    from[16], to[16];
	int64_t rows = 0;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < w->givers; i++) {
		rows += w->giver[i].rows;
		if (w->giver[i].rows > 0)
			rc = keep_giver(w, by, &w->giver[i], files);
	}
	day_format(from, w->range->from);
	day_format(to, w->range->to);
	js_set_text(js, "from", from);
	js_set_text(js, "to", to);
	js_set_int(js, "rows", rows);
	js_set(js, "files", files);
	if (rc == RC_OK)
		rc = enter(w, by, js);
	if (rc != RC_OK)
		js_free(js);
	else
		*out = js;
	return rc;
}

static enum rc read_givers(struct work *w, const struct range_file *by)
{
	struct frame *f = NULL;
	enum rc rc = query_frame(w->load->store, w->load->run->arena, "statement/ingest_source_files", &f, "it", by->file_id, by->source);

	if (rc != RC_OK)
		return rc;
	w->givers = f->rows;
	w->giver = mem_new(f->rows + 1, sizeof *w->giver);
	for (size_t i = 0; i < f->rows; i++)
		w->giver[i] = (struct giver){ .file_id = f->column[0].i[i], .name = f->column[1].t[i], .first = DAY_NONE, .last = DAY_NONE };
	return RC_OK;
}

enum rc range_replace(struct load *l, const struct import_range *range, const struct range_file *by, struct js **result)
{
	struct work w = { .load = l, .range = range };
	enum rc rc = read_givers(&w, by);

	if (rc == RC_OK)
		rc = transaction_scan(l->store, 1, l->last_row, find_block, &w);
	if (rc == RC_OK)
		rc = change_blocks(&w);
	if (rc == RC_OK && w.blocks > 0)
		rc = transaction_scan(l->store, 1, l->last_row, count_block, &w);
	if (rc == RC_OK)
		rc = keep(&w, by, result);
	for (size_t i = 0; i < w.givers; i++)
		free(w.giver[i].seen);
	free(w.giver);
	free(w.block);
	return rc;
}
