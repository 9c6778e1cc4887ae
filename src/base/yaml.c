/* The door to libyaml: its events become a tree with places. Only the plain part of YAML is taken: what makes
 * one text mean several things (anchors, tags, several documents, the same key twice) is refused. */
#include "config.h"

#include "base/yaml.h"

#include <string.h>
#include <yaml.h>

#include "base/map.h"

#define DEPTH_MAX 64

struct reader {
	yaml_parser_t parser;
	struct arena *arena;
	const char   *file, *text;
	size_t        n;
	int           depth;
};

static enum rc place(struct reader *y, enum rc rc, size_t line, size_t column)
{
	return err_source_line(err_where(rc, y->file, line, column), y->text, y->n);
}

static enum rc place_mark(struct reader *y, enum rc rc, yaml_mark_t at)
{
	return place(y, rc, at.line + 1, at.column + 1);
}

/* A byte that cannot be read has an offset and no mark. */
static enum rc refuse_byte(struct reader *y)
{
	size_t line = 1, start = 0;
	size_t at = y->parser.problem_offset < y->n ? y->parser.problem_offset : y->n;
	enum rc rc = err_set(RC_CONFIG, "YAML-101", "not valid YAML: %s", y->parser.problem);

	for (size_t i = 0; i < at; i++)
		if (y->text[i] == '\n') {
			line++;
			start = i + 1;
		}
	return place(y, rc, line, at - start + 1);
}

static enum rc refuse_syntax(struct reader *y)
{
	const yaml_parser_t *p = &y->parser;
	enum rc rc;

	if (p->error == YAML_MEMORY_ERROR)
		return err_set(RC_NOMEM, "YAML-106", "no memory to read %s", y->file);
	if (p->error == YAML_READER_ERROR)
		return refuse_byte(y);
	rc = err_set(RC_CONFIG, "YAML-101", "not valid YAML: %s%s%s", p->context ? p->context : "",
		     p->context ? ": " : "", p->problem ? p->problem : "unknown problem");
	return place_mark(y, rc, p->problem_mark);
}

static bool is_marked(const yaml_event_t *e)
{
	switch (e->type) {
	case YAML_ALIAS_EVENT:
		return true;
	case YAML_SCALAR_EVENT:
		return e->data.scalar.anchor || e->data.scalar.tag;
	case YAML_SEQUENCE_START_EVENT:
		return e->data.sequence_start.anchor || e->data.sequence_start.tag;
	case YAML_MAPPING_START_EVENT:
		return e->data.mapping_start.anchor || e->data.mapping_start.tag;
	default:
		return false;
	}
}

/* The next event, owned by the caller when RC_OK comes back. */
static enum rc next_event(struct reader *y, yaml_event_t *e)
{
	enum rc rc;

	if (!yaml_parser_parse(&y->parser, e))
		return refuse_syntax(y);
	if (!is_marked(e))
		return RC_OK;
	rc = err_set(RC_CONFIG, "YAML-103", "anchors, aliases and tags are not taken");
	rc = place_mark(y, err_do(rc, "write the value out"), e->start_mark);
	yaml_event_delete(e);
	return rc;
}

/* Room for one more in an array of the arena: at the powers of two it moves to twice the space. */
static void *one_more(struct arena *a, void *array, size_t count, size_t size)
{
	void *moved;

	if ((count & (count - 1)) != 0)
		return array;
	moved = arena_alloc(a, count ? count * 2 : 1, size);
	if (count)
		memcpy(moved, array, count * size);
	return moved;
}

static enum rc read_scalar(struct reader *y, const yaml_event_t *e, struct ydoc *to)
{
	const char *s = (const char *)e->data.scalar.value;
	size_t n = e->data.scalar.length;

	if (memchr(s, '\0', n))
		return place_mark(y, err_set(RC_CONFIG, "YAML-101", "a text with a NUL in it"), e->start_mark);
	to->kind = YDOC_SCALAR;
	to->text = arena_span(y->arena, s, n);
	return RC_OK;
}

static enum rc read_node(struct reader *y, yaml_event_t *e, struct ydoc *to);

static enum rc read_sequence(struct reader *y, struct ydoc *to)
{
	yaml_event_t e;
	enum rc rc;

	to->kind = YDOC_SEQUENCE;
	while ((rc = next_event(y, &e)) == RC_OK && e.type != YAML_SEQUENCE_END_EVENT) {
		to->child = one_more(y->arena, to->child, to->count, sizeof *to->child);
		rc = read_node(y, &e, &to->child[to->count]);
		if (rc != RC_OK)
			return rc;
		to->count++;
	}
	if (rc == RC_OK)
		yaml_event_delete(&e);
	return rc;
}

/* Takes the event of a key; the key is entered, its value not yet. */
static enum rc read_key(struct reader *y, struct map *seen, const yaml_event_t *e, struct ydoc *to)
{
	struct ydoc key = { .text = "" };
	int64_t first;
	enum rc rc;

	if (e->type != YAML_SCALAR_EVENT)
		return place_mark(y, err_set(RC_CONFIG, "YAML-105", "a key must be a plain text"), e->start_mark);
	rc = read_scalar(y, e, &key);
	if (rc != RC_OK)
		return rc;
	if (map_get(seen, key.text, strlen(key.text), &first)) {
		rc = err_set(RC_CONFIG, "YAML-102", "the key '%s' is there twice, first in line %zu", key.text,
			     to->key_line[first]);
		return place_mark(y, rc, e->start_mark);
	}
	map_set(seen, key.text, strlen(key.text), (int64_t)to->count);
	to->key = one_more(y->arena, to->key, to->count, sizeof *to->key);
	to->key_line = one_more(y->arena, to->key_line, to->count, sizeof *to->key_line);
	to->key_column = one_more(y->arena, to->key_column, to->count, sizeof *to->key_column);
	to->child = one_more(y->arena, to->child, to->count, sizeof *to->child);
	to->key[to->count] = key.text;
	to->key_line[to->count] = e->start_mark.line + 1;
	to->key_column[to->count] = e->start_mark.column + 1;
	return RC_OK;
}

static enum rc read_entries(struct reader *y, struct map *seen, struct ydoc *to)
{
	yaml_event_t e;
	enum rc rc;

	while ((rc = next_event(y, &e)) == RC_OK && e.type != YAML_MAPPING_END_EVENT) {
		rc = read_key(y, seen, &e, to);
		yaml_event_delete(&e);
		if (rc == RC_OK)
			rc = next_event(y, &e);
		if (rc == RC_OK)
			rc = read_node(y, &e, &to->child[to->count]);
		if (rc != RC_OK)
			return rc;
		to->count++;
	}
	if (rc == RC_OK)
		yaml_event_delete(&e);
	return rc;
}

static enum rc read_mapping(struct reader *y, struct ydoc *to)
{
	struct map *seen = map_new();
	enum rc rc;

	to->kind = YDOC_MAPPING;
	rc = read_entries(y, seen, to);
	map_free(seen);
	return rc;
}

/* Takes the event that starts a node, whatever comes back. */
static enum rc read_node(struct reader *y, yaml_event_t *e, struct ydoc *to)
{
	enum rc rc;

	*to = (struct ydoc){ .line = e->start_mark.line + 1, .column = e->start_mark.column + 1 };
	if (y->depth >= DEPTH_MAX) {
		rc = place_mark(y, err_set(RC_CONFIG, "YAML-107", "nested deeper than %d", DEPTH_MAX), e->start_mark);
	} else {
		y->depth++;
		if (e->type == YAML_SCALAR_EVENT)
			rc = read_scalar(y, e, to);
		else if (e->type == YAML_SEQUENCE_START_EVENT)
			rc = read_sequence(y, to);
		else
			rc = read_mapping(y, to);
		y->depth--;
	}
	yaml_event_delete(e);
	return rc;
}

/* Skips the events that only frame the document; e is then its first node, or the end of the stream. */
static enum rc find_root(struct reader *y, yaml_event_t *e)
{
	enum rc rc;

	while ((rc = next_event(y, e)) == RC_OK) {
		if (e->type != YAML_STREAM_START_EVENT && e->type != YAML_DOCUMENT_START_EVENT)
			break;
		yaml_event_delete(e);
	}
	return rc;
}

static enum rc expect_end(struct reader *y)
{
	yaml_event_t e;
	enum rc rc;

	while ((rc = next_event(y, &e)) == RC_OK && e.type == YAML_DOCUMENT_END_EVENT)
		yaml_event_delete(&e);
	if (rc != RC_OK)
		return rc;
	if (e.type != YAML_STREAM_END_EVENT)
		rc = place_mark(y, err_set(RC_CONFIG, "YAML-104", "more than one document"), e.start_mark);
	yaml_event_delete(&e);
	return rc;
}

static enum rc read_document(struct reader *y, struct ydoc *root)
{
	yaml_event_t e;
	bool empty;
	enum rc rc = find_root(y, &e);

	if (rc != RC_OK)
		return rc;
	empty = e.type == YAML_STREAM_END_EVENT;
	if (!empty && e.type == YAML_SCALAR_EVENT)
		empty = e.data.scalar.length == 0 && e.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	if (!empty) {
		rc = read_node(y, &e, root);
		return rc == RC_OK ? expect_end(y) : rc;
	}
	*root = (struct ydoc){ .kind = YDOC_MAPPING, .line = 1, .column = 1 };
	if (e.type != YAML_STREAM_END_EVENT)
		rc = expect_end(y);
	yaml_event_delete(&e);
	return rc;
}

enum rc ydoc_read(struct arena *a, const char *file, const char *text, size_t n, struct ydoc **root)
{
	struct reader y = { .arena = a, .file = file, .text = text, .n = n };
	struct ydoc *doc = arena_alloc(a, 1, sizeof *doc);
	enum rc rc;

	if (!yaml_parser_initialize(&y.parser))
		return err_set(RC_NOMEM, "YAML-106", "no memory to read %s", file);
	if (n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) { /* a byte order mark would count as a column */
		y.text += 3;
		y.n -= 3;
	}
	yaml_parser_set_encoding(&y.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&y.parser, (const unsigned char *)y.text, y.n);
	rc = read_document(&y, doc);
	yaml_parser_delete(&y.parser);
	if (rc == RC_OK)
		*root = doc;
	return rc;
}

const char *ydoc_library(void)
{
	return yaml_get_version_string();
}
