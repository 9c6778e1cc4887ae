/* Commands of the program, run for the screen: writing ones in the worker, reading ones in the reader; their progress and their end. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/help.h"
#include "base/day.h"
#include "base/file.h"
#include "base/mem.h"
#include "pipeline/runner.h"
#include "tui/engine_priv.h"

#define SHORT_LINE   32 /* bytes of a line that a sentence can begin with */
#define MUCH_SECONDS 30 /* of work lost by a cancel are worth a question */

struct task {
	struct arena    *arena;
	struct settings *settings;
	struct call      call;
	struct answer    answer;
	size_t           entry; /* of the log */
	double           since;
	void           (*done)(void *user, struct workbench *w, const struct err *error, const struct answer *answer);
	void            *user;
};

static void task_free(struct task *t)
{
	js_free(t->answer.json);
	str_clear(&t->answer.text);
	settings_free(t->settings);
	arena_free(t->arena);
	free(t);
}

/* --- how it ends -------------------------------------------------------------------------------------------------------------- */

static void say_outcome(struct workbench *w, const struct task *t, const struct err *error, double seconds)
{
	struct str  text = {0};
	bool        writes = t->call.command && call_flags(&t->call) & COMMAND_WRITES;
	const char *what = t->call.command && strlen(t->call.line) > SHORT_LINE ? t->call.command->name : t->call.line;
	if (error && error->rc == RC_CANCELLED) {
		workbench_say(w, MOOD_PLAIN, "%s: cancelled%s", what, writes ? ", nothing of it was kept" : "");
	} else if (error) {
		workbench_failed(w, error);
	} else if (!writes && t->answer.text.n) {
		text_open(w, t->call.line, t->answer.text.s);
	} else {
		str_addf(&text, "%s: done", what);
		if (seconds >= 0.1)
			str_addf(&text, " in %.1f s", seconds);
		workbench_say(w, MOOD_GOOD, "%s", text.s);
	}
	str_clear(&text);
}

static void task_end(struct workbench *w, struct task *t, const struct err *error)
{
	double seconds = clock_seconds() - t->since;
	told_end(w, t->entry, error ? error->rc : RC_OK, seconds);
	if (t->done)
		t->done(t->user, w, error, &t->answer);
	else
		say_outcome(w, t, error, seconds);
}

static void task_refused(struct workbench *w, struct task *t)
{
	struct err e = *err_get();
	if (!*e.stopped && t->call.command)
		snprintf(e.stopped, sizeof e.stopped, "%s", t->call.command->name);
	task_end(w, t, &e);
	task_free(t);
}

/* --- in the other threads ----------------------------------------------------------------------------------------------------- */

static enum rc stopped(struct call *call, enum rc rc)
{
	return rc ? err_stopped(rc, "%s", call->command->name) : rc;
}

static enum rc run_in_worker(struct job_context *c, void *arg, struct js **result)
{
	struct task *t = arg;
	t->call.store = c->store;
	t->call.cancel = c->cancel;
	t->call.worker = c->worker;
	*result = NULL;
	return stopped(&t->call, t->call.command->run(&t->call));
}

static enum rc run_in_reader(void *arg, struct store *s, const atomic_bool *cancel)
{
	struct task *t = arg;
	bool         wants = !(call_flags(&t->call) & COMMAND_NO_STORE);
	if (wants && !s) { /* for the message with the nearest name */
		enum rc rc = store_open(t->call.store_path, STORE_READ, &s);
		if (!rc)
			store_close(s);
		return rc ? rc : err_set(RC_BUSY, "RUN-120", "the store appeared just now: try again");
	}
	t->call.store = wants ? s : NULL;
	t->call.cancel = cancel;
	return stopped(&t->call, t->call.command->run(&t->call));
}

/* --- how it begins ------------------------------------------------------------------------------------------------------------ */

static void read_ended(void *arg, struct workbench *w, const struct err *error)
{
	task_end(w, arg, error);
}

static void drop_task(void *arg)
{
	task_free(arg);
}

static enum rc may_write(struct workbench *w, const struct task *t)
{
	const char *why;
	enum rc     refused = t->call.command->check ? t->call.command->check(&t->call) : RC_OK;
	if (refused)
		return refused;
	look_for_holder(w);
	if (workbench_readonly(w, &why))
		return err_set(RC_USAGE, "CMD-122", "'%s' writes, and %s", t->call.command->name, why);
	if (w->task)
		return err_do(err_set(RC_BUSY, "CMD-172", "'%s' is at work; one job writes at a time", w->job.line), "wait for it, or cancel it with ^C");
	bool creates = call_flags(&t->call) & COMMAND_CREATES, there = file_exists(w->ask->store_path);
	if (creates != there)
		return RC_OK;
	struct store *s = NULL;
	enum rc       rc = store_open(w->ask->store_path, STORE_READ, &s);
	if (!rc)
		store_close(s);
	if (rc && creates && strcmp(err_get()->id, "STORE-106") != 0) { /* what is no store is not made one; the others say themselves what they need */
		err_clear();
		rc = RC_OK;
	}
	return rc;
}

static enum rc post(struct workbench *w, struct task *t)
{
	struct job job = { .command = t->call.line, .create = (call_flags(&t->call) & COMMAND_CREATES) != 0, .run = run_in_worker, .arg = t };
	if (!worker_post(w->worker, &job))
		return err_set(RC_INTERNAL, "CMD-121", "the worker took no job");
	w->task = t;
	w->warned = false;
	w->job = (struct ui_job){ .line = t->call.line };
	w->job_since = w->stage_since = clock_seconds();
	return RC_OK;
}

static const struct option *option_of(const struct option *list, const char *word)
{
	size_t n = strcspn(word, "=");
	while (list && list->name && (strlen(list->name) + 2 != n || strncmp(word + 2, list->name, n - 2) != 0))
		list++;
	return list && list->name ? list : NULL;
}

/* --set KEY=VALUE, or an option that stands for a setting. */
static enum rc override(struct task *t, const struct option *o, const char *value)
{
	size_t n = strcspn(value, "=");
	if (o->setting)
		return settings_override(t->settings, o->setting, value, o->name);
	if (!n || !value[n])
		return err_do(err_set(RC_USAGE, "CMD-111", "--set takes KEY=VALUE"), "for example --set cluster.k=4");
	return settings_override(t->settings, arena_span(t->arena, value, n), value + n + 1, "--set");
}

/* Options of every command that change settings are for this task alone; the other words are left for the command. */
static enum rc take_settings(struct task *t, const struct command *c, size_t *argc, const char **word)
{
	size_t  kept = 0;
	bool    ended = false;
	enum rc rc = RC_OK;
	for (size_t i = 0; i < *argc && !rc; i++) {
		bool                 dashed = !ended && !strncmp(word[i], "--", 2);
		const struct option *own = dashed ? option_of(c->options, word[i]) : NULL;
		const struct option *o = dashed && !own ? option_of(help_options, word[i]) : NULL;
		const char          *value = dashed && strchr(word[i], '=') ? strchr(word[i], '=') + 1 : NULL;
		ended = ended || !strcmp(word[i], "--");
		if (!o || (!o->setting && strcmp(o->name, "set") != 0)) {
			word[kept++] = word[i];
			if (own && own->value && !value && i + 1 < *argc)
				word[kept++] = word[++i];
			continue;
		}
		if (!value && i + 1 >= *argc)
			return err_do(err_set(RC_USAGE, "CMD-105", "--%s needs a value", o->name), "give --%s %s", o->name, o->value);
		rc = override(t, o, value ? value : word[++i]);
	}
	*argc = kept;
	return rc;
}

static enum rc parse(struct workbench *w, struct task *t, size_t argc, const char *const *argv)
{
	const struct command *c = command_find(argv[0]);
	const char          **word = arena_alloc(t->arena, argc + 1, sizeof *word);
	for (size_t i = 0; i < argc; i++)
		word[i] = arena_text(t->arena, argv[i]);
	t->settings = settings_copy(w->ask->settings);
	t->call = (struct call){ .line = command_join(t->arena, argc, word), .store_path = w->ask->store_path, .config_path = w->ask->config_path,
	                         .settings = t->settings, .arena = t->arena, .answer = &t->answer };
	if (!c)
		return command_unknown(argv[0]);
	argc--;
	enum rc rc = take_settings(t, c, &argc, word + 1);
	return rc ? rc : command_parse(c, t->arena, argc, word + 1, &t->call);
}

void workbench_run(struct workbench *w, size_t argc, const char *const *argv,
                   void (*done)(void *user, struct workbench *w, const struct err *error, const struct answer *answer), void *user)
{
	struct task *t = mem_new(1, sizeof *t);
	t->arena = arena_new();
	t->done = done;
	t->user = user;
	t->since = clock_seconds();
	enum rc rc = parse(w, t, argc, argv);
	t->entry = told_start(w, t->call.line);
	bool writes = !rc && call_flags(&t->call) & COMMAND_WRITES;
	if (writes) {
		rc = may_write(w, t);
		rc = rc ? rc : post(w, t);
	}
	if (rc)
		task_refused(w, t);
	else if (!writes)
		workbench_read(w, &(struct reading_job){ .work = run_in_reader, .done = read_ended, .drop = drop_task, .arg = t });
}

/* --- while it runs ------------------------------------------------------------------------------------------------------------ */

static void begin_stage(struct ui_job *job, const char *stage)
{
	snprintf(job->stage, sizeof job->stage, "%s", stage);
	*job->unit = '\0';
	job->done = job->total = 0;
	job->place = job->pass = 0;
}

static void note_stage(struct ui_job *job, const struct event *e)
{
	size_t i = 0;
	while (i < job->stages && strcmp(job->ended[i].name, e->stage) != 0)
		i++;
	if (i == UI_STAGES)
		return;
	job->stages = i == job->stages ? i + 1 : job->stages;
	struct ui_stage *st = &job->ended[i];
	st->seconds = e->seconds;
	memcpy(st->name, e->stage, sizeof st->name);
	memcpy(st->status, e->status, sizeof st->status);
	memcpy(st->reason, e->reason, sizeof st->reason);
	if (strcmp(e->status, "running") != 0 || !strcmp(job->stage, e->stage))
		return;
	begin_stage(job, e->stage);
	job->place = runner_stage_place(e->stage, &job->of);
}

/* A stage tells no name of its passes: one is over where another unit is counted, of another total, or from the start again. */
static bool is_new_pass(const struct ui_job *job, const struct event *e)
{
	return *job->unit && (strcmp(job->unit, e->progress.unit) != 0 || e->progress.done < job->done ||
	                      (job->total > 0 && e->progress.total != job->total));
}

static void note_progress(struct workbench *w, const struct event *e)
{
	struct ui_job *job = &w->job;
	double         now = clock_seconds();
	bool           other = strcmp(job->stage, e->stage) != 0;
	if (!other && e->progress.done <= 0 && e->progress.total <= 0)
		return; /* asked only whether to stop */
	if (other)
		begin_stage(job, e->stage);
	bool again = is_new_pass(job, e);
	if (other || again)
		w->stage_since = now;
	job->pass += again || !job->pass;
	snprintf(job->unit, sizeof job->unit, "%s", e->progress.unit);
	job->done = e->progress.done;
	job->total = e->progress.total;
	job->seconds = now - w->stage_since;
}

static void job_done(struct workbench *w, const struct event *e)
{
	struct task *t = w->task;
	w->task = NULL;
	w->job = (struct ui_job){0};
	pane_stale_all(w);
	task_end(w, t, e->rc ? &e->error : NULL);
	task_free(t);
	if (w->leaving)
		w->left = true;
	else if (w->paused)
		workbench_say(w, MOOD_PLAIN, "the store has changed; p goes on and shows it");
	else
		pane_read(w);
}

void job_events(struct workbench *w, bool *changed)
{
	struct event *e;
	while ((e = worker_take(w->worker))) {
		*changed = true;
		if (e->kind == EVENT_DONE)
			job_done(w, e);
		else if (e->kind == EVENT_STAGE)
			note_stage(&w->job, e);
		else
			note_progress(w, e);
		event_free(e);
	}
}

void job_cancel(struct workbench *w)
{
	double spent = clock_seconds() - w->job_since;
	if (spent > MUCH_SECONDS && !w->warned) {
		w->warned = true;
		workbench_say(w, MOOD_PLAIN, "%.0f s of work would be lost: ^C again cancels it", spent);
		return;
	}
	w->job.cancelling = true;
	worker_cancel(w->worker);
}

void job_free(struct workbench *w)
{
	if (w->task)
		task_free(w->task);
	w->task = NULL;
}

const struct ui_job *workbench_job(const struct workbench *w)
{
	return w->task ? &w->job : NULL;
}
