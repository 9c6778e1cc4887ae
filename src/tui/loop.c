/* The loop: wait for keys, results and signals; take all there is; draw once. Knows no key's meaning and no terminal's bytes but the
 * barrier's: with CLV_TEST=1 a driver writes a sequence behind its keys and reads an answer behind the frame that they led to. */
#include "config.h"

#include "tui/loop_priv.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "tui/input_priv.h"
#include "tui/signals_priv.h"
#include "tui/workbench_priv.h"

#define FRAME_SECONDS 0.05 /* between frames that only a job asks for */
#define PASTE_SECONDS 1.0  /* after which a paste without its end is over */
#define WAIT_SECONDS  2.0  /* for a job to roll back when a signal ends the program */
#define INPUT_MOST    8192 /* raw events before a frame is due, however much more waits */

struct loop {
	struct workbench *w;
	struct terminal  *t;
	struct input      in;
	bool   key_due, job_due;      /* something changed that is not on the screen */
	bool   drained;
	double drawn_at;
	int    sync_idle, sync_now;   /* barriers that wait for their answer */
	int    syncs;                 /* answered */
	int    ended;                 /* the signal */
};

/* The real time: a fixed clock fixes what is shown, not the pace. */
static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void fit_size(struct loop *l)
{
	int width, height;
	terminal_size(l->t, &width, &height);
	workbench_size(l->w, width, height);
	l->key_due = true;
}

/* Whoever had the terminal meanwhile may have changed all of it. */
static void resume(struct loop *l)
{
	terminal_resume(l->t);
	fit_size(l);
}

static void stop(struct loop *l)
{
	terminal_suspend(l->t);
	signals_stop();
	signals_take_continue();
	resume(l);
}

static void act(struct loop *l, enum input_kind kind)
{
	switch (kind) {
	case INPUT_NONE:
		return;
	case INPUT_SYNC_IDLE:
		l->sync_idle++;
		return;
	case INPUT_SYNC_NOW:
		l->sync_now++;
		return;
	case INPUT_PASTE:
		workbench_paste(l->w, l->in.text.s);
		str_clear(&l->in.text);
		break;
	case INPUT_MOUSE:
		workbench_mouse(l->w, l->in.x, l->in.y, l->in.mouse);
		break;
	case INPUT_KEY:
		if (!strcmp(l->in.key, "^Z"))
			stop(l);
		else if (!strcmp(l->in.key, "^L"))
			terminal_redraw(l->t);
		if (strcmp(l->in.key, "^Z") != 0)
			workbench_key(l->w, l->in.key);
		break;
	}
	l->key_due = true;
}

static void take_signals(struct loop *l)
{
	signals_take();
	l->ended = signals_ending();
	if (l->ended)
		return; /* the terminal may be another's by now: neither drawn on nor read */
	if (signals_take_stop())
		stop(l);
	if (signals_take_continue())
		resume(l);
	if (signals_take_resize())
		fit_size(l);
	l->ended = signals_ending();
}

static void take_input(struct loop *l)
{
	struct raw raw = { .kind = RAW_OTHER };
	for (int i = 0; i < INPUT_MOST && raw.kind != RAW_NONE && !workbench_left(l->w); i++) {
		terminal_read(l->t, &raw);
		if (raw.kind != RAW_NONE)
			act(l, input_take(&l->in, &raw, seconds()));
	}
	l->drained = raw.kind == RAW_NONE;
}

static void draw(struct loop *l)
{
	int  x = -1, y = -1;
	const struct grid *g = workbench_draw(l->w);
	if (!workbench_cursor(l->w, &x, &y))
		x = y = -1;
	terminal_draw(l->t, g, x, y, workbench_title(l->w));
	l->key_due = l->job_due = false;
	l->drawn_at = seconds();
}

/* What the terminal does not take is not lost. */
static void keep(struct loop *l, const char *text)
{
	const char         *run = getenv("XDG_RUNTIME_DIR"), *tmp = getenv("TMPDIR");
	char                name[PATH_MAX];
	struct file_writer *f;
	snprintf(name, sizeof name, "%s/clv-copied-%ld.txt", run && *run == '/' ? run : tmp && *tmp == '/' ? tmp : "/tmp", (long)getpid());
	enum rc rc = file_create(name, &f);
	if (!rc) {
		fputs(text, file_stream(f));
		rc = file_commit(f);
	}
	if (rc)
		workbench_say(l->w, MOOD_BAD, "not copied: this terminal does not take it, and %s", err_get()->why);
	else
		workbench_say(l->w, MOOD_PLAIN, "no clipboard for that here: kept in %s", name);
	err_clear();
}

static void copy(struct loop *l)
{
	const char *text = workbench_copied(l->w);
	if (!text || terminal_copy(l->t, text))
		return;
	keep(l, text);
	l->key_due = true;
}

static void answer(struct loop *l, int *waiting)
{
	char mark[32];
	for (; *waiting; (*waiting)--)
		terminal_write(l->t, mark, (size_t)snprintf(mark, sizeof mark, "\033]7001;%d\a", ++l->syncs));
}

/* A barrier is answered when nothing that came before it can still change the screen, which then is drawn. */
static void answer_barriers(struct loop *l)
{
	if (!l->drained || !(l->sync_idle || l->sync_now) || !workbench_settled(l->w))
		return;
	bool idle = l->sync_idle && !workbench_busy(l->w);
	if (!idle && !l->sync_now)
		return;
	if (l->key_due || l->job_due)
		draw(l);
	answer(l, &l->sync_now);
	if (idle)
		answer(l, &l->sync_idle);
}

static int until(const struct loop *l)
{
	double rest = l->job_due ? l->drawn_at + FRAME_SECONDS - seconds() : l->in.pasting ? PASTE_SECONDS : -1;
	if (!l->drained)
		return 0;
	return !l->job_due && !l->in.pasting ? workbench_wait(l->w) : rest <= 0 ? 0 : (int)(rest * 1000) + 1;
}

/* A terminal that is gone is readable for ever and gives nothing. */
static bool gone(short events)
{
	int waiting = 0;
	if (events & (POLLERR | POLLNVAL | POLLHUP))
		return true;
	return (events & POLLIN) && (ioctl(STDIN_FILENO, FIONREAD, &waiting) || !waiting);
}

static void wait_for_more(struct loop *l)
{
	struct pollfd fd[] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = signals_fd(), .events = POLLIN },
		{ .fd = workbench_reader_fd(l->w), .events = POLLIN },
		{ .fd = workbench_worker_fd(l->w), .events = POLLIN },
	};
	int came = poll(fd, sizeof fd / sizeof fd[0], until(l));
	if (came > 0 && gone(fd[0].revents))
		l->ended = SIGHUP;
	if (!came && l->drained && !l->job_due)
		act(l, input_end_paste(&l->in));
}

int loop_run(struct workbench *w, struct terminal *t, bool test)
{
	struct loop l = { .w = w, .t = t, .key_due = true, .drained = true };
	fit_size(&l);
	workbench_take(w);
	draw(&l);
	if (test)
		terminal_write(t, "\033]7000;1\a", 9);
	for (;;) {
		wait_for_more(&l);
		if (l.ended)
			break;
		take_signals(&l);
		if (l.ended)
			break;
		take_input(&l);
		if (l.ended || workbench_left(w))
			break;
		take_signals(&l); /* a size that was set before the keys were typed holds for the frame they lead to */
		if (l.ended)
			break;
		l.job_due = workbench_take(w) || l.job_due;
		copy(&l);
		if (l.key_due || (l.job_due && seconds() - l.drawn_at >= FRAME_SECONDS))
			draw(&l);
		answer_barriers(&l);
	}
	input_clear(&l.in);
	return l.ended;
}

bool loop_settle(struct workbench *w)
{
	double give_up = seconds() + WAIT_SECONDS;
	workbench_cancel(w);
	while (workbench_busy(w) && seconds() < give_up) {
		struct pollfd fd[] = { { .fd = workbench_reader_fd(w), .events = POLLIN }, { .fd = workbench_worker_fd(w), .events = POLLIN } };
		if (poll(fd, 2, (int)((give_up - seconds()) * 1000) + 1) < 0 && errno != EINTR)
			break;
		workbench_take(w);
	}
	return !workbench_busy(w);
}
