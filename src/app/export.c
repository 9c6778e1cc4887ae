/* The output files of the live run and their manifest. Customer rows are read table by table in key order and written in rank order:
 * a join in rank order would look up two tables at random for each customer. */
#include "config.h"

#include "app/export.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/render.h"
#include "base/day.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/mem.h"
#include "store/query.h"
#include "store/scan.h"
#include "models/rank.h"

enum { SCORES = 7, AHEAD = 24 };

struct row { /* one customer, by raw_customer.customer */
	double      score[SCORES]; /* p_alive, expected_purchases, expected_value, clv, clv_low, clv_high, at_risk */
	double      monetary;
	int32_t     frequency, recency, t;
	uint32_t    id_n;
	const char *id;
};

struct live {
	int64_t run_id, features, score, rank, cluster, drift, max_customer, customers;
	char   *started_at;
};

struct exporter {
	struct store   *store;
	struct arena   *arena;
	const char     *folder;
	bool            raw;
	const char     *columns; /* attributes of customers: names with commas, or "all"; NULL: none */
	const atomic_bool *cancel;
	struct live     live;
	int64_t         last_rank; /* written */
	struct row     *row;
	struct frame   *cluster; /* cluster_id, cluster_rank, rank_from, rank_to */
	struct js      *files;
};

/* --- one output file -------------------------------------------------------------------------- */

struct out {
	struct file_writer *writer;
	struct digest      *digest;
	struct str          text;
	int64_t             bytes, rows;
	char               *path;
	const char         *name;
};

static enum rc out_flush(struct out *o)
{
	if (!o->text.n)
		return RC_OK;
	digest_add(o->digest, o->text.s, o->text.n);
	o->bytes += (int64_t)o->text.n;
	size_t done = fwrite(o->text.s, 1, o->text.n, file_stream(o->writer));
	size_t want = o->text.n;
	o->text.n = 0;
	return done == want ? RC_OK : err_set(RC_IO, "FILE-130", "cannot write %s: the disk may be full", o->path);
}

static enum rc out_open(struct exporter *x, const char *name, struct out *o)
{
	*o = (struct out){ .name = name, .path = arena_printf(x->arena, "%s/%s", x->folder, name) };
	enum rc rc = file_create(o->path, &o->writer);
	if (!rc)
		o->digest = digest_new_content();
	return rc;
}

static enum rc out_close(struct exporter *x, struct out *o, enum rc rc)
{
	char hex[DIGEST_HEX];
	if (!o->writer)
		return rc;
	rc = rc ? rc : out_flush(o);
	digest_end(o->digest, hex);
	str_clear(&o->text);
	if (rc) {
		file_abandon(o->writer);
		return rc;
	}
	rc = file_commit(o->writer);
	if (!rc) {
		struct js *f = js_object();
		js_set_text(f, "path", o->path);
		js_set_text(f, "name", o->name);
		js_set_int(f, "rows", o->rows);
		js_set_int(f, "bytes", o->bytes);
		js_set_text(f, "digest", hex);
		js_add(x->files, f);
	}
	return rc;
}

/* --- cells: written behind a pointer into space that the row has reserved ---------------------- */

enum { ROW_ROOM = 1024 }; /* all of a row but its id */

/* Space for a row with an id of n bytes; the cells end at the pointer given to row_end. */
static char *row_begin(struct out *o, size_t n)
{
	str_reserve(&o->text, 12 * n + ROW_ROOM);
	return o->text.s + o->text.n;
}

static enum rc row_end(struct out *o, char *end)
{
	*end++ = '\n';
	o->text.n = (size_t)(end - o->text.s);
	o->rows++;
	return o->text.n > 1 << 20 ? out_flush(o) : RC_OK;
}

static char *put_whole(char *p, int64_t v)
{
	char     buf[24], *d = buf + sizeof buf;
	uint64_t n = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	do
		*--d = (char)('0' + n % 10);
	while (n /= 10);
	if (v < 0)
		*--d = '-';
	size_t size = (size_t)(buf + sizeof buf - d);
	memcpy(p, d, size);
	return p + size;
}

/* A number with a fixed count of decimals, rounded half away from zero: the shortest round trip would take most of the export's time. */
static char *put_fixed(char *p, double v, int decimals)
{
	static const double scale[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6 };
	char                buf[40], *d = buf + sizeof buf;
	if (!isfinite(v))
		return p;
	if (fabs(v) >= 1e11)
		return p + str_double(p, v);
	uint64_t n = (uint64_t)llround(fabs(v) * scale[decimals]);
	bool     minus = v < 0 && n > 0;
	for (int i = 0; i < decimals; i++, n /= 10)
		*--d = (char)('0' + n % 10);
	if (decimals)
		*--d = '.';
	do
		*--d = (char)('0' + n % 10);
	while (n /= 10);
	if (minus)
		*--d = '-';
	size_t size = (size_t)(buf + sizeof buf - d);
	memcpy(p, d, size);
	return p + size;
}

static char *put_text(char *p, const char *s)
{
	size_t n = strlen(s);
	memcpy(p, s, n);
	return p + n;
}

/* Bytes that need neither quotes nor an escape nor a guard against spreadsheets. */
static bool is_plain(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char c = s[i];
		if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || (i && (c == '-' || c == '.'))))
			return false;
	}
	return true;
}

static char *put_id(const struct exporter *x, char *p, const char *id, size_t n)
{
	if (is_plain(id, n)) {
		memcpy(p, id, n);
		return p + n;
	}
	struct str safe = {0}, field = {0};
	str_add_visible(&safe, id, n);
	render_csv_field(&field, safe.s ? safe.s : "", safe.n, !x->raw);
	p = put_text(p, field.s ? field.s : "");
	str_clear(&safe);
	str_clear(&field);
	return p;
}

/* --- customers -------------------------------------------------------------------------------- */

static enum rc load_live(struct exporter *x)
{
	struct query *q;
	bool          row;
	enum rc       rc = query_open(x->store, "statement/export_live", &q);
	rc = rc ? rc : query_step(q, &row);
	if (!rc && !row) {
		query_close(q);
		return err_do(err_set(RC_DATA, "RUN-191", "there is nothing to export: no run has ended well in this store"), "clv --batch run FILE.csv");
	}
	if (!rc) {
		x->live = (struct live){ .run_id = query_int(q, 0), .features = query_int(q, 1), .score = query_int(q, 2), .rank = query_int(q, 3),
		                         .cluster = query_int(q, 4), .drift = query_int(q, 5), .max_customer = query_int(q, 6), .customers = query_int(q, 8) };
		x->live.started_at = arena_text(x->arena, query_text(q, 7));
	}
	query_close(q);
	return rc;
}

/* Blocks of rows on their way from the store; which columns mean what is the statement's business. */
struct block {
	struct exporter   *x;
	int64_t            whole[SCAN_BLOCK];
	int32_t            customer[SCAN_BLOCK], small[3][SCAN_BLOCK];
	double             real[SCORES][SCAN_BLOCK];
	struct append_span text[SCAN_BLOCK];
	struct out        *ranked, *clustered;
};

/* A number from a damaged store must not become an index. */
static enum rc within(const struct block *b, size_t rows)
{
	for (size_t i = 0; i < rows; i++)
		if (b->customer[i] < 0 || b->customer[i] > b->x->live.max_customer)
			return err_set(RC_DAMAGED, "STORE-192", "the results name a customer that is not there (number %d)", b->customer[i]);
	return RC_OK;
}

static enum rc take_features(void *user, size_t rows)
{
	struct block *b = user;
	enum rc       rc = within(b, rows);
	for (size_t i = 0; i < rows && !rc; i++) {
		struct row *r = &b->x->row[b->customer[i]];
		r->id = arena_span(b->x->arena, b->text[i].p, b->text[i].n);
		r->id_n = b->text[i].n;
		r->frequency = b->small[0][i];
		r->recency = b->small[1][i];
		r->t = b->small[2][i];
		r->monetary = b->real[0][i];
	}
	return rc;
}

static enum rc load_features(struct exporter *x, struct block *b)
{
	struct scan_column column[] = { { SCAN_I32, b->customer }, { SCAN_TEXT, b->text }, { SCAN_I32, b->small[0] }, { SCAN_I32, b->small[1] },
	                                { SCAN_I32, b->small[2] }, { SCAN_F64, b->real[0] } };
	struct scan        scan = { .column = column, .columns = 6, .block = SCAN_BLOCK, .take = take_features, .user = b };
	return store_scan(x->store, "statement/export_features", &scan, "i", x->live.features);
}

static enum rc take_scores(void *user, size_t rows)
{
	struct block *b = user;
	enum rc       rc = within(b, rows);
	for (size_t i = 0; i < rows && !rc; i++)
		for (int k = 0; k < SCORES; k++)
			b->x->row[b->customer[i]].score[k] = b->real[k][i];
	return rc;
}

static enum rc load_scores(struct exporter *x, struct block *b)
{
	struct scan_column column[1 + SCORES] = { { SCAN_I32, b->customer } };
	for (int k = 0; k < SCORES; k++)
		column[1 + k] = (struct scan_column){ SCAN_F64, b->real[k] };
	struct scan scan = { .column = column, .columns = 1 + SCORES, .block = SCAN_BLOCK, .take = take_scores, .user = b };
	return store_scan(x->store, "statement/export_scores", &scan, "i", x->live.score);
}

static void cluster_of(const struct exporter *x, int64_t rank, int64_t *id, int64_t *cluster_rank)
{
	*id = *cluster_rank = 0;
	for (size_t i = 0; i < x->cluster->rows; i++)
		if (rank >= x->cluster->column[2].i[i] && rank <= x->cluster->column[3].i[i]) {
			*id = x->cluster->column[0].i[i];
			*cluster_rank = x->cluster->column[1].i[i];
		}
}

/* What a rank adds to a customer; percentile and top share follow from it. */
struct standing_row { int64_t rank, cluster, cluster_rank; const char *tier; struct append_span segment; };

static char *put_span(char *p, struct append_span s)
{
	memcpy(p, s.p, s.n);
	return p + s.n;
}

/* The columns of the report top_customers, in its order. */
static char *put_ranked(const struct exporter *x, char *p, const struct standing_row *s, const struct row *r, size_t id)
{
	static const int decimals[SCORES] = { 6, 6, 4, 4, 4, 4, 4 };
	const int32_t    whole[] = { r->frequency, r->recency, r->t - r->recency, r->t };
	p = put_whole(p, s->rank);
	*p++ = ',';
	p = put_id(x, p, r->id, id);
	for (size_t i = 0; i < 4; i++) {
		*p++ = ',';
		p = put_whole(p, whole[i]);
	}
	*p++ = ',';
	p = put_fixed(p, r->monetary, 4);
	for (int i = 0; i < SCORES - 1; i++) {
		*p++ = ',';
		p = put_fixed(p, r->score[i], decimals[i]);
	}
	*p++ = ',';
	p = put_fixed(p, 100 * (double)(x->live.customers - s->rank + 1) / (double)x->live.customers, 4);
	*p++ = ',';
	p = put_fixed(p, (double)s->rank / (double)x->live.customers, 6);
	*p++ = ',';
	p = put_text(p, s->tier);
	*p++ = ',';
	p = put_span(p, s->segment);
	*p++ = ',';
	p = put_whole(p, s->cluster);
	*p++ = ',';
	return put_fixed(p, r->score[SCORES - 1], 4);
}

static char *put_clustered(const struct exporter *x, char *p, const struct standing_row *s, const struct row *r, size_t id)
{
	p = put_id(x, p, r->id, id);
	*p++ = ',';
	p = put_whole(p, s->cluster);
	*p++ = ',';
	p = put_whole(p, s->cluster_rank);
	*p++ = ',';
	p = put_fixed(p, r->score[3], 4);
	*p++ = ',';
	p = put_fixed(p, r->score[1], 6);
	*p++ = ',';
	p = put_whole(p, s->rank);
	*p++ = ',';
	p = put_text(p, s->tier);
	*p++ = ',';
	return put_span(p, s->segment);
}

/* Ranks name customers in no order, and these are larger than the caches: a row, and then its id, are fetched while those
 * before it are written. */
static void fetch_ahead(const struct block *b, size_t i, size_t rows)
{
	if (i + 2 * AHEAD < rows) {
		const struct row *r = &b->x->row[b->customer[i + 2 * AHEAD]];
		__builtin_prefetch(r);
		__builtin_prefetch(&r->id);
	}
	if (i + AHEAD < rows)
		__builtin_prefetch(b->x->row[b->customer[i + AHEAD]].id);
}

static enum rc take_ranks(void *user, size_t rows)
{
	struct block    *b = user;
	struct exporter *x = b->x;
	enum rc          rc = x->cancel && atomic_load(x->cancel) ? err_set(RC_CANCELLED, "RUN-101", "cancelled") : within(b, rows);
	for (size_t i = 0; i < rows && !rc; i++) {
		const struct row   *r = &x->row[b->customer[i]];
		struct standing_row s = { .rank = b->whole[i], .segment = b->text[i] };
		fetch_ahead(b, i, rows);
		if (!r->id)
			return err_set(RC_DAMAGED, "STORE-190", "the ranking holds a customer without features (number %d)", b->customer[i]);
		if (s.rank != ++x->last_rank)
			return err_set(RC_DAMAGED, "STORE-191", "rank %lld is missing from the ranking", (long long)x->last_rank);
		size_t id = r->id_n;
		s.tier = tier_names[tier_of((size_t)s.rank, (size_t)x->live.customers)];
		cluster_of(x, s.rank, &s.cluster, &s.cluster_rank);
		rc = row_end(b->ranked, put_ranked(x, row_begin(b->ranked, id), &s, r, id));
		rc = rc ? rc : row_end(b->clustered, put_clustered(x, row_begin(b->clustered, id), &s, r, id));
	}
	return rc;
}

static enum rc write_rows(struct exporter *x, struct block *b, struct out *ranked, struct out *clustered)
{
	struct scan_column column[] = { { SCAN_I64, b->whole }, { SCAN_I32, b->customer }, { SCAN_TEXT, b->text } };
	struct scan        scan = { .column = column, .columns = 3, .block = SCAN_BLOCK, .take = take_ranks, .user = b };
	str_add(&ranked->text, "rank,customer_id,frequency,recency,days_since_last,t,monetary,p_alive,expected_purchases,expected_value,clv,clv_low,"
	                       "clv_high,percentile,top_share,tier,rfm_segment,cluster_id,at_risk\n");
	str_add(&clustered->text, "customer_id,cluster_id,cluster_rank,clv,expected_purchases,rank,tier,rfm_segment\n");
	b->ranked = ranked;
	b->clustered = clustered;
	return store_scan(x->store, "statement/export_ranks", &scan, "i", x->live.rank);
}

/* --- attributes ------------------------------------------------------------------------------- */

/* One attribute on its way: its values come in the order of customers. */
struct kept { const char *name; int64_t attribute; struct query *q; bool row; };

static enum rc no_attribute(const struct frame *all, const char *name)
{
	const char *near = str_nearest(name, all->column[1].t, all->rows);
	enum rc     rc = err_set(RC_USAGE, "CMD-152", "no column '%s' is kept of customers", name);
	return near ? err_do(rc, "did you mean %s?", near) : err_do(rc, "'show attributes' lists what is kept; import FILE --attributes COLUMNS keeps more");
}

/* Those that were asked for, in that order; "all" leaves out names and addresses of people, which have to be named. */
static enum rc choose_kept(struct exporter *x, struct kept **out, size_t *n)
{
	struct frame *all;
	enum rc       rc = query_frame(x->store, x->arena, "statement/export_attributes", &all, "");
	*n = 0;
	if (rc)
		return rc;
	*out = arena_alloc(x->arena, strlen(x->columns) + all->rows + 1, sizeof **out);
	for (size_t i = 0; !strcmp(x->columns, "all") && i < all->rows; i++)
		if (!all->column[2].i[i])
			(*out)[(*n)++] = (struct kept){ .name = all->column[1].t[i], .attribute = all->column[0].i[i] };
	for (const char *p = strcmp(x->columns, "all") ? x->columns : ""; *p;) {
		size_t      len = strcspn(p, ","), i = 0;
		const char *name = arena_span(x->arena, p, len);
		p += len + (p[len] == ',');
		while (i < all->rows && strcmp(all->column[1].t[i], name) != 0)
			i++;
		if (i == all->rows)
			return no_attribute(all, name);
		(*out)[(*n)++] = (struct kept){ .name = name, .attribute = all->column[0].i[i] };
	}
	return RC_OK;
}

/* As it is safe to look at and to open: control characters are spelled out, formulas neutralised. */
static void put_cell(const struct exporter *x, struct out *o, const char *text, size_t n)
{
	struct str safe = {0};
	str_add_visible(&safe, text, n);
	render_csv_field(&o->text, safe.s ? safe.s : "", safe.n, !x->raw);
	str_clear(&safe);
}

static enum rc put_kept(const struct exporter *x, struct out *o, struct kept *k, int64_t customer)
{
	enum rc rc = RC_OK;
	while (!rc && k->row && query_int(k->q, 0) < customer)
		rc = query_step(k->q, &k->row);
	str_add_char(&o->text, ',');
	if (!rc && k->row && query_int(k->q, 0) == customer) {
		const char *value = query_text(k->q, 1);
		put_cell(x, o, value, strlen(value));
	}
	return rc;
}

/* One row a customer of the live run, in the store's order. Cost: a step a value. */
static enum rc write_kept(struct exporter *x, struct out *o, struct kept *k, size_t n)
{
	enum rc rc = RC_OK;
	str_add(&o->text, "customer_id");
	for (size_t i = 0; i < n && !rc; i++) {
		str_add_char(&o->text, ',');
		put_cell(x, o, k[i].name, strlen(k[i].name));
		rc = query_open(x->store, "statement/export_attribute", &k[i].q);
		if (!rc) {
			query_bind_int(k[i].q, 1, k[i].attribute);
			rc = query_step(k[i].q, &k[i].row);
		}
	}
	str_add_char(&o->text, '\n');
	for (int64_t c = 0; c <= x->live.max_customer && !rc; c++) {
		const struct row *r = &x->row[c];
		if (!r->id)
			continue;
		put_cell(x, o, r->id, r->id_n);
		for (size_t i = 0; i < n && !rc; i++)
			rc = put_kept(x, o, &k[i], c);
		str_add_char(&o->text, '\n');
		o->rows++;
		if (!rc && o->text.n > 1 << 20)
			rc = out_flush(o);
	}
	for (size_t i = 0; i < n; i++)
		query_close(k[i].q);
	return rc;
}

static enum rc export_kept(struct exporter *x)
{
	struct out   o;
	struct kept *k;
	size_t       n;
	enum rc      rc = choose_kept(x, &k, &n);
	if (rc || (rc = out_open(x, "clv_customer_attributes.csv", &o)))
		return rc;
	return out_close(x, &o, write_kept(x, &o, k, n));
}

static enum rc export_customers(struct exporter *x)
{
	struct out    ranked = {0}, clustered = {0};
	struct block *b = arena_alloc(x->arena, 1, sizeof *b);
	b->x = x;
	x->row = mem_try((size_t)x->live.max_customer + 1, sizeof *x->row);
	if (!x->row)
		return err_set(RC_NOMEM, "RUN-192", "no memory for %lld customers", (long long)x->live.max_customer);
	enum rc rc = load_features(x, b);
	if (!rc && x->columns)
		rc = export_kept(x);
	rc = rc ? rc : load_scores(x, b);
	rc = rc ? rc : query_frame(x->store, x->arena, "statement/export_clusters", &x->cluster, "i", x->live.cluster);
	rc = rc ? rc : out_open(x, "clv_ranked_predictions.csv", &ranked);
	rc = rc ? rc : out_open(x, "clv_clustered_customers.csv", &clustered);
	rc = rc ? rc : write_rows(x, b, &ranked, &clustered);
	rc = out_close(x, &ranked, rc);
	rc = out_close(x, &clustered, rc);
	free(x->row);
	x->row = NULL;
	return rc;
}

/* --- small files ------------------------------------------------------------------------------ */

static enum rc export_frame(struct exporter *x, const char *name, const struct frame *f)
{
	struct out o;
	enum rc    rc = out_open(x, name, &o);
	if (!rc) {
		render_csv_header(&o.text, f);
		render_csv_rows(&o.text, f, x->raw);
		o.rows = (int64_t)f->rows;
	}
	return out_close(x, &o, rc);
}

static enum rc export_text(struct exporter *x, const char *name, const char *text, int64_t rows)
{
	struct out o;
	enum rc    rc = out_open(x, name, &o);
	if (!rc) {
		str_add(&o.text, text);
		o.rows = rows;
	}
	return out_close(x, &o, rc);
}

/* 2026-11-20T12:00:00Z -> 20261120T120000Z: no colons in file names. */
static char *stamp_of(struct arena *a, const char *time)
{
	char  *s = arena_text(a, time), *w = s;
	for (const char *p = s; *p; p++)
		if (*p != '-' && *p != ':')
			*w++ = *p;
	*w = 0;
	return s;
}

static enum rc export_drift(struct exporter *x)
{
	struct frame *f;
	char         *report = NULL, *at = NULL;
	if (!x->live.drift)
		return RC_OK;
	enum rc rc = query_frame(x->store, x->arena, "statement/export_drift", &f, "i", x->live.drift);
	rc = rc ? rc : query_get_text(x->store, x->arena, "statement/export_drift_report", &report, "i", x->live.drift);
	rc = rc ? rc : query_get_text(x->store, x->arena, "statement/export_drift_time", &at, "i", x->live.drift);
	if (rc || !report)
		return rc;
	rc = file_make_folder(arena_printf(x->arena, "%s/monitoring", x->folder));
	const char *stamp = stamp_of(x->arena, at ? at : x->live.started_at);
	rc = rc ? rc : export_frame(x, arena_printf(x->arena, "monitoring/feature_drift_report_%s.csv", stamp), f);
	return rc ? rc : export_text(x, arena_printf(x->arena, "monitoring/prediction_drift_report_%s.json", stamp), arena_printf(x->arena, "%s\n", report), 1);
}

static struct js *frame_objects(const struct frame *f)
{
	struct js *table = render_json(f), *list = js_array();
	for (size_t r = 0; r < f->rows; r++) {
		struct js *o = js_object();
		for (size_t c = 0; c < f->columns; c++)
			js_set(o, f->column[c].name, js_copy(js_at(js_at(js_get(table, "rows"), r), c)));
		js_add(list, o);
	}
	js_free(table);
	return list;
}

static enum rc export_manifest(struct exporter *x)
{
	struct frame *run, *inputs;
	enum rc       rc = query_frame(x->store, x->arena, "statement/export_run", &run, "i", x->live.run_id);
	rc = rc ? rc : query_frame(x->store, x->arena, "report/files", &inputs, "");
	if (rc)
		return rc;
	struct js *m = js_object(), *runs = frame_objects(run), *outputs = js_array(), *settings = NULL;
	const struct frame_column *text = frame_column(run, "settings");
	js_set_text(m, "program", "clv " PACKAGE_VERSION);
	js_set(m, "run", js_copy(js_at(runs, 0)));
	if (text && text->t[0] && !js_read(text->t[0], strlen(text->t[0]), "settings", &settings))
		js_set(js_get(m, "run"), "settings", settings);
	js_set(m, "inputs", frame_objects(inputs));
	for (size_t i = 0; i < js_count(x->files); i++) {
		struct js *o = js_copy(js_at(x->files, i));
		js_set(o, "path", js_copy(js_get(o, "name")));
		js_add(outputs, o);
	}
	js_set(m, "outputs", outputs);
	js_set_bool(m, "raw", x->raw);
	struct str t = {0};
	js_write(&t, m, true, false);
	str_add_char(&t, '\n');
	rc = export_text(x, "manifest.json", t.s, (int64_t)js_count(outputs));
	str_clear(&t);
	js_free(runs);
	js_free(m);
	return rc;
}

enum rc export_folder(struct arena *a, const struct settings *settings, const char *store_path, const char **folder)
{
	const char *name = settings_text(settings, "output.dir");
	if (!*name)
		return err_do(err_set(RC_CONFIG, "SET-120", "output.dir is empty"), "name a folder, or leave the key out for 'outputs'");
	*folder = file_beside(a, store_path, name);
	return RC_OK;
}

enum rc export_all(struct store *s, struct arena *a, const char *folder, bool raw, const char *columns, const atomic_bool *cancel, struct js **files)
{
	struct exporter x = { .store = s, .arena = a, .folder = folder, .raw = raw, .columns = columns, .cancel = cancel, .files = js_array() };
	struct frame   *ranking;
	store_watch(s, cancel);
	enum rc         rc = *folder ? load_live(&x) : err_do(err_set(RC_USAGE, "CMD-148", "the folder's name is empty"), "name a folder");
	rc = rc ? rc : file_make_folder(folder);
	rc = rc ? rc : export_customers(&x);
	rc = rc ? rc : query_frame(s, a, "report/cluster_rank", &ranking, "");
	rc = rc ? rc : export_frame(&x, "clv_cluster_rankings.csv", ranking);
	rc = rc ? rc : export_drift(&x);
	rc = rc ? rc : export_manifest(&x);
	store_watch(s, NULL);
	if (rc) {
		js_free(x.files);
		return rc;
	}
	*files = x.files;
	return RC_OK;
}

bool export_is_current(struct store *s, struct arena *a, const char *folder)
{
	struct exporter x = { .store = s, .arena = a, .folder = folder };
	char           *text;
	size_t          n;
	struct js      *m = NULL;
	const char     *path = arena_printf(a, "%s/manifest.json", folder);
	if (!file_exists(path) || load_live(&x) || file_read(a, path, 1 << 24, &text, &n) || js_read(text, n, path, &m))
		return false;
	const struct js *outputs = js_get(m, "outputs");
	bool             same = js_int_of(js_get(js_get(m, "run"), "run_id")) == x.live.run_id && js_count(outputs) > 0;
	for (size_t i = 0; same && i < js_count(outputs); i++) {
		const char *name = js_text_of(js_get(js_at(outputs, i), "name"));
		struct stat st;
		same = name && !lstat(arena_printf(a, "%s/%s", folder, name), &st) && S_ISREG(st.st_mode) &&
		       st.st_size == js_int_of(js_get(js_at(outputs, i), "bytes"));
	}
	js_free(m);
	return same;
}
