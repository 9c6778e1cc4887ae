/* Settings: tables of key, type, range, default, help; clv.yaml; overrides; where each value came from. */
#ifndef CLV_MODULE_SETTING_H
#define CLV_MODULE_SETTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"
#include "base/rc.h"

enum setting_type { SETTING_INT, SETTING_REAL, SETTING_BOOL, SETTING_TEXT, SETTING_CHOICE, SETTING_DAY, SETTING_LIST };

struct setting {
	const char       *key;      /* dotted: "cluster.k"; in YAML nested mappings or the dotted key itself */
	enum setting_type type;
	const char       *standard; /* default, as text; "" for none. LIST: entries separated by '\n' */
	double            min, max; /* INT and REAL; both inclusive */
	const char *const *choices; /* CHOICE: NULL at the end */
	const char       *unit;     /* "days", "" */
	const char       *help;     /* one sentence */
};

struct settings;

/* All settings known to the program: the common table (module/setting.c) and those of the rooms. tables ends with NULL. */
struct settings *settings_new(const struct setting *const *tables);
struct settings *settings_copy(const struct settings *s); /* a job works on its own frozen copy */
void             settings_free(struct settings *s);

/* Read a YAML file over the defaults. Unknown keys and values out of range are RC_CONFIG with file:line:column and the nearest name. */
enum rc settings_read(struct settings *s, const char *path);
/* "key=value" from --set, or an option that is a setting. origin is what `config print` shows, "--seed". RC_USAGE. */
enum rc settings_override(struct settings *s, const char *key, const char *value, const char *origin);

int64_t     settings_int(const struct settings *s, const char *key);   /* asserts that the key is known and of that type */
double      settings_real(const struct settings *s, const char *key);
bool        settings_bool(const struct settings *s, const char *key);
const char *settings_text(const struct settings *s, const char *key);  /* TEXT, CHOICE; "" when unset */
int32_t     settings_day(const struct settings *s, const char *key);   /* DAY_NONE when unset */
size_t      settings_list(const struct settings *s, const char *key, const char *const **items);

/* Listing, in table order: description, effective value as text, origin ("default", "clv.yaml:12", "--set"). */
size_t                settings_count(const struct settings *s);
const struct setting *settings_at(const struct settings *s, size_t i, const char **value, const char **origin);
/* {key: value} of the named keys (NULL-ended), or of all: for the ledger and fingerprints. */
struct js *settings_json(const struct settings *s, const char *const *keys);

#endif
