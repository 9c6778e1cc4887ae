/* A set of 64-bit keys, each with a 64-bit value: rows already seen, orders and their customers. 16 bytes a slot, at most four fifths full.
 * Two texts share a key by chance once in about 4e5 imports of ten million rows. */
#ifndef CLV_INGEST_KEYSET_H
#define CLV_INGEST_KEYSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"

struct keyset;

enum keyset_found { KEYSET_NEW, KEYSET_SAME, KEYSET_OTHER }; /* not there; there with that value; there with another */

struct keyset *keyset_new(void);
void         keyset_free(struct keyset *k); /* NULL allowed */
size_t       keyset_count(const struct keyset *k);

/* Enter key and value unless the key is there; then *value becomes the one that it has. RC_NOMEM. */
enum rc keyset_put(struct keyset *k, uint64_t key, uint64_t *value, enum keyset_found *found);
/* The value of a key; false: it is not there. */
bool    keyset_get(const struct keyset *k, uint64_t key, uint64_t *value);
/* Give a key that is there another value. */
void    keyset_set(struct keyset *k, uint64_t key, uint64_t value);

/* A hash of n bytes; chains of calls hash lists: h is the hash so far, 0 at the start. The same on every machine of one byte order. */
uint64_t keyset_hash(uint64_t h, const char *p, size_t n);

#endif
