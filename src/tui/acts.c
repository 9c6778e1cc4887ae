/* The list of acts, expanded from acts.def, and those that belong to no list and no overlay. */
#include "config.h"

#include "tui/acts_priv.h"

#include <string.h>

#include "tui/engine_priv.h"
#include "tui/forms_priv.h"

#define ACT(name) extern const struct act act_##name;
#include "tui/acts.def"
#undef ACT

const struct act *const acts[] = {
#define ACT(name) &act_##name,
#include "tui/acts.def"
#undef ACT
};
const size_t acts_count = sizeof acts / sizeof acts[0];

const struct act *act_find(const char *name)
{
	for (size_t i = 0; i < acts_count; i++)
		if (!strcmp(acts[i]->name, name))
			return acts[i];
	return NULL;
}

/* --- one text for keys, palette and scripts ----------------------------------------------------------------------------------- */

bool act_needed(const struct act *act, const struct pane *p, const struct snapshot *s, size_t focus, const char **why)
{
	bool                    data = p->welcome ? !s->empty : snapshot_total(s, p->main) > 0;
	const struct pane_part *t = &p->part[focus];
	bool                    rows = data && t->report && s->rows[focus].frame && s->rows[focus].total > 0;
	switch (act->needs) {
	case NEEDS_PARTS:
		*why = data ? "this pane has one part" : "there is nothing here yet";
		return data && p->parts > 1;
	case NEEDS_TABLE:
		*why = data ? "this part is no table" : "there is nothing here yet";
		return data && t->report;
	case NEEDS_REPORT:
		*why = !data ? "there is nothing here yet" : t->query ? "the query says which rows there are" : "this part is no table";
		return data && t->report && !t->query;
	case NEEDS_ROWS:
		*why = "there are no rows here";
		return rows;
	case NEEDS_ENTER:
		*why = rows ? "nothing lies behind a row of this table" : "there are no rows here";
		return rows && t->enter;
	default:
		return true;
	}
}

static bool act_can(const struct workbench *w, const struct act *act, const char **why)
{
	return act_needed(act, w->pane, workbench_snapshot(w), pane_state_of((struct workbench *)w)->focus, why) && (!act->can || act->can(w, why));
}

static void do_act(struct workbench *w, const struct act *act, size_t argc, const char *const *argv)
{
	const char *why = NULL;
	if (argc < act->min_args)
		workbench_say(w, MOOD_BAD, "%s needs %s", act->name, act->args);
	else if (argc > act->max_args)
		workbench_say(w, MOOD_BAD, "%s does not take '%s'", act->name, argv[act->max_args]);
	else if (!act_can(w, act, &why))
		workbench_say(w, MOOD_PLAIN, "%s: %s", act->name, why);
	else
		act->run(w, argc, argv);
}

void workbench_do(struct workbench *w, const char *text)
{
	struct arena *a = arena_new();
	const char  **word;
	size_t        n = 0;
	enum rc       rc = command_split(a, text, strlen(text), &word, &n);
	if (rc)
		workbench_failed(w, err_get());
	const struct act *act = !rc && n ? act_find(word[0]) : NULL;
	bool              taken = !rc && n && forms_take(w, n, (const char *const *)word);
	if (!taken && act)
		do_act(w, act, n - 1, (const char *const *)word + 1);
	else if (!taken && !rc && n)
		workbench_run(w, n, (const char *const *)word, NULL, NULL);
	arena_free(a);
}

/* What stands against a command of the program, as far as its name tells. */
static bool command_can(const struct workbench *w, const struct command *c, const char **why)
{
	bool writes = (c->flags & (COMMAND_WRITES | COMMAND_DECIDES)) != 0;
	if (writes && workbench_readonly(w, why))
		return false;
	*why = writes && workbench_job(w) ? "a job is at work" : NULL;
	return !*why && forms_can(workbench_snapshot(w), c->name, why);
}

bool workbench_can(const struct workbench *w, const char *text, const char **why)
{
	char   name[64];
	size_t n = strcspn(text, " ");
	*why = NULL;
	if (n >= sizeof name)
		return false;
	memcpy(name, text, n);
	name[n] = '\0';
	const struct act     *act = act_find(name);
	const struct command *c = act ? NULL : command_find(name);
	if (act)
		return act_can(w, act, why);
	if (c)
		return command_can(w, c, why);
	*why = "there is no such command";
	return false;
}

/* --- the acts ----------------------------------------------------------------------------------------------------------------- */

static void run_pane(struct workbench *w, size_t argc, const char *const *argv)
{
	const struct pane *p = pane_find(argv[0]);
	(void)argc;
	if (!p) {
		workbench_say(w, MOOD_BAD, "there is no pane '%s'", argv[0]);
		return;
	}
	if (p != w->pane)
		query_leave(w);
	w->pane = p;
	pane_read(w);
	pane_follow(w);
}

const struct act act_pane = { .name = "pane", .args = "NAME", .about = "go to a pane: home, data, fit, customers, clusters, drift, runs, sql",
	                      .min_args = 1, .max_args = 1, .run = run_pane };

/* Asked only while a job runs: it ends with the program, and what it wrote is rolled back. */
static void leave(struct workbench *w)
{
	static const struct choice choice[] = {
		{ "w", "wait until it is done, then leave", "leave done" },
		{ "c", "cancel it and leave; nothing of it is kept", "leave now" },
		{ "Esc", "stay", "" },
	};
	struct str t = {0};
	if (!w->task) {
		w->left = true;
		return;
	}
	str_addf(&t, "'%s' is at work.\n", w->job.line);
	choice_open(w, "Leave clv?", t.s, choice, sizeof choice / sizeof choice[0]);
	str_clear(&t);
}

static void run_leave(struct workbench *w, size_t argc, const char *const *argv)
{
	if (!argc || !w->task) {
		leave(w);
		return;
	}
	w->leaving = true;
	if (!strcmp(argv[0], "now")) {
		w->job.cancelling = true;
		worker_cancel(w->worker);
	}
	workbench_say(w, MOOD_PLAIN, "leaving as soon as '%s' has ended", w->job.line);
}

const struct act act_leave = { .name = "leave", .args = "[now|done]", .about = "leave clv; asks when a job is at work", .max_args = 1, .run = run_leave };

static void run_back(struct workbench *w, size_t argc, const char *const *argv)
{
	struct pane_state *st = pane_state_of(w);
	(void)argc;
	(void)argv;
	if (st->zoomed)
		list_unzoom(st);
	else
		leave(w);
}

static const char *hint_back(const struct workbench *w)
{
	return w && pane_state_of((struct workbench *)w)->zoomed ? "back" : "quit";
}

const struct act act_back = { .name = "back", .args = "", .about = "one level back; at the top, leave", .hint = hint_back, .run = run_back };

/* What Esc does where no overlay takes it: nothing is left by it but a part that is alone. */
static void run_unzoom(struct workbench *w, size_t argc, const char *const *argv)
{
	(void)argc;
	(void)argv;
	list_unzoom(pane_state_of(w));
}

const struct act act_unzoom = { .name = "unzoom", .args = "", .about = "all parts of the pane again", .run = run_unzoom };

static bool can_cancel(const struct workbench *w, const char **why)
{
	*why = "no job is at work, and nothing is being read";
	return w->task || query_running(w) || w->taking || reader_at_work(w->reader);
}

static void run_cancel(struct workbench *w, size_t argc, const char *const *argv)
{
	(void)argc;
	(void)argv;
	if (w->task)
		job_cancel(w);
	else if (!query_stop(w) && !taking_stop(w))
		reader_cancel(w->reader);
}

const struct act act_cancel = { .name = "cancel", .args = "", .about = "cancel the job at work, of which nothing is kept, or what is being read", .needs = NEEDS_CHANGE, .can = can_cancel, .run = run_cancel };

static void run_refresh(struct workbench *w, size_t argc, const char *const *argv)
{
	(void)argc;
	(void)argv;
	pane_stale_all(w);
	workbench_refresh(w);
}

const struct act act_refresh = { .name = "refresh", .args = "", .about = "read the pane anew", .run = run_refresh };

static void run_pause(struct workbench *w, size_t argc, const char *const *argv)
{
	(void)argc;
	(void)argv;
	w->paused = !w->paused;
	if (!w->paused)
		pane_read(w);
	workbench_say(w, MOOD_PLAIN, w->paused ? "paused: panes stay as they are when a job ends" : "going on");
}

const struct act act_pause = { .name = "pause", .args = "", .about = "keep panes as they are when a job ends; again: go on", .run = run_pause };
