/* A map from text to a number. Keys are copied. Not for the import's inner loop. */
#ifndef CLV_BASE_MAP_H
#define CLV_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map;

struct map *map_new(void);
void        map_free(struct map *m);
bool        map_get(const struct map *m, const char *key, size_t n, int64_t *value); /* false: not there; value may be NULL */
void        map_set(struct map *m, const char *key, size_t n, int64_t value);
size_t      map_count(const struct map *m);

#endif
