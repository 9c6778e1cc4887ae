/* What a stage may ask of its run: progress and cancel, its sources, its declared settings, its random streams.
 * Holds no state of its own and writes no table. */
#include "config.h"

#include "module/run.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool listed(const char *const *list, const char *word)
{
	while (list && *list && strcmp(*list, word) != 0)
		list++;
	return list && *list;
}

/* A stage that reads a setting it did not declare would stay fresh when that setting changes. */
static void check_declared(const struct run *run, const char *key)
{
	assert((!run->stage || listed(run->stage->settings, key)) && "the stage declares the setting");
	(void)run;
	(void)key;
}

enum rc run_tick(struct run *run, const char *unit, int64_t done, int64_t total)
{
	if (run->cancel && atomic_load(run->cancel))
		return err_set(RC_CANCELLED, "RUN-101", "cancelled");
	if (run->on_progress) {
		struct run_progress p = {
			.stage = run->stage ? run->stage->name : "", .unit = unit, .done = done, .total = total,
		};
		run->on_progress(run->user, &p);
	}
	return RC_OK;
}

int64_t run_made_of(const struct run *run, const char *table)
{
	assert((!run->stage || listed(run->stage->reads, table) || listed(run->stage->writes, table)) &&
	       "the stage declares the table");
	for (size_t i = 0; i < run->sources; i++)
		if (!strcmp(run->source[i].table, table))
			return run->source[i].made;
	return 0;
}

int64_t run_int(const struct run *run, const char *key)
{
	check_declared(run, key);
	return settings_int(run->settings, key);
}

double run_real(const struct run *run, const char *key)
{
	check_declared(run, key);
	return settings_real(run->settings, key);
}

bool run_bool(const struct run *run, const char *key)
{
	check_declared(run, key);
	return settings_bool(run->settings, key);
}

const char *run_text(const struct run *run, const char *key)
{
	check_declared(run, key);
	return settings_text(run->settings, key);
}

void run_stream(const struct run *run, const char *name, struct rng *out)
{
	rng_init(out, run->seed, name);
}

void run_note(struct run *run, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(run->note, sizeof(run->note), fmt, ap);
	va_end(ap);
}

void run_hold(struct run *run, int64_t made, const char *fingerprint)
{
	assert(made > 0 && strlen(fingerprint) < sizeof(run->output_fingerprint));
	run->output_made = made;
	snprintf(run->output_fingerprint, sizeof(run->output_fingerprint), "%s", fingerprint);
}
