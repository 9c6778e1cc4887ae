/* One command, a script, a pane as text, or the workbench: parse the words, run writing commands in the worker and reading ones here, show answers and errors. */
#include "config.h"

#include "batch/batch.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/command.h"
#include "app/help.h"
#include "app/project.h"
#include "app/render.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "batch/entry_priv.h"
#include "batch/report_priv.h"
#include "batch/words_priv.h"
#include "store/store.h"

/* A signal handler can only reach what is global: the worker to cancel, the flag of a reading command, and which signal came. */
static struct worker *volatile signal_worker;
static atomic_bool             signal_cancel;
static volatile sig_atomic_t   signal_number;

static void on_signal(int number)
{
	struct worker *w = signal_worker;
	signal_number = number;
	atomic_store(&signal_cancel, true);
	if (w)
		worker_cancel(w);
}

static void catch_signals(void)
{
	struct sigaction sa = { .sa_handler = on_signal, .sa_flags = SA_RESTART | (int)SA_RESETHAND };
	sigemptyset(&sa.sa_mask);
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGHUP, &sa, NULL);
	sa = (struct sigaction){ .sa_handler = SIG_IGN };
	sigemptyset(&sa.sa_mask);
	sigaction(SIGPIPE, &sa, NULL);
}

static int exit_status(enum rc rc)
{
	if (signal_number && rc == RC_CANCELLED)
		return 128 + signal_number;
	return rc_exit(rc);
}

/* --- running a call --------------------------------------------------------------------------- */

static enum rc run_in_worker(struct job_context *c, void *arg, struct js **result)
{
	struct call *call = arg;
	call->store = c->store;
	call->cancel = c->cancel;
	call->worker = c->worker;
	*result = NULL;
	return call->command->run(call);
}

static enum rc write_job(struct call *call, const struct words *w)
{
	struct worker *worker = worker_new(call->store_path);
	if (!worker)
		return err_set(RC_IO, "CMD-120", "the system gives no thread");
	signal_worker = worker;
	if (signal_number)
		worker_cancel(worker);
	struct job job = { .command = call->line, .create = (call_flags(call) & COMMAND_CREATES) != 0, .run = run_in_worker, .arg = call };
	enum rc    rc = worker_post(worker, &job) ? RC_OK : err_set(RC_INTERNAL, "CMD-121", "the worker took no job");
	bool       open = rc == RC_OK;
	while (open) {
		struct event *e = worker_wait(worker);
		if (e->kind == EVENT_DONE) {
			open = false;
			rc = e->rc;
			if (rc)
				err_restore(&e->error);
		} else {
			report_event(w, e);
		}
		event_free(e);
	}
	report_progress_end(w);
	signal_worker = NULL;
	worker_free(worker);
	return rc;
}

static enum rc read_job(struct call *call)
{
	enum rc rc = RC_OK;
	call->cancel = &signal_cancel;
	if (!(call_flags(call) & COMMAND_NO_STORE)) {
		rc = store_open(call->store_path, STORE_READ, &call->store);
		if (rc)
			return rc;
		store_watch(call->store, &signal_cancel);
		rc = store_begin(call->store);
	}
	if (!rc)
		rc = call->command->run(call);
	if (call->store) {
		store_rollback(call->store);
		store_close(call->store);
	}
	return rc;
}

static enum rc run_call(struct call *call, const struct words *w)
{
	unsigned flags = call_flags(call);
	if (!(flags & COMMAND_WRITES))
		return read_job(call);
	enum rc refused = call->command->check ? call->command->check(call) : RC_OK;
	if (refused)
		return refused;
	if (w->readonly)
		return err_do(err_set(RC_USAGE, "CMD-122", "'%s' writes, and --readonly forbids it", call->command->name), "leave --readonly out");
	if (!(flags & COMMAND_CREATES) && !file_exists(call->store_path)) {
		struct store *s = NULL; /* for the message with the nearest name */
		return store_open(call->store_path, STORE_READ, &s);
	}
	return write_job(call, w);
}

static enum rc one_command(const struct words *w, size_t argc, const char *const *argv, const char *line)
{
	const struct command *c = command_find(argv[0]);
	if (!c) {
		enum rc unknown = command_unknown(argv[0]);
		report_error(w, exit_status(err_get()->rc));
		return unknown;
	}
	struct arena  *a = arena_new();
	struct project project = {0};
	struct answer  answer = {0};
	struct call    call = { .arena = a, .answer = &answer, .line = line, .fail_on_drift = w->fail_on_drift };
	enum rc        rc = command_parse(c, a, argc - 1, argv + 1, &call);
	if (!rc)
		rc = project_open(a, w->store, w->config, w->override, w->overrides, &project);
	if (!rc) {
		call.store_path = project.store_path;
		call.settings = project.settings;
		call.config_path = project.config_path;
		rc = run_call(&call, w);
	}
	struct err kept = *err_get();
	enum rc    shown = report_answer(w, &answer); /* a refusal has an answer, too */
	if (rc) {
		err_restore(&kept);
		err_stopped(rc, "%s", c->name);
		report_error(w, exit_status(err_get()->rc));
	} else if (shown) {
		rc = shown;
		report_error(w, exit_status(err_get()->rc));
	}
	js_free(answer.json);
	str_clear(&answer.text);
	project_close(&project);
	arena_free(a);
	return rc;
}

/* --- scripts ---------------------------------------------------------------------------------- */

/* A line has the shared options, too: its own win over those of the call. */
static enum rc script_line(const struct words *w, struct arena *a, size_t count, const char **word, const char *line)
{
	struct words own = *w;
	char       **argv = arena_alloc(a, count + 2, sizeof *argv);
	own.script = NULL;
	own.override = mem_grow(NULL, w->overrides + 1, sizeof *own.override);
	if (w->overrides)
		memcpy(own.override, w->override, w->overrides * sizeof *own.override);
	argv[0] = arena_text(a, "clv");
	for (size_t i = 0; i < count; i++)
		argv[1 + i] = arena_text(a, word[i]);
	enum rc rc = words_read(a, (int)count + 1, argv, &own);
	if (rc)
		report_error(w, exit_status(rc));
	else if (own.count)
		rc = one_command(&own, own.count, own.word, line);
	free(own.override);
	return rc;
}

static enum rc run_script(const struct words *w, struct arena *a)
{
	char   *text;
	size_t  n, number = 0;
	enum rc rc = file_read(a, w->script, 1 << 20, &text, &n);
	if (rc) {
		report_error(w, exit_status(err_get()->rc));
		return rc;
	}
	for (char *line = text, *end = text + n; line < end && !rc;) {
		char        *stop = memchr(line, '\n', (size_t)(end - line));
		size_t       len = stop ? (size_t)(stop - line) : (size_t)(end - line);
		const char **word;
		size_t       count;
		number++;
		rc = command_split(a, line, len, &word, &count);
		if (rc) {
			err_where(rc, w->script, number, 0);
			report_error(w, exit_status(err_get()->rc));
		} else if (count) {
			rc = script_line(w, a, count, word, arena_span(a, line, len));
			if (rc && !w->quiet && !w->json)
				fprintf(stderr, "clv: %s:%zu: stopped here\n", w->script, number);
		}
		line = stop ? stop + 1 : end;
	}
	return rc;
}

/* --- the door --------------------------------------------------------------------------------- */

/* demo without --batch: its summary, and in a terminal the workbench on what it made. */
static int open_screen(const struct words *w, struct arena *a, const struct screen *screen)
{
	bool demo = entry_is_demo(w);
	int  number = 0;
	enum rc rc = demo ? one_command(w, w->count, w->word, w->word[0]) : RC_OK;
	if (rc)
		return exit_status(rc); /* it was told */
	if (demo && screen->check()) {
		err_clear();
		return 0;
	}
	rc = entry_workbench(w, a, screen, &number);
	if (rc) {
		err_stopped(rc, "workbench");
		report_error(w, exit_status(rc));
	}
	return number ? 128 + number : exit_status(rc);
}

/* A pane on standard output, without a terminal. Nothing is written to the store. */
static enum rc draw_pane(const struct words *w, struct arena *a, const struct screen *screen)
{
	struct project project = {0};
	struct answer  answer = {0};
	enum rc        rc = w->count ? err_do(err_set(RC_USAGE, "CMD-125", "--snapshot draws a pane and runs no command, not '%s'", w->word[0]),
	                                      "leave '%s' out", w->word[0])
	                             : project_open(a, w->store, w->config, w->override, w->overrides, &project);
	if (!rc) {
		struct screen_ask ask = { .arena = a, .store_path = project.store_path, .settings = project.settings, .pane = w->pane, .size = w->size,
		                          .glyphs = w->glyphs };
		rc = screen->snapshot(&ask, &answer.text);
	}
	if (!rc) {
		answer.json = js_object();
		js_set_text(answer.json, "pane", w->pane);
		js_set_text(answer.json, "text", answer.text.s);
		rc = report_answer(w, &answer);
	}
	if (rc) {
		err_stopped(rc, "snapshot");
		report_error(w, exit_status(rc));
	}
	js_free(answer.json);
	str_clear(&answer.text);
	project_close(&project);
	return rc;
}

int batch_main(int argc, char **argv, const struct screen *screen)
{
	catch_signals();
	struct arena *a = arena_new();
	struct words  w = {0};
	enum rc       rc = words_read(a, argc, argv, &w);
	int           status;
	if (!rc && w.script && w.count)
		rc = err_do(err_set(RC_USAGE, "CMD-124", "a script and a command were given"), "leave out -f %s, or the command", w.script);
	if (rc) {
		report_error(&w, exit_status(err_get()->rc));
		status = rc_exit(rc);
	} else if (w.version) {
		status = report_text(help_version(a));
	} else if (w.help) {
		const char *text = NULL;
		rc = w.help_on ? help_command(a, w.help_on, &text) : RC_OK;
		if (rc)
			report_error(&w, exit_status(err_get()->rc));
		status = rc ? rc_exit(rc) : report_text(w.help_on ? text : help_general(a));
	} else if (w.pane) {
		status = exit_status(draw_pane(&w, a, screen));
	} else if (!w.batch) {
		status = open_screen(&w, a, screen);
	} else if (w.script) {
		status = exit_status(run_script(&w, a));
	} else {
		static const char *const standard[] = { "run" };
		const char *const       *words = w.count ? w.word : standard;
		size_t                   count = w.count ? w.count : 1;
		status = exit_status(one_command(&w, count, words, command_join(a, count, words)));
	}
	free(w.override);
	arena_free(a);
	return status;
}
