/* Which commands have a form of their own, and what opens for a command that lacks arguments. */
#ifndef CLV_TUI_FORMS_PRIV_H
#define CLV_TUI_FORMS_PRIV_H

#include "tui/workbench_priv.h"

/* Open the form of a command, or ask for what it lacks. false: it has all it needs and is to be run. */
bool forms_take(struct workbench *w, size_t argc, const char *const *argv);
/* Has this command a form, so that nothing is asked before it? */
bool forms_has(const char *name);
/* What stands against the form of a command, from what the pane shows; true when nothing does, or nothing is known. */
bool forms_can(const struct snapshot *s, const char *name, const char **why);

/* The palette. text: the command it is to ask the arguments of; NULL: choose one. */
void palette_open(struct workbench *w, const char *text);

/* The block of a failure with its ways on. */
void ways_open(struct workbench *w, const struct err *e);

/* The import: choose a file, or begin with these; see what it says; import. */
void import_open(struct workbench *w, size_t files, const char *const *file);

#endif
