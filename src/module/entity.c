/* The list of entities with their columns. Not here: what is stored of each (ingest). Owns no table. */
#include "config.h"

#include "module/entity.h"

#include <string.h>

#include "base/str.h"

static const struct { const char *name, *columns, *about; } entities[] = {
#define ENTITY(name_, columns_, about_) { name_, columns_, about_ },
#include "module/entity.def"
#undef ENTITY
};

enum { ENTITIES = sizeof entities / sizeof *entities };

const char *const *entity_columns(struct arena *a, const char *entity, const char **about)
{
	for (size_t i = 0; i < ENTITIES; i++) {
		if (strcmp(entities[i].name, entity) != 0)
			continue;
		const char **list = arena_alloc(a, ENTITY_COLUMNS + 1, sizeof *list);
		char  *text = arena_text(a, entities[i].columns), *save = NULL;
		size_t n = 0;

		for (char *p = strtok_r(text, " ", &save); p != NULL && n < ENTITY_COLUMNS; p = strtok_r(NULL, " ", &save))
			list[n++] = p;
		if (about != NULL)
			*about = entities[i].about;
		return list;
	}
	return NULL;
}

const char *entity_nearest(const char *word)
{
	const char *names[ENTITIES];

	for (size_t i = 0; i < ENTITIES; i++)
		names[i] = entities[i].name;
	return str_nearest(word, names, ENTITIES);
}
