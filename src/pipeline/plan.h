/* What a stage is made from, as a recipe, and why two recipes differ. Pure: no store. */
#ifndef CLV_PIPELINE_PLAN_H
#define CLV_PIPELINE_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/digest.h"
#include "module/module.h"

/* Something that a stage reads: an earlier stage, or a table that people write ("champion"), with the state it is in. */
struct plan_input { const char *name, *fingerprint; };

/* The recipe: canonical JSON of name, version, declared settings, as-of, seed and inputs. Threads, time, program and place never
 * enter. The same recipe gives the same rows. Its SHA-256 is the stage's fingerprint. */
const char *plan_recipe(struct arena *a, const struct stage *st, const struct settings *settings, day_t as_of, uint64_t seed,
			const struct plan_input *input, size_t inputs, char fingerprint[DIGEST_HEX]);

/* Why a stage that ran by recipe `before` has to run again by `after`, in words: "setting horizon_days changed 365 -> 180; features
 * changed". "" when they are equal. before NULL: "never ran". */
const char *plan_reason(struct arena *a, const char *before, const char *after);

/* Do two recipes read the same states of the same inputs? */
bool plan_same_inputs(const char *before, const char *after);

#endif
