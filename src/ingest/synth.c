/* A generated purchase log. Each customer draws from a stream of its own (seed, purpose, index), so that neither the number of
 * customers nor a switch shifts another customer's history. Reads no store and no clock. */
#include "config.h"

#include "ingest/synth.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"

/* Days: 2024-01-01 is 19723, 2025-01-01 is 20089, 2025-12-31 is 20453; 1997-01-01 is 9862, 1998-06-30 is 10407. */
const struct synth_preset synth_presets[] = {
	{ "demo", "a fashion shop of two years, 6,000 customers", .9, 9, .5, 4, 6, 4, 150, 6000, 19723, 20453, 1 },
	{ "tiny", "60 customers, one year", .9, 6, .5, 4, 6, 4, 150, 60, 20089, 20453, .6 },
	{ "cdnow", "music, most buy once: the parameters of the CDNOW sample", .243, 4.414, .793, 2.426, 6.25, 3.74, 15.44, 2357, 9862, 10407, .15 },
	{ "fashion", "some loyalty, two years", .9, 9, .5, 4, 6, 4, 150, 20000, 19723, 20453, .5 },
	{ "specialty", "regular buyers, two years", 1.2, 5, .35, 6, 6, 3.5, 120, 20000, 19723, 20453, .5 },
	{ "grocery", "frequent buyers, two years", 2, 2.5, .25, 12, 8, 4.5, 180, 20000, 19723, 20453, .5 },
	{ "b2b", "weekly orders, two years", 3, 3, .15, 20, 10, 3, 400, 5000, 19723, 20453, .5 },
	{ NULL, NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 },
};

const struct synth_preset *synth_preset(const char *name)
{
	for (const struct synth_preset *p = synth_presets; p->name; p++)
		if (!strcmp(p->name, name))
			return p;
	return NULL;
}

/* --- switches --------------------------------------------------------------------------------- */

enum { DRIFT_VALUE, DRIFT_RATE, DRIFTS };
enum { DIRT_MISSING_ID, DIRT_BAD_DATE, DIRT_NEGATIVE, DIRT_DUPLICATE, DIRTS };

static const char *const drift_names[] = { "value", "rate" };
static const char *const dirt_names[] = { "missing_id", "bad_date", "negative", "duplicate" };

struct switches {
	double drift[DRIFTS];
	day_t  drift_from[DRIFTS];
	double dirt[DIRTS];
};

static enum rc bad_switch(const char *what, const char *s, size_t n, const char *wanted)
{
	return err_do(err_set(RC_USAGE, "GEN-101", "--%s does not understand '%.*s'", what, (int)(n < 200 ? n : 200), s), "%s", wanted);
}

static int name_of(const char *const *names, int count, const char *s, size_t n)
{
	for (int i = 0; i < count; i++)
		if (strlen(names[i]) == n && !memcmp(names[i], s, n))
			return i;
	return -1;
}

static enum rc read_drift(const char *s, size_t n, struct switches *w)
{
	static const char wanted[] = "write value=FACTOR@DATE or rate=FACTOR@DATE, separated by commas; a factor is above 0 and at most 100";
	const char       *eq = memchr(s, '=', n), *at = memchr(s, '@', n);
	double            factor;
	day_t             day;
	if (!eq || !at || at < eq)
		return bad_switch("drift", s, n, wanted);
	int i = name_of(drift_names, DRIFTS, s, (size_t)(eq - s));
	if (i < 0 || !str_real(eq + 1, (size_t)(at - eq - 1), &factor) || !(factor > 0 && factor <= 100) ||
	    !day_parse_iso(at + 1, (size_t)(s + n - at - 1), &day))
		return bad_switch("drift", s, n, wanted);
	w->drift[i] = factor;
	w->drift_from[i] = day;
	return RC_OK;
}

static enum rc read_dirt(const char *s, size_t n, struct switches *w)
{
	static const char wanted[] = "write missing_id, bad_date, negative or duplicate =SHARE, separated by commas; a share is from 0 to 1";
	const char       *eq = memchr(s, '=', n);
	double            share;
	int               i = eq ? name_of(dirt_names, DIRTS, s, (size_t)(eq - s)) : -1;
	if (i < 0 || !str_real(eq + 1, (size_t)(s + n - eq - 1), &share) || !(share >= 0 && share <= 1))
		return bad_switch("dirt", s, n, wanted);
	w->dirt[i] = share;
	return RC_OK;
}

static enum rc read_list(const char *list, enum rc (*read)(const char *, size_t, struct switches *), struct switches *w)
{
	for (const char *s = list; s && *s;) {
		const char *comma = strchr(s, ',');
		size_t      n = comma ? (size_t)(comma - s) : strlen(s);
		enum rc     rc = read(s, n, w);
		if (rc)
			return rc;
		s += n + (comma ? 1 : 0);
	}
	return RC_OK;
}

/* --- histories -------------------------------------------------------------------------------- */

struct person { double lambda, p, nu; day_t first; int32_t orders; bool alive; };
struct sale { uint32_t person; int32_t day; int64_t cents; };

struct shop {
	const struct synth_preset *preset;
	const struct synth_ask    *ask;
	struct switches            w;
	day_t                      from, to;
	double                     scale;    /* of purchase rates */
	struct person             *person;
	int64_t                    persons;
	struct sale               *sale;
	size_t                     sales, cap;
};

static double rate_at(const struct shop *s, double lambda, double day)
{
	bool later = s->w.drift[DRIFT_RATE] > 0 && day >= s->w.drift_from[DRIFT_RATE];
	return later ? lambda * s->w.drift[DRIFT_RATE] : lambda;
}

/* Wait for the next purchase: an exponential of rate 1 spent at the rate in force, which may change on the drift day. */
static double next_purchase(const struct shop *s, double lambda, double now, double unit)
{
	double change = s->w.drift_from[DRIFT_RATE], rate = rate_at(s, lambda, now);
	if (s->w.drift[DRIFT_RATE] > 0 && now < change && unit > rate * (change - now))
		return change + (unit - rate * (change - now)) / (lambda * s->w.drift[DRIFT_RATE]);
	return now + unit / rate;
}

static bool add_sale(struct shop *s, int64_t person, double when, double amount)
{
	if (s->sales == s->cap) {
		size_t       cap = s->cap ? s->cap * 2 : 4096;
		struct sale *grown = mem_try_grow(s->sale, cap, sizeof *grown);
		if (!grown)
			return false;
		s->sale = grown;
		s->cap = cap;
	}
	double cents = floor(amount * 100 + 0.5);
	s->sale[s->sales++] = (struct sale){ .person = (uint32_t)person, .day = (int32_t)floor(when), .cents = cents < 1 ? 1 : (int64_t)fmin(cents, 1e12) };
	return true;
}

/* One customer from arrival to the end of the span. keep: store the sales. Returns the number of purchases, or -1 without memory. */
static int64_t live(struct shop *s, int64_t index, bool keep)
{
	const struct synth_preset *m = s->preset;
	struct rng                 traits, events;
	rng_init_sub(&traits, s->ask->seed, "synth.traits", (uint64_t)index);
	rng_init_sub(&events, s->ask->seed, "synth.events", (uint64_t)index);
	double  lambda = rng_gamma(&traits, m->r, m->alpha) / 7 * s->scale;
	double  p = rng_beta(&traits, m->a, m->b);
	double  nu = rng_gamma(&traits, m->q, m->gamma);
	double  span = s->to - s->from + 1;
	double  now = s->from + rng_uniform(&traits) * span * m->arrivals;
	int64_t orders = 0;
	bool    alive = true;
	if (keep)
		s->person[index] = (struct person){ .lambda = lambda, .p = p, .nu = nu, .first = (day_t)floor(now) };
	while (now < s->to + 1) {
		double amount = rng_gamma(&events, m->p, nu);
		if (s->w.drift[DRIFT_VALUE] > 0 && now >= s->w.drift_from[DRIFT_VALUE])
			amount *= s->w.drift[DRIFT_VALUE];
		if (keep && !add_sale(s, index, now, amount))
			return -1;
		orders++;
		if (rng_uniform(&events) < p) {
			alive = false;
			break;
		}
		now = next_purchase(s, lambda, now, rng_exponential(&events, 1));
	}
	if (keep) {
		s->person[index].orders = (int32_t)orders;
		s->person[index].alive = alive;
	}
	return orders;
}

/* The factor of the purchase rates at which a sample of customers makes the wanted number of purchases, by bisection on its logarithm. */
static void scale_rates(struct shop *s)
{
	int64_t sample = s->persons < 2000 ? s->persons : 2000;
	double  want = (double)s->ask->transactions * (double)sample / (double)s->persons, low = -12, high = 12;
	for (int i = 0; i < 40; i++) {
		double mid = (low + high) / 2, got = 0;
		s->scale = exp(mid);
		for (int64_t k = 0; k < sample && got <= want; k++)
			got += (double)live(s, k, false);
		if (got > want)
			high = mid;
		else
			low = mid;
	}
	s->scale = exp(low);
}

static enum rc no_memory(void)
{
	return err_do(err_set(RC_NOMEM, "GEN-102", "no memory for a log of this size"), "ask for fewer customers or transactions");
}

static enum rc make_histories(struct shop *s)
{
	s->person = mem_try((size_t)s->persons, sizeof *s->person);
	if (!s->person)
		return no_memory();
	s->scale = 1;
	if (s->ask->transactions)
		scale_rates(s);
	for (int64_t i = 0; i < s->persons; i++) {
		if (s->ask->cancel && atomic_load(s->ask->cancel))
			return err_set(RC_CANCELLED, "GEN-103", "cancelled");
		if (live(s, i, true) < 0)
			return no_memory();
	}
	return RC_OK;
}

/* Order sales by day, keeping the customers' order within a day: a shop's export. */
static enum rc sort_by_day(struct shop *s)
{
	size_t       days = (size_t)(s->to - s->from) + 1;
	size_t      *at = mem_try(days + 1, sizeof *at);
	struct sale *sorted = mem_try(s->sales + 1, sizeof *sorted);
	if (!at || !sorted) {
		free(at);
		free(sorted);
		return no_memory();
	}
	for (size_t i = 0; i < s->sales; i++)
		at[s->sale[i].day - s->from + 1]++;
	for (size_t d = 0; d < days; d++)
		at[d + 1] += at[d];
	for (size_t i = 0; i < s->sales; i++)
		sorted[at[s->sale[i].day - s->from]++] = s->sale[i];
	free(at);
	free(s->sale);
	s->sale = sorted;
	return RC_OK;
}

/* --- writing ---------------------------------------------------------------------------------- */

struct log_file { struct file_writer *writer; struct digest *digest; struct str text; };

static enum rc log_flush(struct log_file *f)
{
	size_t n = f->text.n;
	if (n) {
		digest_add(f->digest, f->text.s, n);
		f->text.n = 0;
		if (fwrite(f->text.s, 1, n, file_stream(f->writer)) != n)
			return err_set(RC_IO, "FILE-130", "cannot write the log: the disk may be full");
	}
	return RC_OK;
}

static enum rc log_close(struct log_file *f, enum rc rc, char hex[DIGEST_HEX])
{
	if (!f->writer)
		return rc;
	rc = rc ? rc : log_flush(f);
	digest_end(f->digest, hex);
	str_clear(&f->text);
	if (rc) {
		file_abandon(f->writer);
		return rc;
	}
	return file_commit(f->writer);
}

static enum rc log_open(struct log_file *f, const char *path)
{
	enum rc rc = file_create(path, &f->writer);
	if (!rc)
		f->digest = digest_new_content();
	return rc;
}

static void add_row(struct str *t, const struct sale *sale, bool no_id, bool bad_date)
{
	char day[16], money[32];
	day_format(day, sale->day);
	str_minor(money, sale->cents, 2);
	if (!no_id)
		str_addf(t, "C%06u", sale->person + 1);
	str_addf(t, ",%s,%s\n", bad_date ? "2025-13-45" : day, money);
}

static enum rc write_sales(const struct shop *s, struct log_file *f, struct synth_result *out)
{
	struct rng dirt;
	enum rc    rc = RC_OK;
	rng_init(&dirt, s->ask->seed, "synth.dirt");
	str_add(&f->text, "customer_id,order_date,revenue\n");
	for (size_t i = 0; i < s->sales && !rc; i++) {
		struct sale sale = s->sale[i];
		bool        hit[DIRTS];
		for (int k = 0; k < DIRTS; k++)
			hit[k] = rng_uniform(&dirt) < s->w.dirt[k];
		if (s->ask->part_from != DAY_NONE && (sale.day < s->ask->part_from || sale.day > s->ask->part_to))
			continue;
		if (hit[DIRT_NEGATIVE])
			sale.cents = -sale.cents;
		int copies = hit[DIRT_DUPLICATE] ? 2 : 1;
		for (int c = 0; c < copies; c++)
			add_row(&f->text, &sale, hit[DIRT_MISSING_ID], hit[DIRT_BAD_DATE]);
		out->rows += copies;
		out->dirty += hit[DIRT_MISSING_ID] || hit[DIRT_BAD_DATE] || hit[DIRT_NEGATIVE] || hit[DIRT_DUPLICATE];
		if (f->text.n > 1 << 20)
			rc = log_flush(f);
		if (!rc && s->ask->cancel && atomic_load(s->ask->cancel))
			rc = err_set(RC_CANCELLED, "GEN-103", "cancelled");
	}
	return rc;
}

static enum rc write_truth(const struct shop *s, struct log_file *f)
{
	enum rc rc = RC_OK;
	str_add(&f->text, "customer_id,first_day,lambda,p,mean_spend,alive,orders\n");
	for (int64_t i = 0; i < s->persons && !rc; i++) {
		const struct person *h = &s->person[i];
		char                 day[16];
		day_format(day, h->first);
		str_addf(&f->text, "C%06lld,%s,", (long long)i + 1, day);
		str_add_double(&f->text, h->lambda);
		str_add_char(&f->text, ',');
		str_add_double(&f->text, h->p);
		str_add_char(&f->text, ',');
		str_add_double(&f->text, s->preset->p / h->nu);
		str_addf(&f->text, ",%d,%d\n", h->alive ? 1 : 0, h->orders);
		if (f->text.n > 1 << 20)
			rc = log_flush(f);
	}
	return rc;
}

enum rc synth_write(const struct synth_ask *ask, const char *path, const char *truth_path, struct synth_result *out)
{
	struct shop s = { .preset = ask->preset, .ask = ask, .persons = ask->customers ? ask->customers : ask->preset->customers };
	s.from = ask->from == DAY_NONE ? ask->preset->from : ask->from;
	s.to = ask->to == DAY_NONE ? ask->preset->to : ask->to;
	*out = (struct synth_result){ .customers = s.persons };
	if (s.to < s.from)
		return err_do(err_set(RC_USAGE, "GEN-104", "the last day lies before the first"), "give --from and --to in order");
	struct log_file log = {0}, truth = {0};
	enum rc         rc = read_list(ask->drift, read_drift, &s.w);
	rc = rc ? rc : read_list(ask->dirt, read_dirt, &s.w);
	rc = rc ? rc : make_histories(&s);
	rc = rc ? rc : sort_by_day(&s);
	rc = rc ? rc : log_open(&log, path);
	rc = rc ? rc : write_sales(&s, &log, out);
	rc = log_close(&log, rc, out->digest);
	if (!rc && truth_path) {
		rc = log_open(&truth, truth_path);
		rc = rc ? rc : write_truth(&s, &truth);
		rc = log_close(&truth, rc, out->truth_digest);
	}
	free(s.person);
	free(s.sale);
	return rc;
}
