/* Four fake stages over real tables: load (the source), count -> value -> order. What they do is steered by one struct. */
#ifndef CLV_TESTS_FAKE_H
#define CLV_TESTS_FAKE_H

#include "pipeline/runner_priv.h"

enum fake_stage { LOAD, COUNT, VALUE, ORDER, FAKES };

struct fake {
	int  calls[FAKES];
	int  fail_in;        /* stage that fails after writing; -1: none */
	enum rc fail_with;
	int  cancel_in;      /* stage in which the user presses cancel; -1: none */
	int  hold_in;        /* stage that keeps execution hold_made; -1: none */
	int64_t hold_made;
	int  champion_in;    /* stage that makes fitted set 1 champion when there is none; -1: none */
	int  stop_gate;      /* the gate of score_customer says no */
	int  gates;          /* how often it was asked */
	int  state;          /* of the source */
	int  brings;         /* load adds this to the state; 0: nothing new in the files */
	int  rows;           /* a stage writes */
	atomic_bool cancel;
};

extern struct fake fake; /* one per process: the runner's source and gates have no user pointer */

void fake_reset(void);
/* version: of the stage value. */
const struct runner_parts *fake_parts(void);
const struct runner_parts *fake_parts_newer(void);

/* One run with fake.cancel; the caller frees the result. */
enum rc fake_run(struct store *s, const struct settings *settings, const struct runner_ask *ask, struct js **result);

#endif
