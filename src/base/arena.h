/* Memory, and foreign objects, that end together: one arena per stage, command or redraw. */
#ifndef CLV_BASE_ARENA_H
#define CLV_BASE_ARENA_H

#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void          arena_free(struct arena *a); /* runs the destructors, newest first; NULL allowed */

void *arena_alloc(struct arena *a, size_t n, size_t size); /* zeroed; aborts: for sizes fixed by the program */
void *arena_try(struct arena *a, size_t n, size_t size);   /* zeroed; NULL: for sizes that come from data */
char *arena_text(struct arena *a, const char *s);          /* copy; NULL gives NULL */
char *arena_span(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Hand over a foreign object with its destructor. Returns p. */
void *arena_own(struct arena *a, void *p, void (*destroy)(void *));

#endif
