/* A frame as text. Knows kinds of cells, not what they mean; never prints by itself. */
#include "config.h"

#include "app/render.h"

#include <math.h>
#include <string.h>

#include "base/day.h"
#include "base/mask.h"

bool render_format_of(const char *name, enum render_format *out)
{
	static const char *const names[] = { "table", "csv", "json", "jsonl" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!strcmp(name, names[i])) {
			*out = (enum render_format)i;
			return true;
		}
	return false;
}

static bool is_kind(const struct frame_column *c, const char *kind)
{
	return !strcmp(c->kind, kind);
}

/* Would a spreadsheet take the text for a formula? (OWASP: = + - @ TAB CR, and the full-width forms.) */
static bool runs_in_spreadsheet(const char *s, size_t n)
{
	static const char *const wide[] = { "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0" };
	if (!n)
		return false;
	if (strchr("=+-@\t\r", s[0]) && s[0])
		return true;
	for (size_t i = 0; i < 4; i++)
		if (n >= 3 && !memcmp(s, wide[i], 3))
			return true;
	return false;
}

void render_csv_field(struct str *out, const char *s, size_t n, bool neutralise)
{
	bool guard = neutralise && runs_in_spreadsheet(s, n);
	bool quote = false;
	for (size_t i = 0; i < n && !quote; i++)
		quote = s[i] == ',' || s[i] == '"' || s[i] == '\n' || s[i] == '\r';
	if (quote)
		str_add_char(out, '"');
	if (guard)
		str_add_char(out, '\'');
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '"')
			str_add_char(out, '"');
		str_add_char(out, s[i]);
	}
	if (quote)
		str_add_char(out, '"');
}

static void add_real(struct str *out, const struct frame_column *c, double v, bool table)
{
	if (!table)
		str_add_double(out, v);
	else if (is_kind(c, "money"))
		str_addf(out, "%.2f", v);
	else if (is_kind(c, "share"))
		str_addf(out, "%.4f", v);
	else if (is_kind(c, "percent"))
		str_addf(out, "%.1f", v);
	else if (fabs(v) >= 1e6 || (v != 0 && fabs(v) < 1e-3))
		str_addf(out, "%.5g", v);
	else
		str_addf(out, "%.4f", v);
}

static void add_int(struct str *out, const struct frame_column *c, int64_t v)
{
	char buf[32];
	if (is_kind(c, "day")) {
		day_format(buf, (day_t)v);
		str_add(out, buf);
	} else if (is_kind(c, "minor")) {
		str_minor(buf, v, 2);
		str_add(out, buf);
	} else {
		str_addf(out, "%lld", (long long)v);
	}
}

void render_cell(struct str *out, const struct frame_column *c, size_t row, bool table, bool raw)
{
	if (frame_missing(c, row)) {
		if (table)
			str_add_char(out, '-');
		return;
	}
	switch (c->type) {
	case CELL_INT:
		add_int(out, c, c->i[row]);
		break;
	case CELL_REAL:
		if (isfinite(c->r[row]))
			add_real(out, c, c->r[row], table);
		break;
	case CELL_TEXT:
		if (table && is_kind(c, "personal")) {
			mask_add_cell(out, c->name, c->t[row], strlen(c->t[row]));
		} else if (table) {
			str_add_visible(out, c->t[row], strlen(c->t[row]));
		} else {
			struct str safe = {0};
			str_add_visible(&safe, c->t[row], strlen(c->t[row]));
			render_csv_field(out, safe.s ? safe.s : "", safe.n, !raw);
			str_clear(&safe);
		}
		break;
	}
}

static void pad(struct str *out, size_t n)
{
	while (n--)
		str_add_char(out, ' ');
}

static void add_padded(struct str *out, const char *s, size_t width, bool right, bool last)
{
	size_t w = str_width(s, strlen(s));
	if (right && width > w)
		pad(out, width - w);
	str_add(out, s);
	if (!right && !last && width > w)
		pad(out, width - w);
}

void render_table(struct str *out, const struct frame *f)
{
	char  **cell = arena_alloc(f->arena, f->rows * f->columns + 1, sizeof *cell);
	size_t *width = arena_alloc(f->arena, f->columns + 1, sizeof *width);
	for (size_t c = 0; c < f->columns; c++)
		width[c] = str_width(f->column[c].name, strlen(f->column[c].name));
	for (size_t r = 0; r < f->rows; r++)
		for (size_t c = 0; c < f->columns; c++) {
			struct str t = {0};
			render_cell(&t, &f->column[c], r, true, true);
			cell[r * f->columns + c] = arena_text(f->arena, t.s ? t.s : "");
			str_clear(&t);
			size_t w = str_width(cell[r * f->columns + c], strlen(cell[r * f->columns + c]));
			width[c] = w > width[c] ? w : width[c];
		}
	for (size_t c = 0; c < f->columns; c++) {
		str_add(out, c ? "  " : "");
		add_padded(out, f->column[c].name, width[c], f->column[c].type != CELL_TEXT, c + 1 == f->columns);
	}
	str_add_char(out, '\n');
	for (size_t r = 0; r < f->rows; r++) {
		for (size_t c = 0; c < f->columns; c++) {
			str_add(out, c ? "  " : "");
			add_padded(out, cell[r * f->columns + c], width[c], f->column[c].type != CELL_TEXT, c + 1 == f->columns);
		}
		str_add_char(out, '\n');
	}
}

void render_csv_header(struct str *out, const struct frame *f)
{
	for (size_t c = 0; c < f->columns; c++) {
		str_add(out, c ? "," : "");
		render_csv_field(out, f->column[c].name, strlen(f->column[c].name), false);
	}
	str_add_char(out, '\n');
}

void render_csv_rows(struct str *out, const struct frame *f, bool raw)
{
	for (size_t r = 0; r < f->rows; r++) {
		for (size_t c = 0; c < f->columns; c++) {
			str_add(out, c ? "," : "");
			render_cell(out, &f->column[c], r, false, raw);
		}
		str_add_char(out, '\n');
	}
}

static struct js *cell_json(const struct frame_column *c, size_t row)
{
	if (frame_missing(c, row))
		return js_null();
	if (c->type == CELL_REAL)
		return js_real(c->r[row]);
	if (c->type == CELL_TEXT)
		return js_text(c->t[row]);
	if (is_kind(c, "day") || is_kind(c, "minor")) {
		struct str t = {0};
		add_int(&t, c, c->i[row]);
		struct js *v = js_text(t.s);
		str_clear(&t);
		return v;
	}
	return js_int(c->i[row]);
}

void render_jsonl(struct str *out, const struct frame *f)
{
	for (size_t r = 0; r < f->rows; r++) {
		struct js *o = js_object();
		for (size_t c = 0; c < f->columns; c++)
			js_set(o, f->column[c].name, cell_json(&f->column[c], r));
		js_write(out, o, false, false);
		str_add_char(out, '\n');
		js_free(o);
	}
}

struct js *render_json(const struct frame *f)
{
	struct js *o = js_object(), *columns = js_array(), *rows = js_array();
	for (size_t c = 0; c < f->columns; c++) {
		struct js *d = js_object();
		js_set_text(d, "name", f->column[c].name);
		js_set_text(d, "type", f->column[c].kind);
		js_set_text(d, "unit", f->column[c].unit ? f->column[c].unit : "");
		js_add(columns, d);
	}
	for (size_t r = 0; r < f->rows; r++) {
		struct js *row = js_array();
		for (size_t c = 0; c < f->columns; c++)
			js_add(row, cell_json(&f->column[c], r));
		js_add(rows, row);
	}
	js_set(o, "columns", columns);
	js_set(o, "rows", rows);
	return o;
}
