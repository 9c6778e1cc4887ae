/* Help from the lists: the shared options, the commands, one command; the version with its libraries. */
#ifndef CLV_APP_HELP_H
#define CLV_APP_HELP_H

#include "app/command.h"

/* Options that stand before or after any command; ends with name NULL. */
extern const struct option help_options[];

const char *help_general(struct arena *a);
const char *help_version(struct arena *a);
enum rc     help_command(struct arena *a, const char *name, const char **text);
/* The list sections of clv(1) in roff: shared options, commands with their options. */
const char *help_roff(struct arena *a);
/* The list section of clv.yaml(5) in roff, and the example settings file. */
const char *help_settings_roff(struct arena *a, const struct settings *s);

#endif
