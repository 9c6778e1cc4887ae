/* Checked allocation. A size of nothing is rounded up to one byte, so that NULL always means failure. */
#include "config.h"

#include "base/mem.h"

#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void exhausted(void)
{
	fputs("clv: out of memory\n", stderr);
	abort();
}

/* n * size, at least 1; 0 when no object can be so large. */
static size_t bytes_of(size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes) || bytes > PTRDIFF_MAX)
		return 0;
	return bytes > 0 ? bytes : 1;
}

void *mem_try(size_t n, size_t size)
{
	size_t bytes = bytes_of(n, size);

	return bytes > 0 ? calloc(1, bytes) : NULL;
}

void *mem_new(size_t n, size_t size)
{
	void *p = mem_try(n, size);

	if (!p)
		exhausted();
	return p;
}

void *mem_try_grow(void *p, size_t n, size_t size)
{
	size_t bytes = bytes_of(n, size);

	return bytes > 0 ? realloc(p, bytes) : NULL;
}

void *mem_grow(void *p, size_t n, size_t size)
{
	void *q = mem_try_grow(p, n, size);

	if (!q)
		exhausted();
	return q;
}

char *mem_copy_span(const char *s, size_t n)
{
	char *copy = mem_new(n < SIZE_MAX ? n + 1 : n, 1);

	if (n > 0)
		memcpy(copy, s, n);
	return copy;
}

char *mem_copy_text(const char *s)
{
	return s ? mem_copy_span(s, strlen(s)) : NULL;
}

void mem_trim(void)
{
#ifdef __GLIBC__
	malloc_trim(0);
#endif
}
