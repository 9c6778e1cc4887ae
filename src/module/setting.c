/* Settings: one flat list made of the common table and the tables of the rooms. Each value carries where it
 * came from. Reads clv.yaml through base/yaml; knows no room, and decides nothing that the tables do not say. */
#include "config.h"

#include "module/setting.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/yaml.h"

#define FILE_LIMIT ((size_t)1 << 20)

static const char *const periods[] = { "day", "week", "month", NULL };
static const char *const whens[] = { "auto", "always", "never", NULL };
static const char *const glyph_sets[] = { "auto", "unicode", "ascii", NULL };

/* What two rooms or more read, and what the doors read. What one other room reads stands in that room. */
static const struct setting common[] = {
	{ .key = "seed", .type = SETTING_INT, .standard = "1", .min = 0, .max = 9007199254740992.0, .unit = "",
	  .help = "Seed of every random stream; equal seeds give equal bytes." },
	{ .key = "threads", .type = SETTING_INT, .standard = "2", .min = 1, .max = 64, .unit = "",
	  .help = "Threads that one computation may use; results do not depend on it." },
	{ .key = "as_of", .type = SETTING_DAY, .standard = "", .unit = "",
	  .help = "Last day that counts, inclusive; unset: the last accepted purchase day." },
	{ .key = "cohort_from", .type = SETTING_DAY, .standard = "", .unit = "",
	  .help = "Customers whose first purchase lies before that day are set aside and counted; unset: all customers count." },
	{ .key = "period", .type = SETTING_CHOICE, .standard = "day", .choices = periods, .unit = "",
	  .help = "Unit of time in which the models count." },
	{ .key = "horizon_days", .type = SETTING_INT, .standard = "365", .min = 1, .max = 3650, .unit = "days",
	  .help = "How far ahead purchases and value are predicted." },
	{ .key = "discount_rate", .type = SETTING_REAL, .standard = "0.10", .min = 0, .max = 1, .unit = "per year",
	  .help = "Effective yearly rate by which later money counts less." },
	{ .key = "margin", .type = SETTING_REAL, .standard = "1", .min = 0.0001, .max = 1, .unit = "share",
	  .help = "Share of revenue that is kept; value is revenue times margin." },
	{ .key = "output.dir", .type = SETTING_TEXT, .standard = "outputs", .unit = "",
	  .help = "Folder of the output files, beside the store unless absolute." },
	{ .key = "input", .type = SETTING_LIST, .standard = "", .unit = "",
	  .help = "Files of purchases that a run without files imports; * and ? match names." },
	{ .key = "screen.color", .type = SETTING_CHOICE, .standard = "auto", .choices = whens, .unit = "",
	  .help = "Colours of the workbench; auto: where the terminal has them, and NO_COLOR is not set." },
	{ .key = "screen.glyphs", .type = SETTING_CHOICE, .standard = "auto", .choices = glyph_sets, .unit = "",
	  .help = "What the workbench draws with; auto: Unicode where locale and terminal can show it." },
	{ .key = "screen.mouse", .type = SETTING_BOOL, .standard = "true", .unit = "",
	  .help = "Clicks and the wheel work in the workbench; hold Shift to mark text as the terminal does." },
	{ .key = "screen.unmasked", .type = SETTING_BOOL, .standard = "false", .unit = "",
	  .help = "Rows set aside, looks and profiles show e-mail addresses and names as they are." },
	{ .key = "screen.escape_ms", .type = SETTING_INT, .standard = "25", .min = 1, .max = 1000, .unit = "ms",
	  .help = "How long after Esc the rest of a key's bytes may come; more on a slow line." },
	{ .key = NULL },
};

struct value {
	const char  *text;      /* canonical; what is listed */
	const char  *origin;
	int64_t      whole;     /* INT, DAY, BOOL */
	double       real;      /* REAL */
	const char **item;      /* LIST */
	size_t       items;
};

struct settings {
	struct arena          *arena;
	size_t                 count;
	const struct setting **known;
	const char           **key;   /* the same keys, for str_nearest */
	struct value          *value;
};

/* The rest of a message about a value: what it should have been. */
static enum rc refuse(const struct setting *k, const char *id, const char *text, const char *wanted)
{
	struct str seen = { 0 };
	str_add_visible(&seen, text, strlen(text));
	enum rc rc = err_set(RC_CONFIG, id, "%s is '%s', but takes %s", k->key, seen.s ? seen.s : "", wanted);
	str_clear(&seen);
	return rc;
}

static enum rc refuse_range(const struct setting *k, const char *text)
{
	char low[32], high[32], wanted[128];
	str_double(low, k->min);
	str_double(high, k->max);
	snprintf(wanted, sizeof(wanted), "%s from %s to %s%s%s", k->type == SETTING_INT ? "a whole number" : "a number",
		 low, high, *k->unit ? " " : "", k->unit);
	return refuse(k, "SET-103", text, wanted);
}

static enum rc parse_int(struct arena *a, const struct setting *k, const char *text, struct value *out)
{
	if (!str_int(text, strlen(text), &out->whole))
		return refuse(k, "SET-102", text, "a whole number");
	if ((double)out->whole < k->min || (double)out->whole > k->max)
		return refuse_range(k, text);
	out->text = arena_printf(a, "%lld", (long long)out->whole);
	return RC_OK;
}

static enum rc parse_real(struct arena *a, const struct setting *k, const char *text, struct value *out)
{
	char buf[32];
	if (!str_real(text, strlen(text), &out->real))
		return refuse(k, "SET-102", text, "a number");
	if (!(out->real >= k->min && out->real <= k->max))
		return refuse_range(k, text);
	str_double(buf, out->real);
	out->text = arena_text(a, buf);
	return RC_OK;
}

static enum rc parse_bool(const struct setting *k, const char *text, struct value *out)
{
	static const char *const yes[] = { "true", "yes", "on", NULL }, *const no[] = { "false", "no", "off", NULL };
	for (int i = 0; yes[i]; i++) {
		if (strcmp(text, yes[i]) && strcmp(text, no[i]))
			continue;
		out->whole = !strcmp(text, yes[i]);
		out->text = out->whole ? "true" : "false";
		return RC_OK;
	}
	return refuse(k, "SET-104", text, "true or false");
}

static enum rc parse_choice(const struct setting *k, const char *text, struct value *out)
{
	struct str wanted = { 0 };
	for (size_t i = 0; k->choices[i]; i++) {
		if (!strcmp(text, k->choices[i])) {
			out->text = k->choices[i];
			str_clear(&wanted);
			return RC_OK;
		}
		str_addf(&wanted, "%s%s", i == 0 ? "" : k->choices[i + 1] ? ", " : " or ", k->choices[i]);
	}
	enum rc rc = refuse(k, "SET-104", text, wanted.s);
	str_clear(&wanted);
	return rc;
}

static enum rc parse_day(struct arena *a, const struct setting *k, const char *text, struct value *out)
{
	day_t day = DAY_NONE;
	if (*text && !day_parse_iso(text, strlen(text), &day))
		return refuse(k, "SET-105", text, "a date as YYYY-MM-DD");
	out->whole = day;
	out->text = arena_text(a, text);
	return RC_OK;
}

static void set_items(struct arena *a, const char *const *item, size_t n, struct value *out)
{
	struct str joined = { 0 };
	out->items = n;
	out->item = arena_alloc(a, n + 1, sizeof(*out->item));
	for (size_t i = 0; i < n; i++) {
		out->item[i] = arena_text(a, item[i]);
		str_addf(&joined, "%s%s", i ? ", " : "", item[i]);
	}
	out->text = arena_text(a, joined.s ? joined.s : "");
	str_clear(&joined);
}

/* Entries of a text, parted by newlines if there is one, else by commas; blanks around them fall away. */
static void parse_list(struct arena *a, const char *text, struct value *out)
{
	const char *part = strchr(text, '\n') ? "\n" : ",";
	const char **item = arena_alloc(a, strlen(text) + 1, sizeof(*item));
	size_t n = 0;
	for (const char *p = text; *p; p += strspn(p, part)) {
		size_t len = strcspn(p, part), head = strspn(p, " \t");
		const char *start = p + (head < len ? head : len);
		p += len;
		size_t keep = (size_t)(p - start);
		while (keep && (start[keep - 1] == ' ' || start[keep - 1] == '\t'))
			keep--;
		if (keep)
			item[n++] = arena_span(a, start, keep);
	}
	set_items(a, item, n, out);
}

static enum rc parse(struct arena *a, const struct setting *k, const char *text, struct value *out)
{
	switch (k->type) {
	case SETTING_INT:
		return parse_int(a, k, text, out);
	case SETTING_REAL:
		return parse_real(a, k, text, out);
	case SETTING_BOOL:
		return parse_bool(k, text, out);
	case SETTING_CHOICE:
		return parse_choice(k, text, out);
	case SETTING_DAY:
		return parse_day(a, k, text, out);
	case SETTING_LIST:
		parse_list(a, text, out);
		return RC_OK;
	case SETTING_TEXT:
		break;
	}
	out->text = arena_text(a, text);
	return RC_OK;
}

static size_t find(const struct settings *s, const char *key)
{
	size_t i = 0;
	while (i < s->count && strcmp(s->key[i], key) != 0)
		i++;
	return i;
}

/* The value of a key that the program itself names. */
static const struct value *known(const struct settings *s, const char *key, enum setting_type type)
{
	size_t i = find(s, key);
	assert(i < s->count && "the setting is in a table");
	assert((s->known[i]->type == type || (type == SETTING_TEXT && s->known[i]->type == SETTING_CHOICE)) && "its type");
	(void)type;
	return &s->value[i];
}

static enum rc unknown(const struct settings *s, const char *key)
{
	size_t n = strlen(key);
	struct str seen = { 0 };
	str_add_visible(&seen, key, n);
	enum rc rc = err_set(RC_CONFIG, "SET-101", "there is no setting '%s'", seen.s ? seen.s : "");
	str_clear(&seen);
	for (size_t i = 0; i < s->count; i++)
		if (!strncmp(s->key[i], key, n) && s->key[i][n] == '.')
			return err_do(rc, "'%s' is a group: write %s", key, s->key[i]);
	const char *nearest = str_nearest(key, s->key, s->count);
	return nearest ? err_do(rc, "perhaps %s is meant; 'config print' lists all", nearest) :
		err_do(rc, "'config print' lists all settings");
}

/* ---- clv.yaml ---- */

struct reading {
	struct settings *s;
	const char      *path, *text;
	size_t           n;
	size_t          *line; /* where each setting was given in this file; 0: not yet */
};

static enum rc at_place(const struct reading *r, enum rc rc, size_t line, size_t column)
{
	const char *p = r->text, *end = r->text + r->n;
	for (size_t i = 1; i < line && p; i++) {
		p = memchr(p, '\n', (size_t)(end - p));
		p = p ? p + 1 : NULL;
	}
	rc = err_where(rc, r->path, line, column);
	return p ? err_source(rc, p, strcspn(p, "\r\n")) : rc;
}

static enum rc take_sequence(struct reading *r, const struct setting *k, const struct ydoc *node, struct value *v)
{
	const char **item = arena_alloc(r->s->arena, node->count + 1, sizeof(*item));
	for (size_t i = 0; i < node->count; i++) {
		if (node->child[i].kind != YDOC_SCALAR)
			return at_place(r, err_set(RC_CONFIG, "SET-106", "an entry of %s is not one value", k->key),
					node->child[i].line, node->child[i].column);
		item[i] = node->child[i].text;
	}
	set_items(r->s->arena, item, node->count, v);
	return RC_OK;
}

static enum rc take_setting(struct reading *r, size_t i, const struct ydoc *node, size_t line, size_t column)
{
	const struct setting *k = r->s->known[i];
	struct value v = { 0 };
	enum rc rc;
	if (r->line[i])
		return at_place(r, err_set(RC_CONFIG, "SET-107", "%s is given twice; first in line %zu", k->key, r->line[i]),
				line, column);
	if (node->kind == YDOC_SEQUENCE && k->type == SETTING_LIST) {
		rc = take_sequence(r, k, node, &v);
	} else if (node->kind != YDOC_SCALAR) {
		rc = at_place(r, err_set(RC_CONFIG, "SET-106", "%s takes one value", k->key), node->line, node->column);
	} else if (k->type == SETTING_LIST) {
		set_items(r->s->arena, &node->text, *node->text != '\0', &v);
		rc = RC_OK;
	} else {
		rc = parse(r->s->arena, k, node->text, &v);
		if (rc)
			rc = at_place(r, rc, node->line, node->column);
	}
	if (rc)
		return rc;
	r->line[i] = line;
	v.origin = arena_printf(r->s->arena, "%s:%zu", r->path, line);
	r->s->value[i] = v;
	return RC_OK;
}

static enum rc take_mapping(struct reading *r, const char *prefix, const struct ydoc *map)
{
	for (size_t i = 0; i < map->count; i++) {
		const struct ydoc *node = &map->child[i];
		const char *key = *prefix ? arena_printf(r->s->arena, "%s.%s", prefix, map->key[i]) : map->key[i];
		size_t at = find(r->s, key);
		enum rc rc;
		if (at < r->s->count)
			rc = take_setting(r, at, node, map->key_line[i], map->key_column[i]);
		else if (node->kind == YDOC_MAPPING && node->count)
			rc = take_mapping(r, key, node);
		else
			rc = at_place(r, unknown(r->s, key), map->key_line[i], map->key_column[i]);
		if (rc)
			return rc;
	}
	return RC_OK;
}

/* ---- public ---- */

static void add_table(struct settings *s, const struct setting *table)
{
	for (; table->key; table++) {
		size_t i = s->count;
		assert(find(s, table->key) == s->count && "a setting stands in one table");
		s->known[i] = table;
		s->key[i] = table->key;
		enum rc rc = parse(s->arena, table, table->standard, &s->value[i]);
		assert(rc == RC_OK && "a default is a valid value");
		(void)rc;
		s->value[i].origin = "default";
		s->count++;
	}
}

static struct settings *settings_empty(size_t count)
{
	struct settings *s = mem_new(1, sizeof(*s));
	s->arena = arena_new();
	s->known = arena_alloc(s->arena, count, sizeof(*s->known));
	s->key = arena_alloc(s->arena, count, sizeof(*s->key));
	s->value = arena_alloc(s->arena, count, sizeof(*s->value));
	return s;
}

struct settings *settings_new(const struct setting *const *tables)
{
	size_t n = sizeof(common) / sizeof(*common);
	for (size_t t = 0; tables && tables[t]; t++)
		for (const struct setting *k = tables[t]; k->key; k++)
			n++;
	struct settings *s = settings_empty(n);
	add_table(s, common);
	for (size_t t = 0; tables && tables[t]; t++)
		add_table(s, tables[t]);
	return s;
}

struct settings *settings_copy(const struct settings *s)
{
	struct settings *copy = settings_empty(s->count);
	copy->count = s->count;
	for (size_t i = 0; i < s->count; i++) {
		struct value *v = &copy->value[i];
		copy->known[i] = s->known[i];
		copy->key[i] = s->key[i];
		*v = s->value[i];
		v->text = arena_text(copy->arena, v->text);
		v->origin = arena_text(copy->arena, v->origin);
		if (s->known[i]->type == SETTING_LIST)
			set_items(copy->arena, s->value[i].item, s->value[i].items, v);
	}
	return copy;
}

void settings_free(struct settings *s)
{
	if (!s)
		return;
	arena_free(s->arena);
	free(s);
}

enum rc settings_read(struct settings *s, const char *path)
{
	struct reading r = { .s = s, .path = arena_text(s->arena, path) };
	struct ydoc *root;
	char *text;
	enum rc rc = file_read(s->arena, path, FILE_LIMIT, &text, &r.n);
	if (rc)
		return rc;
	r.text = text;
	r.line = arena_alloc(s->arena, s->count + 1, sizeof(*r.line));
	rc = ydoc_read(s->arena, r.path, text, r.n, &root);
	if (rc)
		return rc;
	if (root->kind != YDOC_MAPPING)
		return at_place(&r, err_set(RC_CONFIG, "SET-106", "settings are a mapping of keys to values"),
				root->line, root->column);
	return take_mapping(&r, "", root);
}

enum rc settings_override(struct settings *s, const char *key, const char *value, const char *origin)
{
	size_t i = find(s, key);
	struct value v = { 0 };
	enum rc rc = i < s->count ? parse(s->arena, s->known[i], value, &v) : unknown(s, key);
	if (rc) {
		struct err e = *err_get();
		e.rc = RC_USAGE;
		err_restore(&e);
		return RC_USAGE;
	}
	v.origin = arena_text(s->arena, origin);
	s->value[i] = v;
	return RC_OK;
}

int64_t settings_int(const struct settings *s, const char *key)
{
	return known(s, key, SETTING_INT)->whole;
}

double settings_real(const struct settings *s, const char *key)
{
	return known(s, key, SETTING_REAL)->real;
}

bool settings_bool(const struct settings *s, const char *key)
{
	return known(s, key, SETTING_BOOL)->whole != 0;
}

const char *settings_text(const struct settings *s, const char *key)
{
	return known(s, key, SETTING_TEXT)->text;
}

int32_t settings_day(const struct settings *s, const char *key)
{
	return (int32_t)known(s, key, SETTING_DAY)->whole;
}

size_t settings_list(const struct settings *s, const char *key, const char *const **items)
{
	const struct value *v = known(s, key, SETTING_LIST);
	*items = v->item;
	return v->items;
}

size_t settings_count(const struct settings *s)
{
	return s->count;
}

const struct setting *settings_at(const struct settings *s, size_t i, const char **value, const char **origin)
{
	assert(i < s->count);
	if (value)
		*value = s->value[i].text;
	if (origin)
		*origin = s->value[i].origin;
	return s->known[i];
}

static struct js *value_json(const struct setting *k, const struct value *v)
{
	struct js *list;
	switch (k->type) {
	case SETTING_INT:
		return js_int(v->whole);
	case SETTING_REAL:
		return js_real(v->real);
	case SETTING_BOOL:
		return js_bool(v->whole != 0);
	case SETTING_DAY:
		return *v->text ? js_text(v->text) : js_null();
	case SETTING_LIST:
		list = js_array();
		for (size_t i = 0; i < v->items; i++)
			js_add_text(list, v->item[i]);
		return list;
	case SETTING_TEXT:
	case SETTING_CHOICE:
		break;
	}
	return js_text(v->text);
}

struct js *settings_json(const struct settings *s, const char *const *keys)
{
	struct js *out = js_object();
	for (size_t i = 0; !keys && i < s->count; i++)
		js_set(out, s->key[i], value_json(s->known[i], &s->value[i]));
	for (size_t k = 0; keys && keys[k]; k++) {
		size_t i = find(s, keys[k]);
		assert(i < s->count && "a declared setting is in a table");
		js_set(out, s->key[i], value_json(s->known[i], &s->value[i]));
	}
	return out;
}
