/* Arenas: a chain of chunks that is filled from the front and freed as one, and a chain of destructors that
 * lies in those chunks. Not for memory that must be given back early. */
#include "config.h"

#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

#define CHUNK_BYTES ((size_t)16 * 1024)

struct chunk {
	struct chunk *next;
	size_t        used, size;               /* of bytes[] */
	alignas(max_align_t) unsigned char bytes[];
};

struct owned {
	struct owned *older;
	void         *p;
	void        (*destroy)(void *);
};

struct arena {
	struct chunk *chunks; /* the first is the one being filled */
	struct owned *owned;
};

/* n * size rounded up to the strictest alignment; 0 when no block can be so large. Nothing asked for still gets
 * an address. */
static size_t padded(size_t n, size_t size)
{
	const size_t step = alignof(max_align_t);
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes) || bytes > PTRDIFF_MAX - CHUNK_BYTES)
		return 0;
	return bytes > 0 ? (bytes + step - 1) / step * step : step;
}

/* A chunk for at least `bytes`. One that serves a single large request goes behind the one being filled. */
static struct chunk *add_chunk(struct arena *a, size_t bytes)
{
	size_t size = bytes > CHUNK_BYTES / 4 ? bytes : CHUNK_BYTES;
	struct chunk *c = mem_try(1, sizeof *c + size);

	if (!c)
		return NULL;
	c->size = size;
	if (size == bytes && a->chunks) {
		c->next = a->chunks->next;
		a->chunks->next = c;
	} else {
		c->next = a->chunks;
		a->chunks = c;
	}
	return c;
}

struct arena *arena_new(void)
{
	return mem_new(1, sizeof(struct arena));
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	while (a->owned) {
		struct owned *o = a->owned;

		a->owned = o->older;
		o->destroy(o->p);
	}
	while (a->chunks) {
		struct chunk *c = a->chunks;

		a->chunks = c->next;
		free(c);
	}
	free(a);
}

void *arena_try(struct arena *a, size_t n, size_t size)
{
	size_t bytes = padded(n, size);
	struct chunk *c = a->chunks;
	void *p;

	if (bytes == 0)
		return NULL;
	if (!c || c->size - c->used < bytes)
		c = add_chunk(a, bytes);
	if (!c)
		return NULL;
	p = c->bytes + c->used;
	c->used += bytes;
	return p;
}

void *arena_alloc(struct arena *a, size_t n, size_t size)
{
	void *p = arena_try(a, n, size);

	return p ? p : mem_new(SIZE_MAX, SIZE_MAX); /* which says so and aborts */
}

char *arena_span(struct arena *a, const char *s, size_t n)
{
	char *copy = arena_alloc(a, n < SIZE_MAX ? n + 1 : n, 1);

	if (n > 0)
		memcpy(copy, s, n);
	return copy;
}

char *arena_text(struct arena *a, const char *s)
{
	return s ? arena_span(a, s, strlen(s)) : NULL;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	char *text;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = str_format(NULL, 0, fmt, ap);
	va_end(ap);
	text = arena_alloc(a, n < 0 ? 1 : (size_t)n + 1, 1);
	if (n > 0)
		str_format(text, (size_t)n + 1, fmt, again);
	va_end(again);
	return text;
}

void *arena_own(struct arena *a, void *p, void (*destroy)(void *))
{
	struct owned *o;

	if (!p)
		return NULL;
	o = arena_alloc(a, 1, sizeof *o);
	*o = (struct owned){ .older = a->owned, .p = p, .destroy = destroy };
	a->owned = o;
	return p;
}
