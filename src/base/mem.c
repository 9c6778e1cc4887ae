/* Checked allocation. A size of nothing is rounded up to one byte, so that NULL always means failure. */
#include "config.h"

#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void exhausted(void)
{
	fputs("clv: out of memory\n", stderr);
	abort();
}

void *mem_try(size_t n, size_t size)
{
	return n && size ? calloc(n, size) : calloc(1, 1);
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
	if (size && n > SIZE_MAX / size)
		return NULL;
	return realloc(p, n && size ? n * size : 1);
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
	char *copy;

	if (n == SIZE_MAX)
		exhausted();
	copy = mem_new(n + 1, 1);
	if (n)
		memcpy(copy, s, n);
	return copy;
}

char *mem_copy_text(const char *s)
{
	return s ? mem_copy_span(s, strlen(s)) : NULL;
}
