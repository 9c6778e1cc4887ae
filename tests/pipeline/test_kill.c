/* A run killed at any moment: the store is sound, what was live is whole, the next run completes without help. */
#include "config.h"

#include <signal.h>
#include <sys/wait.h>

#include "../kit/scratch.h"
#include "base/rng.h"
#include "fake.h"

enum { ROUNDS = 50 };

/* Runs until it is killed, each time on a new state of the source. */
static void run_for_ever(const struct scratch *place, int round)
{
	struct settings *settings = settings_new(NULL);
	struct store_lock *lock;
	struct store *s;
	fake.rows = 300;
	fake.state = round * 100000;
	if (settings_override(settings, "as_of", "2020-01-31", "x") || store_lock(place->store, "child", &lock) ||
	    store_open(place->store, STORE_WRITE, &s))
		_exit(1);
	for (;;) {
		struct js *result;
		fake.state++;
		if (fake_run(s, settings, NULL, &result))
			_exit(2);
		js_free(result);
	}
}

static void kill_one(const struct scratch *place, int round, struct rng *g)
{
	int status;
	pid_t child = fork();
	cr_assert_geq(child, 0);
	if (child == 0)
		run_for_ever(place, round);
	usleep((useconds_t)rng_below(g, 60000));
	cr_assert_eq(kill(child, SIGKILL), 0);
	cr_assert_eq(waitpid(child, &status, 0), child);
	cr_assert(WIFSIGNALED(status), "the child ended by itself: %d", WEXITSTATUS(status));
}

/* Each stage's rows belong to an execution that ended well, and the live run has all of them. */
static void check_whole(const struct scratch *place)
{
	cr_assert_eq(scratch_int(place, "SELECT count(*) FROM (SELECT DISTINCT made FROM feat_customer UNION SELECT DISTINCT made FROM "
				 "score_customer UNION SELECT DISTINCT made FROM score_rank) WHERE made NOT IN (SELECT exec_id FROM run_stage "
				 "WHERE status IN ('done', 'held'))"), 0);
	cr_assert_eq(scratch_int(place, "SELECT count(*) FROM run_stage WHERE status = 'running'"), 0);
	if (scratch_int(place, "SELECT count(*) FROM run_live") == 0)
		return;
	cr_assert_eq(scratch_int(place, "SELECT count(*) FROM run_live_made"), 3);
	cr_assert_eq(scratch_int(place, "SELECT count(*) FROM score_rank WHERE made = (SELECT made FROM run_live_made WHERE stage = 'order')"), 300);
	cr_assert_eq(scratch_int(place, "SELECT count(*) FROM audit_entry WHERE kind = 'run'"),
		     scratch_int(place, "SELECT count(*) FROM run_run WHERE status = 'done'"));
}

static void next_run(const struct scratch *place)
{
	struct settings *settings = settings_new(NULL);
	struct store_lock *lock;
	struct store *s;
	struct js *result;
	struct audit_result audit;
	cr_assert_eq(settings_override(settings, "as_of", "2020-01-31", "x"), RC_OK);
	cr_assert_eq(store_lock(place->store, "parent", &lock), RC_OK);
	cr_assert_eq(store_open(place->store, STORE_WRITE, &s), RC_OK, "%s", err_get()->why);
	cr_assert_eq(store_check(s, false), RC_OK, "%s", err_get()->why);
	check_whole(place);
	fake.state = -1;
	fake.rows = 300;
	cr_assert_eq(fake_run(s, settings, NULL, &result), RC_OK, "%s", err_get()->why);
	js_free(result);
	cr_assert_eq(scratch_int(place, "SELECT count(*) FROM run_run WHERE status = 'running'"), 0);
	cr_assert_eq(audit_verify(s, NULL, &audit), RC_OK, "%s", err_get()->why);
	check_whole(place);
	store_close(s);
	store_unlock(lock);
	settings_free(settings);
}

Test(kill, fifty_rounds)
{
	struct scratch place = scratch_new();
	struct store *s;
	struct rng g;
	rng_init(&g, 1, "kill");
	fake_reset();
	cr_assert_eq(store_open(place.store, STORE_CREATE, &s), RC_OK);
	store_close(s);
	for (int round = 1; round <= ROUNDS; round++) {
		kill_one(&place, round, &g);
		next_run(&place);
	}
	cr_assert_gt(scratch_int(&place, "SELECT count(*) FROM run_run WHERE status = 'interrupted'"), 0);
	scratch_free(&place);
}
