/* Entities: what a table of a mapping, or a contract, can be of. The list is entity.def. */
#ifndef CLV_MODULE_ENTITY_H
#define CLV_MODULE_ENTITY_H

#include <stddef.h>

#include "base/arena.h"

enum { ENTITY_COLUMNS = 64 }; /* at most */

/* Columns of an entity, a NULL-ended list in the arena; NULL: there is no such entity. about may be NULL. */
const char *const *entity_columns(struct arena *a, const char *entity, const char **about);
/* The name that is nearest to a word; NULL: none is near. */
const char        *entity_nearest(const char *word);

#endif
