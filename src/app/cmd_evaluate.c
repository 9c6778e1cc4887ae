/* evaluate: a model's quantities at given parameters: a calculator, and the way the formulas are checked. */
#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "base/file.h"
#include "ingest/csv.h"
#include "models/predict.h"

static const struct option options[] = {
	{ "points", 0, "FILE.csv", "columns model,params,x,t_x,T,t,quantity, and value if there: one answer a row", NULL },
	{ "params", 0, "\"P1 P2 ...\"", "parameters in the model's order, separated by blanks", NULL },
	{ "x", 0, "N", "repeat purchases (gg: purchases; pmf: the count asked for)", NULL },
	{ "t-x", 0, "A", "time from the first to the last purchase", NULL },
	{ "T", 0, "B", "time from the first purchase to now", NULL },
	{ "t", 0, "C", "horizon (gg: the mean spend; dert: the discount rate a unit of time; loglik of bgcnbd and mbgcnbd: the sum of the gaps' logarithms)", NULL },
	{ "quantity", 0, "Q", "loglik, palive, palive_future, cond_expected, expected, dert, pmf, p_none, cond_mean", NULL },
	{ NULL, 0, NULL, NULL, NULL },
};

struct point { const char *model, *params, *x, *t_x, *t_seen, *t, *quantity; };

/* A number, or NAME=NUMBER as in m=22.35; empty is 0. false: neither. */
static bool number_of(const char *s, double *out)
{
	const char *eq = s ? strchr(s, '=') : NULL;
	*out = 0;
	if (eq)
		s = eq + 1;
	return !s || !*s || str_real(s, strlen(s), out);
}

static enum rc params_of(const struct model *m, const char *text, double param[MODEL_PARAMS])
{
	size_t k = 0;
	for (const char *s = text ? text : ""; *s;) {
		size_t n = strcspn(s, " ,;");
		if (n && (k == MODEL_PARAMS || !str_real(s, n, &param[k++])))
			return err_set(RC_USAGE, "FIT-150", "the parameters of %s are %zu numbers separated by blanks", m->title, m->n_params);
		s += n + (s[n] ? 1 : 0);
	}
	if (k == m->n_params)
		return RC_OK;
	struct str names = {0};
	for (size_t i = 0; i < m->n_params; i++)
		str_addf(&names, "%s%s", i ? " " : "", m->params[i].name);
	enum rc rc = err_set(RC_USAGE, "FIT-150", "%s has %zu parameters (%s), not %zu", m->title, m->n_params, names.s ? names.s : "", k);
	str_clear(&names);
	return rc;
}

/* What a quantity cannot do without; an answer from a missing number would be a wrong one. */
static enum rc complete(const struct point *p, const struct model *m)
{
	static const struct { const char *quantity, *needs; } table[] = {
		{ "loglik", "xaT" }, { "palive", "xaT" }, { "cond_expected", "xaTt" }, { "p_none", "xaTt" }, { "palive_future", "xaTt" }, { "dert", "xaTt" },
		{ "expected", "t" }, { "pmf", "xt" }, { "cond_mean", "xt" },
	};
	const struct { char letter; const char *name, *value; } given[] = {
		{ 'x', "x", p->x }, { 'a', "t-x", p->t_x }, { 'T', "T", p->t_seen }, { 't', "t", p->t },
	};
	const char *needs = "";
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (!strcmp(table[i].quantity, p->quantity))
			needs = m->kind == MODEL_SPEND ? "xt" : table[i].needs;
	for (size_t i = 0; i < 4; i++)
		if (strchr(needs, given[i].letter) && !(given[i].value && *given[i].value))
			return err_do(err_set(RC_USAGE, "FIT-156", "%s needs --%s", p->quantity, given[i].name), "clv --help evaluate");
	return RC_OK;
}

static enum rc answer(const struct point *p, double *got)
{
	double              param[MODEL_PARAMS], x, t_x, t_seen, t;
	const struct model *m = model_find(p->model);
	if (!m)
		return model_unknown(p->model);
	enum rc rc = complete(p, m);
	rc = rc ? rc : params_of(m, p->params, param);
	if (!rc && (!number_of(p->x, &x) || !number_of(p->t_x, &t_x) || !number_of(p->t_seen, &t_seen) || !number_of(p->t, &t)))
		rc = err_set(RC_USAGE, "FIT-151", "x, t_x, T and t are numbers");
	return rc ? rc : predict_quantity(m, param, x, t_x, t_seen, t, p->quantity, got);
}

static struct js *row_json(const struct point *p, double got, const char *note)
{
	struct js *o = js_object();
	double     v;
	js_set_text(o, "model", p->model);
	js_set_text(o, "params", p->params);
	js_set_real(o, "x", number_of(p->x, &v) ? v : NAN);
	js_set_real(o, "t_x", number_of(p->t_x, &v) ? v : NAN);
	js_set_real(o, "T", number_of(p->t_seen, &v) ? v : NAN);
	js_set_text(o, "t", p->t ? p->t : "");
	js_set_text(o, "quantity", p->quantity);
	js_set_real(o, "got", got);
	if (note)
		js_set_text(o, "note", note);
	return o;
}

static enum rc single(struct call *call, struct js *rows)
{
	struct point p = { call->argv[0], call_option(call, "params"), call_option(call, "x"), call_option(call, "t-x"), call_option(call, "T"),
	                   call_option(call, "t"), call_option(call, "quantity") };
	double       got = NAN;
	if (!p.quantity)
		return err_do(err_set(RC_USAGE, "FIT-152", "--quantity is missing"), "one of loglik, palive, palive_future, cond_expected, expected, dert, pmf, p_none, cond_mean");
	enum rc rc = answer(&p, &got);
	if (rc)
		return rc;
	js_add(rows, row_json(&p, got, NULL));
	str_addf(&call->answer->text, "%s %s = ", p.model, p.quantity);
	str_add_double(&call->answer->text, got);
	str_add_char(&call->answer->text, '\n');
	return RC_OK;
}

enum { COLUMNS = 64 };

static const char *field_at(struct arena *a, const struct span *field, uint32_t count, int at)
{
	return at >= 0 && (uint32_t)at < count ? arena_span(a, field[at].p, field[at].n) : "";
}

static int column_at(const struct span *field, uint32_t count, const char *name)
{
	for (uint32_t i = 0; i < count; i++)
		if (field[i].n == strlen(name) && !memcmp(field[i].p, name, field[i].n))
			return (int)i;
	return -1;
}

static void add_line(struct call *call, const struct point *p, double got)
{
	struct frame *f = call->answer->frame;
	const char   *cell[] = { p->model, p->params, p->x, p->t_x, p->t_seen, p->t, p->quantity };
	if (!f) {
		static const char *const names[] = { "model", "params", "x", "t_x", "T", "t", "quantity" };
		f = call->answer->frame = frame_new(call->arena);
		for (size_t i = 0; i < 7; i++)
			frame_add_column(f, names[i], "text", CELL_TEXT);
		frame_add_column(f, "got", "real", CELL_REAL);
	}
	size_t row = frame_add_row(f);
	for (size_t i = 0; i < 7; i++)
		f->column[i].t[row] = cell[i];
	f->column[7].r[row] = got;
}

/* Answers for a file of points. A row whose model or quantity this version does not have gets null and a note, so that no row is lost. */
static enum rc points(struct call *call, struct js *rows)
{
	static const char *const names[] = { "model", "params", "x", "t_x", "T", "t", "quantity" };
	const char *path = call_option(call, "points");
	struct span field[COLUMNS];
	uint32_t    count;
	int         at[7], value = -1;
	char       *text;
	size_t      n, line = 0;
	enum rc     rc = file_read(call->arena, path, 1u << 28, &text, &n);
	if (rc)
		return rc;
	struct csv *csv = csv_new(',');
	for (char *s = text, *end = text + n; s < end && !rc; line++) {
		char  *stop = memchr(s, '\n', (size_t)(end - s));
		size_t len = stop ? (size_t)(stop - s) : (size_t)(end - s);
		size_t trimmed = len && s[len - 1] == '\r' ? len - 1 : len;
		if (trimmed && !csv_fields(csv, s, trimmed, field, COLUMNS, &count)) {
			rc = err_set(RC_NOMEM, "FIT-153", "no memory for line %zu", line + 1);
		} else if (!line) {
			for (size_t i = 0; i < 7 && !rc; i++)
				if ((at[i] = column_at(field, count < COLUMNS ? count : COLUMNS, names[i])) < 0)
					rc = err_where(err_set(RC_DATA, "FIT-154", "the column %s is missing", names[i]), path, 1, 0);
			value = column_at(field, count < COLUMNS ? count : COLUMNS, "value");
		} else if (trimmed) {
			const char  *v[7];
			double       got = NAN;
			for (size_t i = 0; i < 7; i++)
				v[i] = field_at(call->arena, field, count < COLUMNS ? count : COLUMNS, at[i]);
			struct point p = { v[0], v[1], v[2], v[3], v[4], v[5], v[6] };
			enum rc      failed = answer(&p, &got);
			struct js   *row = row_json(&p, failed ? NAN : got, failed ? err_get()->why : NULL);
			if (value >= 0)
				js_set_text(row, "value", field_at(call->arena, field, count < COLUMNS ? count : COLUMNS, value));
			add_line(call, &p, failed ? NAN : got);
			js_add(rows, row);
			err_clear();
		}
		s = stop ? stop + 1 : end;
	}
	csv_free_door(csv);
	return rc;
}

static enum rc run(struct call *call)
{
	struct js *rows = js_array();
	bool       file = call_has(call, "points");
	enum rc    rc = !file && !call->argc ? err_do(err_set(RC_USAGE, "FIT-155", "name a model, or give --points FILE.csv"), "clv --help evaluate")
	                : file ? points(call, rows) : single(call, rows);
	if (rc) {
		js_free(rows);
		return rc;
	}
	call->answer->json = js_object();
	js_set(call->answer->json, "rows", rows);
	return RC_OK;
}

const struct command command_evaluate = {
	.name = "evaluate", .args = "[MODEL]", .about = "a model's quantities at given parameters: a calculator",
	.details = "Times are in one unit, whichever it is. Example: clv --batch evaluate bgnbd --params \"0.2426 4.4136 0.7929 2.4259\" --x 26 --t-x 30.857 "
	           "--T 31 --t 52 --quantity cond_expected",
	.options = options, .flags = COMMAND_NO_STORE, .max_args = 1, .run = run,
};
