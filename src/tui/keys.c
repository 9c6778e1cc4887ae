/* The keys, expanded from keys.def: what a key does where, and the row that hints at them. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/acts_priv.h"
#include "tui/forms_priv.h"

const struct key keys[] = {
#define KEY(pane, key, text, hint, rank) { pane, key, text, hint, rank },
#include "tui/keys.def"
#undef KEY
};
const size_t keys_count = sizeof keys / sizeof keys[0];

const struct key *key_find(const struct pane *p, const char *key)
{
	const struct key *everywhere = NULL;
	for (size_t i = 0; i < keys_count; i++) {
		if (strcmp(keys[i].key, key) != 0)
			continue;
		if (!strcmp(keys[i].pane, p->id))
			return &keys[i];
		if (!*keys[i].pane)
			everywhere = &keys[i];
	}
	return everywhere;
}

static int by_rank(const void *a, const void *b)
{
	const struct key *x = *(const struct key *const *)a, *y = *(const struct key *const *)b;
	return x->rank != y->rank ? (x->rank > y->rank) - (x->rank < y->rank) : (x > y) - (x < y);
}

/* Without a workbench: commands are of use, and acts whose needs the snapshot meets. */
static bool of_use(const struct pane *p, const struct snapshot *s, const struct workbench *w, const char *text)
{
	char        name[64];
	const char *why;
	size_t      n = strcspn(text, " ");
	if (w)
		return workbench_can(w, text, &why);
	snprintf(name, sizeof name, "%.*s", (int)(n < sizeof name ? n : sizeof name - 1), text);
	const struct act *act = act_find(name);
	if (!act)
		return forms_can(s, name, &why);
	return act->needs != NEEDS_CHANGE && act_needed(act, p, s, 0, &why);
}

/* The word in the row of keys; "": none. */
static const char *hint_of(const struct key *k, const struct workbench *w)
{
	char name[64];
	snprintf(name, sizeof name, "%.*s", (int)strcspn(k->text, " "), k->text);
	const struct act *act = act_find(name);
	return act && act->hint ? act->hint(w) : k->hint;
}

const char *const *keys_hints(const struct pane *p, const struct snapshot *s, const struct workbench *w, struct arena *a)
{
	const struct key **found = arena_alloc(a, keys_count, sizeof *found);
	const char       **hint = arena_alloc(a, keys_count + 1, sizeof *hint);
	size_t             n = 0, hints = 0;
	for (size_t i = 0; i < keys_count; i++)
		if (*hint_of(&keys[i], w) && key_find(p, keys[i].key) == &keys[i] && of_use(p, s, w, keys[i].text))
			found[n++] = &keys[i];
	qsort(found, n, sizeof *found, by_rank);
	for (size_t i = 0; i < n; i++) {
		const char *names = found[i]->key, *word = hint_of(found[i], w);
		while (i + 1 < n && !strcmp(hint_of(found[i + 1], w), word))
			names = arena_printf(a, "%s %s", names, found[++i]->key);
		hint[hints++] = arena_printf(a, "%s %s", names, word);
	}
	return hint;
}
