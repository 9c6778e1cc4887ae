/* The door to jansson: values are jansson's, the text is our own, because the shortest form of a real and what is
 * safe on a terminal are not its concern. A struct js * is a json_t *. */
#include "config.h"

#include "base/json.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static struct js *made(json_t *v)
{
	if (!v)
		abort(); /* memory only: what jansson refuses otherwise is kept from it */
	return (struct js *)v;
}

static json_t *value(const struct js *v)
{
	return (json_t *)v;
}

/* s with every byte that is not UTF-8 written as \xNN; NULL when there is none. */
static char *repaired(const char *s)
{
	size_t n = strlen(s);
	size_t valid = str_utf8_valid(s, n);
	struct str t = { .s = NULL };

	if (valid == n)
		return NULL;
	for (size_t i = 0; i < n; i += valid + 1) {
		valid = str_utf8_valid(s + i, n - i);
		str_add_span(&t, s + i, valid);
		if (i + valid < n)
			str_add_visible(&t, s + i + valid, 1);
	}
	return str_take(&t);
}

struct js *js_object(void)
{
	return made(json_object());
}

struct js *js_array(void)
{
	return made(json_array());
}

struct js *js_text(const char *s)
{
	char *t;
	json_t *v;

	if (!s)
		return js_null();
	t = repaired(s);
	v = json_string_nocheck(t ? t : s);
	free(t);
	return made(v);
}

struct js *js_int(int64_t v)
{
	return made(json_integer(v));
}

struct js *js_real(double v)
{
	return isfinite(v) ? made(json_real(v)) : js_null();
}

struct js *js_bool(bool v)
{
	return made(json_boolean(v));
}

struct js *js_null(void)
{
	return made(json_null());
}

struct js *js_copy(const struct js *v)
{
	return made(json_deep_copy(value(v)));
}

void js_free(struct js *v)
{
	json_decref(value(v));
}

void js_set(struct js *object, const char *key, struct js *v)
{
	char *t = repaired(key);

	if (json_object_set_new_nocheck(value(object), t ? t : key, value(v)) != 0)
		abort();
	free(t);
}

void js_set_text(struct js *object, const char *key, const char *s)
{
	js_set(object, key, js_text(s));
}

void js_set_int(struct js *object, const char *key, int64_t v)
{
	js_set(object, key, js_int(v));
}

void js_set_real(struct js *object, const char *key, double v)
{
	js_set(object, key, js_real(v));
}

void js_set_bool(struct js *object, const char *key, bool v)
{
	js_set(object, key, js_bool(v));
}

void js_add(struct js *array, struct js *v)
{
	if (json_array_append_new(value(array), value(v)) != 0)
		abort();
}

void js_add_text(struct js *array, const char *s)
{
	js_add(array, js_text(s));
}

struct js *js_get(const struct js *object, const char *key)
{
	return (struct js *)json_object_get(value(object), key);
}

struct js *js_at(const struct js *array, size_t i)
{
	return (struct js *)json_array_get(value(array), i);
}

size_t js_count(const struct js *v)
{
	return json_is_object(value(v)) ? json_object_size(value(v)) : json_array_size(value(v));
}

const char *js_key_at(const struct js *object, size_t i)
{
	void *at = json_object_iter(value(object));

	while (at && i-- > 0)
		at = json_object_iter_next(value(object), at);
	return at ? json_object_iter_key(at) : NULL;
}

const char *js_text_of(const struct js *v)
{
	return json_string_value(value(v));
}

int64_t js_int_of(const struct js *v)
{
	return json_integer_value(value(v));
}

double js_real_of(const struct js *v)
{
	return json_is_number(value(v)) ? json_number_value(value(v)) : NAN;
}

bool js_bool_of(const struct js *v)
{
	return json_is_true(value(v));
}

bool js_is_null(const struct js *v)
{
	return !v || json_is_null(value(v));
}

/* What str_add_visible would escape is written as \uNNNN: the same text for a reader, and safe to print. */
static void write_escape(struct str *out, uint32_t cp)
{
	if (cp > 0xFFFF)
		str_addf(out, "\\u%04x\\u%04x", (unsigned)(0xD800 + ((cp - 0x10000) >> 10)),
			 (unsigned)(0xDC00 + (cp & 0x3FF)));
	else
		str_addf(out, "\\u%04x", (unsigned)cp);
}

static void write_character(struct str *out, const char *s, size_t n, uint32_t cp)
{
	switch (cp) {
	case '"':
		str_add(out, "\\\"");
		break;
	case '\\':
		str_add(out, "\\\\");
		break;
	case '\n':
		str_add(out, "\\n");
		break;
	case '\t':
		str_add(out, "\\t");
		break;
	case '\r':
		str_add(out, "\\r");
		break;
	default:
		if (str_is_unsafe(cp))
			write_escape(out, cp);
		else
			str_add_span(out, s, n);
	}
}

static void write_text(struct str *out, const char *s, size_t n)
{
	str_add_char(out, '"');
	for (size_t i = 0; i < n;) {
		uint32_t cp = 0;
		size_t step = str_utf8_next(s + i, n - i, &cp);

		if (step == 0)
			abort(); /* nothing but UTF-8 gets in */
		write_character(out, s + i, step, cp);
		i += step;
	}
	str_add_char(out, '"');
}

/* A real stays a real when read again: "3.0", not "3". */
static void write_real(struct str *out, double v)
{
	char buf[32];
	size_t n = str_double(buf, v);

	str_add_span(out, buf, n);
	if (!memchr(buf, '.', n) && !memchr(buf, 'e', n))
		str_add(out, ".0");
}

static void break_line(struct str *out, int depth)
{
	str_add_char(out, '\n');
	for (int i = 0; i < depth; i++)
		str_add(out, "  ");
}

static void write_value(struct str *out, json_t *v, int depth, bool indent, bool sorted);

static void write_array(struct str *out, json_t *v, int depth, bool indent, bool sorted)
{
	size_t n = json_array_size(v);

	str_add_char(out, '[');
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			str_add_char(out, ',');
		if (indent)
			break_line(out, depth + 1);
		write_value(out, json_array_get(v, i), depth + 1, indent, sorted);
	}
	if (indent && n > 0)
		break_line(out, depth);
	str_add_char(out, ']');
}

static int compare_keys(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char **keys_of(json_t *object, bool sorted)
{
	size_t n = json_object_size(object), i = 0;
	const char **keys = mem_new(n, sizeof *keys);

	for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at))
		keys[i++] = json_object_iter_key(at);
	if (sorted)
		qsort(keys, n, sizeof *keys, compare_keys);
	return keys;
}

static void write_object(struct str *out, json_t *v, int depth, bool indent, bool sorted)
{
	size_t n = json_object_size(v);
	const char **keys = keys_of(v, sorted);

	str_add_char(out, '{');
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			str_add_char(out, ',');
		if (indent)
			break_line(out, depth + 1);
		write_text(out, keys[i], strlen(keys[i]));
		str_add(out, indent ? ": " : ":");
		write_value(out, json_object_get(v, keys[i]), depth + 1, indent, sorted);
	}
	if (indent && n > 0)
		break_line(out, depth);
	str_add_char(out, '}');
	free(keys);
}

static void write_value(struct str *out, json_t *v, int depth, bool indent, bool sorted)
{
	switch (json_typeof(v)) {
	case JSON_OBJECT:
		write_object(out, v, depth, indent, sorted);
		break;
	case JSON_ARRAY:
		write_array(out, v, depth, indent, sorted);
		break;
	case JSON_STRING:
		write_text(out, json_string_value(v), json_string_length(v));
		break;
	case JSON_INTEGER:
		str_addf(out, "%lld", (long long)json_integer_value(v));
		break;
	case JSON_REAL:
		write_real(out, json_real_value(v));
		break;
	case JSON_TRUE:
		str_add(out, "true");
		break;
	case JSON_FALSE:
		str_add(out, "false");
		break;
	case JSON_NULL:
		str_add(out, "null");
		break;
	}
}

void js_write(struct str *out, const struct js *v, bool indent, bool sorted)
{
	if (v)
		write_value(out, value(v), 0, indent, sorted);
	else
		str_add(out, "null");
}

enum rc js_read(const char *text, size_t n, const char *name, struct js **out)
{
	json_error_t e;
	json_t *v = json_loadb(text, n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);
	enum rc rc;

	if (v) {
		*out = (struct js *)v;
		return RC_OK;
	}
	rc = err_set(RC_PARSE, "JSON-101", "not valid JSON: %s", e.text);
	rc = err_where(rc, name, e.line > 0 ? (size_t)e.line : 1, e.column > 0 ? (size_t)e.column : 1);
	return err_source_line(rc, text, n);
}

const char *js_library(void)
{
	return jansson_version_str();
}
