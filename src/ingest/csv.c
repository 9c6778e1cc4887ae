/* libcsv's only user. Not here: where records end and whether their quotes are sound (split.c). */
#include "config.h"

#include "ingest/csv.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { CHUNK = 65536 };

struct chunk { struct chunk *next; size_t cap; char text[]; };

struct csv {
	struct csv_parser parser;
	struct chunk     *chunk;  /* the fields' bytes: the first is being filled */
	size_t            n;
	struct span      *field;  /* of the call at work */
	size_t            fields;
	uint32_t          count;
};

struct csv *csv_new(char delimiter)
{
	struct csv *c = mem_new(1, sizeof *c);

	csv_init(&c->parser, 0);
	csv_set_delim(&c->parser, (unsigned char)delimiter);
	return c;
}

void csv_quote(struct csv *c, char quote)
{
	csv_set_quote(&c->parser, (unsigned char)quote);
}

static void free_chunks(struct chunk *k)
{
	for (struct chunk *next; k != NULL; k = next) {
		next = k->next;
		free(k);
	}
}

void csv_free_door(struct csv *c)
{
	if (c == NULL)
		return;
	csv_free(&c->parser);
	free_chunks(c->chunk);
	free(c);
}

static void on_field(void *p, size_t n, void *user)
{
	struct csv *c = user;

	if (c->count < c->fields) {
		memcpy(c->chunk->text + c->n, p, n);
		c->field[c->count] = (struct span){ c->chunk->text + c->n, (uint32_t)n };
		c->n += n;
	}
	c->count++;
}

/* All fields together are never longer than their record. */
static bool make_room(struct csv *c, size_t n)
{
	size_t cap = n < CHUNK ? CHUNK : n;
	struct chunk *k;

	if (c->chunk != NULL && c->n + n <= c->chunk->cap)
		return true;
	k = mem_try(1, sizeof *k + cap);
	if (k == NULL)
		return false;
	k->next = c->chunk;
	k->cap = cap;
	c->chunk = k;
	c->n = 0;
	return true;
}

void csv_forget(struct csv *c)
{
	if (c->chunk != NULL) {
		free_chunks(c->chunk->next);
		c->chunk->next = NULL;
	}
	c->n = 0;
}

bool csv_fields(struct csv *c, const char *p, size_t n, struct span *field, size_t cap, uint32_t *count)
{
	if (!make_room(c, n))
		return false;
	c->count = 0;
	c->field = field;
	c->fields = cap;
	if (csv_parse(&c->parser, p, n, on_field, NULL, c) != n || csv_fini(&c->parser, on_field, NULL, c) != 0)
		return false;
	*count = c->count;
	return true;
}

#define TEXT_OF(x) #x
#define VERSION_OF(a, b, c) TEXT_OF(a) "." TEXT_OF(b) "." TEXT_OF(c)

const char *csv_door_library(void)
{
	return VERSION_OF(CSV_MAJOR, CSV_MINOR, CSV_RELEASE);
}
