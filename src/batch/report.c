/* Answers on stdout, progress and errors on stderr. Nothing that came from data leaves unescaped: renderers and the JSON writer
 * escape, and messages were made visible where they were written. */
#include "config.h"

#include "batch/report_priv.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/day.h"
#include "base/json.h"
#include "base/str.h"

/* --- progress --------------------------------------------------------------------------------- */

static bool progress_line_open;

static bool shows_progress(const struct words *w)
{
	return !w->quiet && w->progress == PROGRESS_AUTO && isatty(STDERR_FILENO);
}

static void event_json(const struct event *e)
{
	struct js *o = js_object();
	struct str t = {0};
	char       now[32];
	clock_now(now);
	js_set_text(o, "time", now);
	js_set_text(o, "event", e->kind == EVENT_PROGRESS ? "progress" : "stage");
	if (e->kind == EVENT_PROGRESS) {
		js_set_text(o, "stage", e->progress.stage);
		js_set_text(o, "unit", e->progress.unit);
		js_set_int(o, "done", e->progress.done);
		if (e->progress.total)
			js_set_int(o, "total", e->progress.total);
	} else {
		js_set_text(o, "stage", e->stage);
		js_set_text(o, "status", e->status);
		js_set_text(o, "reason", e->reason);
		js_set_real(o, "seconds", e->seconds);
	}
	js_write(&t, o, false, false);
	fprintf(stderr, "%s\n", t.s);
	str_clear(&t);
	js_free(o);
}

void report_progress_end(const struct words *w)
{
	(void)w;
	if (progress_line_open)
		fputs("\r\033[K", stderr);
	progress_line_open = false;
}

static void progress_text(const struct run_progress *p)
{
	if (p->total > 0)
		fprintf(stderr, "\r\033[K  %s  %lld of %lld %s", p->stage, (long long)p->done, (long long)p->total, p->unit);
	else
		fprintf(stderr, "\r\033[K  %s  %lld %s", p->stage, (long long)p->done, p->unit);
	fflush(stderr);
	progress_line_open = true;
}

void report_event(const struct words *w, const struct event *e)
{
	if (w->progress == PROGRESS_JSON) {
		event_json(e);
	} else if (shows_progress(w)) {
		if (e->kind == EVENT_PROGRESS) {
			progress_text(&e->progress);
		} else if (strcmp(e->status, "running") != 0) {
			report_progress_end(w);
			fprintf(stderr, "  %-9s %-7s %6.2f s  %s\n", e->stage, e->status, e->seconds, e->reason);
		}
	}
}

/* --- answers ---------------------------------------------------------------------------------- */

/* The command has done its work: a reader that went away (| head) ends the program as it ends any other. */
static enum rc put(const char *s, size_t n)
{
	struct sigaction plain = { .sa_handler = SIG_DFL }, kept;
	sigaction(SIGPIPE, &plain, &kept);
	bool done = fwrite(s, 1, n, stdout) == n && !fflush(stdout);
	sigaction(SIGPIPE, &kept, NULL);
	if (done)
		return RC_OK;
	return err_set(RC_IO, "CMD-123", "cannot write to standard output: %s", strerror(errno));
}

/* Text line by line: what a path or a setting brought along cannot steer the terminal. */
static void add_lines(struct str *out, const char *s, size_t n)
{
	for (const char *end = s + n; s < end;) {
		const char *stop = memchr(s, '\n', (size_t)(end - s));
		size_t      len = stop ? (size_t)(stop - s) : (size_t)(end - s);
		str_add_visible(out, s, len);
		if (stop)
			str_add_char(out, '\n');
		s += len + 1;
	}
}

static void answer_text(const struct words *w, struct answer *a, struct str *out)
{
	enum render_format format = w->format_given ? w->format : isatty(STDOUT_FILENO) ? RENDER_TABLE : RENDER_CSV;
	if (a->frame && (format == RENDER_CSV || format == RENDER_JSONL)) {
		if (format == RENDER_JSONL) {
			render_jsonl(out, a->frame);
		} else {
			render_csv_header(out, a->frame);
			render_csv_rows(out, a->frame, a->raw);
		}
	} else if (a->text.n && format != RENDER_JSON) {
		add_lines(out, a->text.s, a->text.n);
	} else if (a->frame && format == RENDER_TABLE) {
		render_table(out, a->frame);
	} else if (a->json) {
		js_write(out, a->json, true, false);
		str_add_char(out, '\n');
	}
}

enum rc report_answer(const struct words *w, struct answer *a)
{
	struct str out = {0};
	if (w->json) {
		if (a->json) {
			js_write(&out, a->json, false, false);
			str_add_char(&out, '\n');
		}
	} else {
		answer_text(w, a, &out);
	}
	enum rc rc = out.n ? put(out.s, out.n) : RC_OK;
	str_clear(&out);
	return rc;
}

int report_text(const char *text)
{
	return rc_exit(put(text, strlen(text)));
}

/* --- errors ----------------------------------------------------------------------------------- */

static void error_json(const struct err *e, int status)
{
	struct js *o = js_object();
	struct str t = {0};
	js_set_text(o, "error", rc_name(e->rc));
	js_set_text(o, "code", e->id);
	js_set_text(o, "stopped", e->stopped);
	js_set_text(o, "why", e->why);
	if (*e->file) {
		js_set_text(o, "file", e->file);
		if (e->line)
			js_set_int(o, "line", (int64_t)e->line);
		if (e->column)
			js_set_int(o, "column", (int64_t)e->column);
	}
	if (*e->todo)
		js_set_text(o, "do", e->todo);
	js_set_int(o, "exit", status);
	js_write(&t, o, false, false);
	fprintf(stderr, "%s\n", t.s);
	str_clear(&t);
	js_free(o);
}

static void error_place(const struct err *e)
{
	if (*e->file) {
		fprintf(stderr, "  where: %s", e->file);
		if (e->line)
			fprintf(stderr, ":%zu", e->line);
		if (e->column)
			fprintf(stderr, ":%zu", e->column);
		fputc('\n', stderr);
	}
	if (*e->source) {
		fprintf(stderr, "         %s\n", e->source);
		if (e->column && e->column <= strlen(e->source) + 1)
			fprintf(stderr, "         %*s^\n", (int)e->column - 1, "");
	}
}

void report_error(const struct words *w, int status)
{
	const struct err *e = err_get();
	report_progress_end(w);
	if (w->json) {
		error_json(e, status);
		return;
	}
	fprintf(stderr, "clv: %s%s%s\n", *e->stopped ? e->stopped : "", *e->stopped ? " stopped: " : "", rc_name(e->rc));
	error_place(e);
	fprintf(stderr, "  why:   %s\n", *e->why ? e->why : rc_name(e->rc));
	if (*e->todo)
		fprintf(stderr, "  do:    %s\n", e->todo);
	if (*e->id)
		fprintf(stderr, "  code:  %s\n", e->id);
}
