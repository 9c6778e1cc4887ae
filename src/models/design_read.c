/* The attributes of the store as covariates: read for the customers of a cohort. Reads attribute, attribute_value, customer_attribute. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "models/design.h"
#include "store/query.h"
#include "store/scan.h"

/* Customers of a cohort by their number, and where their values go. */
struct reader {
	const struct cohort *c;
	int32_t *row;         /* row[customer]: 1 + its place in the cohort; 0: not in it */
	int32_t  most;
	int32_t *code;
	size_t   values;
	int32_t  customer[SCAN_BLOCK], value[SCAN_BLOCK];
};

static enum rc no_value(void)
{
	return err_set(RC_DAMAGED, "FIT-116", "a customer has a value of an attribute that the store does not know");
}

static enum rc take(void *user, size_t rows)
{
	struct reader *r = user;
	for (size_t i = 0; i < rows; i++) {
		if (r->value[i] < 1 || (size_t)r->value[i] > r->values)
			return no_value();
		if (r->customer[i] >= 0 && r->customer[i] <= r->most && r->row[r->customer[i]] > 0)
			r->code[r->row[r->customer[i]] - 1] = r->value[i];
	}
	return RC_OK;
}

static enum rc unknown(struct store *s, struct arena *a, const char *name)
{
	struct frame *f;
	enum rc rc = query_frame(s, a, "statement/models_attributes", &f, "");
	if (rc)
		return rc;
	if (f->rows == 0)
		return err_do(err_set(RC_USAGE, "FIT-116", "there is no attribute '%s': the store has no attributes of customers", name),
		              "import with --attributes %s, which keeps columns beside the purchases", name);
	const char *near = str_nearest(name, frame_column(f, "name")->t, f->rows);
	rc = err_set(RC_USAGE, "FIT-116", "there is no attribute '%s'", name);
	return near ? err_do(rc, "did you mean %s? 'show attributes' lists them", near) : err_do(rc, "clv --batch show attributes");
}

static enum rc read_values(struct store *s, struct arena *a, int64_t id, bool number, struct attribute *out)
{
	struct frame *f;
	enum rc rc = query_frame(s, a, "statement/models_attribute_values", &f, "i", id);
	if (rc)
		return rc;
	const struct frame_column *value = frame_column(f, "value"), *text = frame_column(f, "text"), *real = frame_column(f, "number");
	if (f->rows > 0 && (value->i[0] < 1 || value->i[f->rows - 1] > INT32_MAX)) /* they ascend */
		return no_value();
	out->values = f->rows > 0 ? (size_t)value->i[f->rows - 1] : 0;
	out->text = arena_try(a, out->values + 1, sizeof *out->text);
	out->real = arena_try(a, out->values + 1, sizeof *out->real);
	if (!out->text || !out->real)
		return err_set(RC_NOMEM, "FIT-102", "no memory for %zu values", out->values);
	for (size_t i = 0; i < out->values; i++) {
		out->text[i] = "";
		out->real[i] = (double)NAN;
	}
	for (size_t i = 0; i < f->rows; i++) {
		out->text[value->i[i] - 1] = text->t[i];
		out->real[value->i[i] - 1] = number && !frame_missing(real, i) ? real->r[i] : (double)NAN;
	}
	return RC_OK;
}

/* A category that became a number, or the other way round, is read as the fit took it: number as it is asked for. */
static enum rc read_attribute(struct store *s, struct arena *a, struct reader *r, const char *name, const bool *as_number, struct attribute *out)
{
	int64_t id = 0, number = 0;
	*out = (struct attribute) { .name = name, .code = arena_try(a, r->c->n + 1, sizeof *out->code) };
	if (!out->code)
		return err_set(RC_NOMEM, "FIT-102", "no memory for the covariates of %zu customers", r->c->n);
	enum rc rc = query_get_int(s, "statement/models_attribute_id", &id, "t", name);
	rc = rc ? rc : query_get_int(s, "statement/models_attribute_number", &number, "t", name);
	out->number = as_number ? *as_number : number != 0;
	if (rc || (id == 0 && as_number))
		return rc;
	if (id == 0)
		return unknown(s, a, name);
	rc = read_values(s, a, id, out->number, out);
	r->code = out->code;
	r->values = out->values;
	const struct scan_column column[] = { { SCAN_I32, r->customer }, { SCAN_I32, r->value } };
	const struct scan scan = { .column = column, .columns = 2, .block = SCAN_BLOCK, .take = take, .user = r };
	return rc ? rc : store_scan(s, "statement/models_attribute_customers", &scan, "i", id);
}

static enum rc reader_new(struct arena *a, const struct cohort *c, struct reader **out)
{
	struct reader *r = arena_alloc(a, 1, sizeof *r);
	r->c = c;
	for (size_t i = 0; i < c->n; i++)
		r->most = c->customer[i] > r->most ? c->customer[i] : r->most;
	r->row = arena_try(a, (size_t)r->most + 1, sizeof *r->row);
	if (!r->row)
		return err_set(RC_NOMEM, "FIT-102", "no memory for %zu customers", c->n);
	for (size_t i = 0; i < c->n; i++)
		r->row[c->customer[i]] = (int32_t)i + 1;
	*out = r;
	return RC_OK;
}

/* The names of an ask, each once, in its order. */
static size_t names_of(const struct design_ask *ask, const char **name, size_t most)
{
	const char *const *const list[] = { ask->process, ask->dropout, ask->equal };
	size_t n = 0;
	for (size_t k = 0; k < 3; k++)
		for (const char *const *at = list[k]; at && *at; at++) {
			bool known = false;
			for (size_t i = 0; i < n; i++)
				known = known || !strcmp(name[i], *at);
			if (!known && n < most)
				name[n++] = *at;
		}
	return n;
}

enum rc design_read(struct store *s, struct arena *a, const struct design_ask *ask, struct cohort *c, struct design *out, struct str *told)
{
	const char *name[COVARIATES_MOST + 1];
	struct attribute attribute[COVARIATES_MOST + 1];
	size_t n = names_of(ask, name, COVARIATES_MOST + 1);
	struct arena *work = arena_new();
	struct reader *r;
	enum rc rc = reader_new(work, c, &r);
	for (size_t k = 0; !rc && k < n; k++)
		rc = read_attribute(s, work, r, name[k], NULL, &attribute[k]);
	rc = rc ? rc : design_encode(a, attribute, n, ask, c, out, told);
	arena_free(work);
	return rc;
}

enum rc design_apply(struct store *s, struct arena *a, const struct design *d, struct cohort *c, struct str *told)
{
	struct attribute attribute[COVARIATES_MOST];
	struct arena *work = arena_new();
	struct reader *r;
	enum rc rc = reader_new(work, c, &r);
	for (size_t k = 0; !rc && k < d->covariates; k++)
		rc = read_attribute(s, work, r, d->covariate[k].name, &d->covariate[k].number, &attribute[k]);
	rc = rc ? rc : design_repeat(a, attribute, d->covariates, d, c, told);
	arena_free(work);
	return rc;
}
