/* Checked allocation. Sizes fixed by the program abort on exhaustion (mem_new, mem_grow);
 * sizes that come from data return NULL (mem_try) and the caller answers RC_NOMEM. */
#ifndef CLV_BASE_MEM_H
#define CLV_BASE_MEM_H

#include <stddef.h>

void *mem_new(size_t n, size_t size);              /* zeroed; aborts */
void *mem_grow(void *p, size_t n, size_t size);    /* realloc; aborts */
void *mem_try(size_t n, size_t size);              /* zeroed; NULL when it cannot be had or n*size overflows */
void *mem_try_grow(void *p, size_t n, size_t size); /* realloc; NULL leaves p as it was */
char *mem_copy_text(const char *s);                /* NULL gives NULL; aborts */
char *mem_copy_span(const char *s, size_t n);      /* n bytes and a NUL; aborts */

/* Give freed memory back to the system, where the C library can: it keeps much of what large arrays leave. */
void  mem_trim(void);

#endif
