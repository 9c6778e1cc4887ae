/* The door to libcsv: the fields of one whole record. libcsv never fails, counts no lines and swallows a file behind an unclosed
 * quote; so it gets records whose quotes are known to be sound (split.c). */
#ifndef CLV_INGEST_CSV_H
#define CLV_INGEST_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct csv;
struct span { const char *p; uint32_t n; };

/* Without the blanks and tabs around it. */
static inline struct span span_trim(struct span f)
{
	while (f.n > 0 && (f.p[f.n - 1] == ' ' || f.p[f.n - 1] == '\t'))
		f.n--;
	while (f.n > 0 && (*f.p == ' ' || *f.p == '\t')) {
		f.p++;
		f.n--;
	}
	return f;
}

struct csv *csv_new(char delimiter);
void        csv_quote(struct csv *c, char quote); /* '"' at the start */
void        csv_free_door(struct csv *c); /* NULL allowed; csv_free is libcsv's own */

/* Fields of p[0..n), which is one record without its line end. At most `cap` are kept, *count tells them all; blanks around
 * unquoted fields are gone. The spans live until csv_forget. false: no memory. */
bool csv_fields(struct csv *c, const char *p, size_t n, struct span *field, size_t cap, uint32_t *count);
/* End the life of all spans so far. */
void csv_forget(struct csv *c);

const char *csv_door_library(void); /* version of libcsv, for --version */

#endif
