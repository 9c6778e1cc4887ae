/* From a command to its form. Knows which commands have one; the forms stand in files of their own. */
#include "config.h"

#include "tui/forms_priv.h"

#include <stdint.h>
#include <string.h>

#include "tui/acts_priv.h"
#include "tui/approval_priv.h"

static const struct { const char *name; enum decision decision; } decisions[] = {
	{ "approve", DECISION_APPROVE }, { "decline", DECISION_DECLINE }, { "defer", DECISION_DEFER },
};

enum { DECISIONS = sizeof decisions / sizeof decisions[0] };

static size_t decision_of(const char *name)
{
	size_t i = 0;
	while (i < DECISIONS && strcmp(decisions[i].name, name) != 0)
		i++;
	return i;
}

bool forms_has(const char *name)
{
	return decision_of(name) < DECISIONS || !strcmp(name, "import");
}

static bool has_option(size_t argc, const char *const *argv)
{
	for (size_t i = 1; i < argc; i++)
		if (!strncmp(argv[i], "--", 2))
			return true;
	return false;
}

bool forms_take(struct workbench *w, size_t argc, const char *const *argv)
{
	size_t                d = decision_of(argv[0]);
	const struct act     *act = act_find(argv[0]);
	const struct command *c = act ? NULL : command_find(argv[0]);
	const char           *why;
	if (d < DECISIONS && !has_option(argc, argv)) {
		if (workbench_can(w, argv[0], &why))
			approval_open(w, decisions[d].decision, argc > 1 ? argv[1] : NULL);
		else
			workbench_say(w, MOOD_PLAIN, "%s: %s", argv[0], why);
		return true;
	}
	if (!strcmp(argv[0], "import") && argc == 1) {
		if (workbench_can(w, argv[0], &why))
			import_open(w, 0, NULL);
		else
			workbench_say(w, MOOD_PLAIN, "import: %s", why);
		return true;
	}
	if (!strcmp(argv[0], "demo") && !forms_can(workbench_snapshot(w), argv[0], &why)) {
		workbench_say(w, MOOD_PLAIN, "demo: %s", why);
		return true;
	}
	if (argc == 1 && ((act && act->min_args) || (c && c->min_args))) {
		palette_open(w, argv[0]);
		return true;
	}
	return false;
}

bool forms_can(const struct snapshot *s, const char *name, const char **why)
{
	if (!strcmp(name, "demo") && !s->empty) {
		*why = "this store has data of its own; the demo belongs into a new one";
		return false;
	}
	if (decision_of(name) == DECISIONS || !snapshot_frame(s, "reviews"))
		return true;
	if (snapshot_row(s, "reviews", "state", "open") != SIZE_MAX || snapshot_row(s, "reviews", "state", "deferred") != SIZE_MAX)
		return true;
	*why = "no review waits for a decision";
	return false;
}
