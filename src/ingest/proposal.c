/* What data hold, as a contract in YAML. Not here: the profile (profile.c), the format (module/contract.c), whether the data keep it (app). Reads
 * raw_profile. */
#include "config.h"

#include "ingest/proposal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mask.h"
#include "ingest/reading_priv.h"
#include "math/special.h"
#include "store/query.h"

enum { UNIQUE_ROWS = 20, VALUES_MOST = 20, ROWS_A_VALUE = 5, GAP_DAYS = 8, VOLUME_WEEKS = 8 };

/* --- gathering -------------------------------------------------------------------------------- */

static const char *text_of(const struct js *js, const char *key)
{
	const char *s = js_text_of(js_get(js, key));
	return s ? s : "";
}

static bool is_number(const char *type)
{
	return !strcmp(type, "number") || !strcmp(type, "whole");
}

/* A number, or a day as text. */
static double end_of(const struct js *js, const char *key, bool date)
{
	const char *s = text_of(js, key);
	day_t       day = 0;
	if (!date)
		return js_real_of(js_get(js, key));
	return day_parse_iso(s, strlen(s), &day) ? (double)day : (double)NAN;
}

static struct proposal_column column_of(struct arena *a, const struct js *c, const char *name)
{
	const struct js       *values = js_get(c, "values");
	const char            *type = text_of(c, "type");
	bool                   date = !strcmp(type, "date");
	struct proposal_column p = {
		.name = name, .role = text_of(c, "role"), .type = type, .iso = !strcmp(text_of(c, "form"), "YYYY-MM-DD"), .key = !strcmp(text_of(c, "shape"), "key"),
		.count = js_int_of(js_get(c, "count")), .missing = js_int_of(js_get(c, "missing")), .unfit = js_int_of(js_get(c, "unfit")),
		.ranged = !js_is_null(js_get(c, "min")), .low = end_of(c, "min", date), .high = end_of(c, "max", date),
	};
	p.weighed = p.count;
	p.files = 1;
	if (js_is_null(values))
		return p;
	p.values = js_count(values);
	p.value = arena_alloc(a, p.values + 1, sizeof *p.value);
	for (size_t i = 0; i < p.values; i++)
		p.value[i] = (struct proposal_value){ text_of(js_at(values, i), "value"), js_int_of(js_get(js_at(values, i), "count")) };
	return p;
}

static int by_count(const void *a, const void *b)
{
	const struct proposal_value *x = a, *y = b;
	return x->count != y->count ? (x->count < y->count ? 1 : -1) : strcmp(x->text, y->text);
}

static void add_values(struct arena *a, struct proposal_column *to, const struct proposal_column *c)
{
	struct proposal_value *all = arena_alloc(a, to->values + c->values + 1, sizeof *all);
	size_t                 n = to->values;
	if (n)
		memcpy(all, to->value, n * sizeof *all);
	for (size_t i = 0; i < c->values; i++) {
		size_t k = 0;
		while (k < to->values && strcmp(all[k].text, c->value[i].text) != 0)
			k++;
		if (k < to->values)
			all[k].count += c->value[i].count;
		else
			all[n++] = c->value[i];
	}
	qsort(all, n, sizeof *all, by_count);
	to->value = all;
	to->values = n;
}

/* The same column of the next file. */
static void merge(struct arena *a, struct proposal_column *to, const struct proposal_column *c)
{
	int64_t files = ++to->files;
	if (!c->count) { /* it says nothing but how many rows miss it */
		to->missing += c->missing;
		to->key = false;
		return;
	}
	if (!to->count) {
		int64_t missing = to->missing;
		*to = *c;
		to->missing += missing;
		to->files = files;
		to->key = false;
		return;
	}
	if (is_number(to->type) && is_number(c->type) && strcmp(to->type, c->type) != 0)
		to->type = "number";
	else if (strcmp(to->type, c->type) != 0)
		to->type = "";
	to->ranged = to->ranged && c->ranged && *to->type;
	to->low = fmin(to->low, c->low);
	to->high = fmax(to->high, c->high);
	to->iso = to->iso && c->iso;
	to->key = to->key && c->key;
	to->count += c->count;
	to->missing += c->missing;
	to->unfit += c->unfit;
	to->weighed += c->weighed;
	if (to->value && c->value)
		add_values(a, to, c);
	else
		to->value = NULL;
}

static struct proposal_column *find(struct proposal *p, const char *name)
{
	for (size_t i = 0; i < p->columns; i++)
		if (!strcmp(p->column[i].name, name))
			return &p->column[i];
	return NULL;
}

/* Columns by name; the second of two columns of one name cannot be called, nor can one without a header and a role. */
static void add_columns(struct proposal *p, const struct js *file)
{
	const struct js *columns = js_get(file, "columns");
	bool             header = js_bool_of(js_get(file, "header"));
	struct proposal  own = { .a = p->a, .column = arena_alloc(p->a, js_count(columns) + 1, sizeof *own.column) };
	for (size_t i = 0; i < js_count(columns); i++) {
		const struct js *c = js_at(columns, i);
		const char      *name = header ? text_of(c, "name") : text_of(c, "role");
		if (*name && !find(&own, name))
			own.column[own.columns++] = column_of(p->a, c, name);
	}
	for (size_t i = 0; i < own.columns; i++) {
		struct proposal_column *known = find(p, own.column[i].name);
		if (known)
			merge(p->a, known, &own.column[i]);
		else
			p->column[p->columns++] = own.column[i];
	}
}

static int by_day(const void *a, const void *b)
{
	const struct proposal_day *x = a, *y = b;
	return (x->day > y->day) - (x->day < y->day);
}

static void add_days(struct proposal *p, const struct js *days)
{
	struct proposal_day *all = arena_alloc(p->a, p->days + js_count(days) + 1, sizeof *all);
	size_t               n = 0, kept = p->days + js_count(days);
	if (p->days)
		memcpy(all, p->day, p->days * sizeof *all);
	for (size_t i = 0; i < js_count(days); i++)
		all[p->days + i] = (struct proposal_day){ (day_t)js_int_of(js_at(js_at(days, i), 0)), js_int_of(js_at(js_at(days, i), 1)) };
	qsort(all, kept, sizeof *all, by_day);
	for (size_t i = 0; i < kept; i++) {
		if (n && all[n - 1].day == all[i].day)
			all[n - 1].rows += all[i].rows;
		else
			all[n++] = all[i];
	}
	p->day = all;
	p->days = n;
}

/* "orders-03.csv.gz" -> "orders-03" */
static const char *stem_of(struct arena *a, const char *path)
{
	const char *base = file_base_name(path);
	size_t      n = strcspn(base, ".");
	return n && strcmp(base, "-") != 0 ? arena_span(a, base, n) : "orders";
}

void proposal_of_files(struct arena *a, const struct js *profile, struct proposal *out)
{
	enum { NAMED = 3 };
	const struct js *files = js_get(profile, "files");
	size_t           columns = 0, n = js_count(files);
	struct str       t = {0};
	*out = (struct proposal){ .a = a, .files = (int64_t)n, .name = n ? stem_of(a, text_of(js_at(files, 0), "file")) : "orders" };
	for (size_t i = 0; i < n; i++)
		columns += js_count(js_get(js_at(files, i), "columns"));
	out->column = arena_alloc(a, columns + 1, sizeof *out->column);
	str_addf(&t, "%zu file%s: ", n, n == 1 ? "" : "s");
	for (size_t i = 0; i < n; i++) {
		const char *name = file_base_name(text_of(js_at(files, i), "file"));
		add_columns(out, js_at(files, i));
		add_days(out, js_get(js_at(files, i), "days"));
		out->rows += js_int_of(js_get(js_at(files, i), "profiled"));
		if (i < NAMED) {
			str_add(&t, i ? ", " : "");
			str_add_visible(&t, name, strlen(name));
		}
	}
	if (n > NAMED)
		str_addf(&t, ", %zu more", n - NAMED);
	out->from = arena_text(a, t.s);
	str_clear(&t);
}

/* --- from the store --------------------------------------------------------------------------- */

/* The most frequent values are all values when their rows are all rows. */
static void take_top(struct arena *a, const char *text, struct proposal_column *c)
{
	struct js *top = NULL;
	int64_t    rows = 0;
	if (!text || js_read(text, strlen(text), "top", &top))
		return;
	c->value = arena_alloc(a, js_count(top) + 1, sizeof *c->value);
	for (size_t i = 0; i < js_count(top); i++) {
		const struct js *one = js_at(top, i);
		if (!js_int_of(js_at(one, 2)) && !js_bool_of(js_at(one, 2)))
			break;
		c->value[c->values++] = (struct proposal_value){ arena_text(a, js_text_of(js_at(one, 0)) ? js_text_of(js_at(one, 0)) : ""), js_int_of(js_at(one, 1)) };
		rows += js_int_of(js_at(one, 1));
	}
	if (rows != c->count)
		c->value = NULL;
	js_free(top);
}

static const char *text_at(struct arena *a, const struct query *q, int column)
{
	return query_is_null(q, column) ? "" : arena_text(a, query_text(q, column));
}

static struct proposal_column column_at(struct arena *a, const struct query *q)
{
	struct proposal_column c = {
		.name = text_at(a, q, 0), .role = text_at(a, q, 1), .type = text_at(a, q, 2), .key = !strcmp(text_at(a, q, 3), "key"), .count = query_int(q, 4),
		.missing = query_int(q, 5), .weighed = query_int(q, 6), .low = query_real(q, 7), .high = query_real(q, 8), .files = query_int(q, 10),
	};
	c.ranged = !isnan(c.low) && !isnan(c.high);
	take_top(a, query_text(q, 9), &c);
	return c;
}

static enum rc read_profile(struct store *s, struct arena *a, struct proposal *p)
{
	struct query *q = NULL;
	size_t        room = 0;
	bool          row = true;
	enum rc       rc = query_open(s, "statement/ingest_proposal_columns", &q);
	while (!rc && !(rc = query_step(q, &row)) && row) {
		if (p->columns == room) {
			struct proposal_column *more = arena_alloc(a, 2 * room + 16, sizeof *more);
			if (room)
				memcpy(more, p->column, room * sizeof *more);
			p->column = more;
			room = 2 * room + 16;
		}
		p->column[p->columns++] = column_at(a, q);
	}
	query_close(q);
	return rc;
}

enum rc proposal_of_store(struct store *s, struct arena *a, struct proposal *out)
{
	struct frame *days = NULL;
	int64_t       files = 0;
	*out = (struct proposal){ .a = a, .name = "orders" };
	enum rc rc = query_get_int(s, "statement/ingest_proposal_files", &files, "");
	if (!rc && !files)
		rc = err_do(err_set(RC_DATA, "CON-130", "the store has no accepted file that a contract could be proposed from"),
		            "name the files: contract propose FILE.csv");
	rc = rc ? rc : query_get_int(s, "statement/ingest_proposal_rows", &out->rows, "");
	rc = rc ? rc : read_profile(s, a, out);
	rc = rc ? rc : query_frame(s, a, "statement/ingest_proposal_days", &days, "");
	if (rc)
		return rc;
	out->files = files;
	out->from = arena_printf(a, "the %lld accepted file%s of the store", (long long)files, files == 1 ? "" : "s");
	out->day = arena_alloc(a, days->rows + 1, sizeof *out->day);
	for (size_t i = 0; i < days->rows; i++)
		out->day[out->days++] = (struct proposal_day){ (day_t)days->column[0].i[i], days->column[1].i[i] };
	return RC_OK;
}

/* --- checks that are left out ------------------------------------------------------------------ */

static bool is_left_out(const struct proposal *p, const char *id)
{
	for (size_t i = 0; i < p->lefts; i++)
		if (!strcmp(p->left_out[i], id))
			return true;
	return false;
}

bool proposal_leave_out(struct proposal *p, const char *id)
{
	const char **all;
	if (is_left_out(p, id))
		return false;
	all = arena_alloc(p->a, p->lefts + 1, sizeof *all);
	if (p->lefts)
		memcpy(all, p->left_out, p->lefts * sizeof *all);
	all[p->lefts++] = arena_text(p->a, id);
	p->left_out = all;
	return true;
}

/* --- writing ----------------------------------------------------------------------------------- */

/* The upper end of Wilson's 95 % interval of k of n. */
static double upper_share(int64_t k, int64_t n)
{
	const double z = NORMAL_975;
	double       m = (double)n, p = n ? (double)k / m : 1;
	if (!n)
		return 1;
	return fmin(1, (p + z * z / (2 * m) + z * sqrt(p * (1 - p) / m + z * z / (4 * m * m))) / (1 + z * z / m));
}

/* Always in double quotes: YAML reads no word in them as something else. */
static void add_quoted(struct str *t, const char *s)
{
	str_add_char(t, '"');
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			str_add_char(t, '\\');
		if ((unsigned char)*s < 0x20)
			str_addf(t, "\\x%02x", (unsigned char)*s);
		else
			str_add_char(t, *s);
	}
	str_add_char(t, '"');
}

static bool is_plain(const char *s)
{
	static const char *const words[] = { "true", "false", "yes", "no", "on", "off", "null", "y", "n", "is", NULL };
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
	if (s[n] || !n || (*s >= '0' && *s <= '9'))
		return false;
	for (size_t i = 0; words[i]; i++)
		if (!strcasecmp(words[i], s))
			return false;
	return true;
}

static void add_key(struct str *t, const char *s)
{
	if (is_plain(s))
		str_add(t, s);
	else
		add_quoted(t, s);
}

/* 1234567 -> "1,234,567" */
static const char *count_text(const struct proposal *p, int64_t v)
{
	char   digits[24], out[32];
	size_t n = (size_t)snprintf(digits, sizeof digits, "%lld", (long long)v), k = 0;
	for (size_t i = 0; i < n; i++) {
		if (i && (n - i) % 3 == 0)
			out[k++] = ',';
		out[k++] = digits[i];
	}
	out[k] = '\0';
	return arena_text(p->a, out);
}

/* A share in percent, rounded up to a thousandth of one: the limit must not be under what was found. */
static const char *percent(const struct proposal *p, double share)
{
	char buf[32];
	str_double(buf, ceil(share * 100000 - 1e-9) / 1000);
	return arena_text(p->a, buf);
}

/* Say that a check was left out; true when it was. */
static bool left_out(struct str *t, const struct proposal *p, const struct proposal_column *c, const char *term)
{
	if (!is_left_out(p, arena_printf(p->a, "%s.%s", c->name, term)))
		return false;
	str_addf(t, "    # %s is left out: these very rows do not keep it\n", term);
	return true;
}

static void write_required(struct str *t, const struct proposal *p, const struct proposal_column *c)
{
	int64_t n = c->count + c->missing;
	double  upper = upper_share(c->missing, n);
	if (c->files < p->files) {
		str_addf(t, "    # it is in %s of %s files\n    required: false\n", count_text(p, c->files), count_text(p, p->files));
		return;
	}
	if (!n || c->count * 5 < n) {
		str_addf(t, "    # %s of %s rows miss it: too many to ask for a value\n", count_text(p, c->missing), count_text(p, n));
		return;
	}
	if (left_out(t, p, c, "required"))
		return;
	str_addf(t, "    # %s of %s rows miss it; with 95 %% confidence at most %s %% do (Wilson)\n", count_text(p, c->missing), count_text(p, n), percent(p, upper));
	str_addf(t, "    required: { is: true, severity: warn, warn_if: { share: %s %%, at_least: 10 } }\n", percent(p, upper));
}

static void write_unique(struct str *t, const struct proposal *p, const struct proposal_column *c)
{
	if (!c->key || c->missing || c->count < UNIQUE_ROWS || !strcmp(c->type, "number") || !strcmp(c->type, "date") || left_out(t, p, c, "unique"))
		return;
	str_addf(t, "    # %s values, none of them twice in a file\n    unique: { is: true, severity: warn }\n", count_text(p, c->count));
}

static bool has_few_values(const struct proposal_column *c)
{
	size_t once = 0;
	for (size_t i = 0; c->value && i < c->values; i++)
		once += c->value[i].count == 1;
	return c->value && c->values && c->values <= VALUES_MOST && once * 10 <= c->values && c->count >= (int64_t)c->values * ROWS_A_VALUE;
}

static void write_accepted(struct str *t, const struct proposal *p, const struct proposal_column *c)
{
	if (strcmp(c->type, "text") != 0 || !has_few_values(c))
		return;
	if (mask_is_personal(c->name)) {
		str_add(t, "    # its values are those of people, and are not written down here\n");
		return;
	}
	if (left_out(t, p, c, "accepted"))
		return;
	str_addf(t, "    # %zu different values in %s rows, the rarest in %s\n    accepted: { is: [", c->values, count_text(p, c->count),
	         count_text(p, c->value[c->values - 1].count));
	for (size_t i = 0; i < c->values; i++) {
		str_add(t, i ? ", " : "");
		add_quoted(t, c->value[i].text);
	}
	str_add(t, "], severity: warn }\n");
}

/* v outwards to two digits of the margin. */
static double rounded(double v, double margin, bool up)
{
	double step = pow(10, floor(log10(margin)) - 1);
	return up ? ceil(v / step - 1e-9) * step : floor(v / step + 1e-9) * step;
}

static const char *number_text(const struct proposal *p, double v)
{
	char buf[64];
	snprintf(buf, sizeof buf, "%.10g", v);
	return arena_text(p->a, buf);
}

static void write_numbers(struct str *t, const struct proposal *p, const struct proposal_column *c)
{
	double margin = (c->high > c->low ? c->high - c->low : fabs(c->high)) / 2;
	if (!c->ranged || !(margin > 0) || !isfinite(margin) || left_out(t, p, c, "range"))
		return;
	str_addf(t, "    # %s to %s in %s rows%s; the margin is %s, half of their distance\n    range: { is: ", number_text(p, c->low), number_text(p, c->high),
	         count_text(p, c->weighed), c->low >= 0 ? ", none negative" : "", number_text(p, margin));
	str_addf(t, "%s..%s, severity: warn }\n", c->low >= 0 ? "0" : number_text(p, rounded(c->low - margin, margin, false)),
	         number_text(p, rounded(c->high + margin, margin, true)));
}

static void write_days(struct str *t, const struct proposal *p, const struct proposal_column *c)
{
	char first[16], last[16];
	int  year, month, day;
	if (!c->ranged || left_out(t, p, c, "range"))
		return;
	day_format(first, (day_t)c->low);
	day_format(last, (day_t)c->high);
	day_to_civil((day_t)c->low, &year, &month, &day);
	str_addf(t, "    # %s to %s in %s rows; the margin is the rest of the first year\n    range: { is: %04d-01-01.., severity: warn }\n", first, last,
	         count_text(p, c->weighed), year);
}

/* Ids are texts that may look like numbers: by role, by name, or because no two are the same. */
static bool is_id(const struct proposal_column *c)
{
	static const char *const ends[] = { "id", "code", "number" };
	char                     name[NAME_MAX_BYTES];
	search_plain_name((struct span){ c->name, (uint32_t)strlen(c->name) }, name);
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
		if (str_ends(name, ends[i]))
			return true;
	return !strcmp(c->role, role_word[ROLE_CUSTOMER]) || !strcmp(c->role, role_word[ROLE_ORDER]) || (c->key && strcmp(c->type, "number") != 0)
		|| mask_is_personal(c->name);
}

static void write_type(struct str *t, const struct proposal *p, const struct proposal_column *c)
{
	bool date = !strcmp(c->type, "date");
	if (is_id(c) || (!date && !is_number(c->type)) || (date && !c->iso && strcmp(c->role, role_word[ROLE_DATE]) != 0))
		return;
	if (c->unfit) {
		str_addf(t, "    # %s of %s values are no %s: no type and no range is proposed\n", count_text(p, c->unfit), count_text(p, c->count),
		         date ? "dates" : "numbers");
		return;
	}
	if (!left_out(t, p, c, "type"))
		str_addf(t, "    type: { is: %s, severity: warn }\n", date ? "day" : "number");
	if (date)
		write_days(t, p, c);
	else
		write_numbers(t, p, c);
}

static void write_column(struct str *t, const struct proposal *p, const struct proposal_column *c)
{
	str_add(t, "  ");
	add_key(t, c->name);
	str_add(t, ":");
	if (*c->role && strcmp(c->role, c->name) != 0)
		str_addf(t, " # %s", c->role);
	str_add_char(t, '\n');
	write_type(t, p, c);
	write_required(t, p, c);
	write_unique(t, p, c);
	write_accepted(t, p, c);
}

static int by_gap(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
	return (x > y) - (x < y);
}

static void write_freshness(struct str *t, const struct proposal *p)
{
	size_t   gaps = p->days ? p->days - 1 : 0;
	int32_t *gap = arena_alloc(p->a, gaps + 1, sizeof *gap);
	if (p->days < GAP_DAYS) {
		str_addf(t, "# freshness is left out: rows of %zu different days say nothing about their rhythm\n", p->days);
		return;
	}
	for (size_t i = 0; i < gaps; i++)
		gap[i] = p->day[i + 1].day - p->day[i].day;
	qsort(gap, gaps, sizeof *gap, by_gap);
	int32_t most = gap[(size_t)ceil(0.99 * (double)gaps) - 1];
	str_addf(t, "# rows on %s days; 99 of 100 gaps between them are of at most %d day%s: twice that\nfreshness: { warn_after: %d }\n", count_text(p, (int64_t)p->days),
	         most, most == 1 ? "" : "s", 2 * most);
}

static void write_volume(struct str *t, const struct proposal *p)
{
	int64_t span = p->days ? p->day[p->days - 1].day - p->day[0].day + 1 : 0;
	if (span < 7 * VOLUME_WEEKS || (int64_t)p->days * 2 < span) {
		str_addf(t, "# volume is left out: rows on %s of %s days, and eight weeks of which half have rows are needed\n", count_text(p, (int64_t)p->days),
		         count_text(p, span));
		return;
	}
	str_addf(t, "# %s days with rows in %s weeks: rows a day against the same weekdays before, by median and MAD\n"
	            "volume: { z: 3.5, train: 14, detect: 2, points: 7 }\n", count_text(p, (int64_t)p->days), count_text(p, span / 7));
}

void proposal_write(struct str *t, const struct proposal *p)
{
	str_addf(t, "# Proposed from %s; %s rows. Every check warns: raise the severity to quarantine where a row should not get in,\n"
	            "# to stop where the file should not. 'contract diff FILE' compares, 'contract accept FILE --by NAME --reason TEXT' makes it live.\n", p->from,
	         count_text(p, p->rows));
	str_add(t, "contract: ");
	add_key(t, p->name);
	str_add(t, "\nentity: orders\n# new columns are told, missing ones stop the file; strict: both do; lenient: neither, as long as the file can be read\n"
	           "columns: additive\n");
	if (p->columns)
		str_add(t, "fields:\n");
	for (size_t i = 0; i < p->columns; i++)
		write_column(t, p, &p->column[i]);
	write_freshness(t, p);
	write_volume(t, p);
}
