/* A terminal for one program: a pty, an emulator behind it (libvterm), and the program's barrier instead of waiting by the clock. What
 * fails prints the screen, saves the bytes that led to it, and ends the process. */
#ifndef CLV_TESTS_TERMINAL_H
#define CLV_TESTS_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

struct terminal_ask {
	const char *const *words;  /* of the program, without its name; NULL ends; NULL: none */
	const char *const *env;    /* "NAME=value", beside the fixed ones; "NAME" unsets; NULL ends */
	const char *term;          /* NULL: xterm-256color */
	int         width, height; /* 0: 80x24 */
	const char *hold;          /* a stage at which jobs are held; NULL: none */
	bool        unwatched;     /* no CLV_TEST: the barrier does not answer, nothing is held, the clock goes */
};

struct terminal;

/* Starts $CLV in a session of its own, in the foreground of its terminal, under a parent that could continue it. */
struct terminal *terminal_start(const struct terminal_ask *ask);
void             terminal_ready(struct terminal *t); /* until the first frame is there */
void             terminal_free(struct terminal *t);  /* kills what is left */

/* Bytes, as typed. A word in <...> is a key: <Enter>, <Esc>, <Tab>, <Up>, <F2>, <^C> ...; <lt> is '<'. */
void terminal_type(struct terminal *t, const char *keys);
void terminal_bytes(struct terminal *t, const char *bytes, size_t n);
void terminal_paste(struct terminal *t, const char *text);
void terminal_click(struct terminal *t, int x, int y);
void terminal_resize(struct terminal *t, int width, int height);

/* Everything typed so far has been done and drawn; with terminal_idle, no job is at work either. */
void terminal_sync(struct terminal *t);
void terminal_idle(struct terminal *t);
/* The same without failing when the program ends meanwhile: false. */
bool terminal_reached(struct terminal *t, bool idle);
/* A key, then the barrier. */
void terminal_do(struct terminal *t, const char *keys);

void terminal_held(struct terminal *t);    /* until a job is held */
void terminal_release(struct terminal *t);

/* What is on the screen: rows without trailing blanks, until the next call. */
const char *terminal_row(struct terminal *t, int y);
const char *terminal_text(struct terminal *t);
bool        terminal_shows(struct terminal *t, const char *text);
int         terminal_where(struct terminal *t, const char *text); /* its first row; -1 */
bool        terminal_reverse(struct terminal *t, int x, int y);
bool        terminal_coloured(struct terminal *t); /* any cell with a colour of its own */
bool        terminal_alternate(const struct terminal *t);
const char *terminal_title(const struct terminal *t);
const char *terminal_copied(const struct terminal *t); /* the last OSC 52, as base 64; "" */
const char *terminal_stream(const struct terminal *t, size_t *n);

int  terminal_pid(const struct terminal *t);
void terminal_signal(struct terminal *t, int number);
void terminal_stopped(struct terminal *t);  /* until the program is stopped */
void terminal_continue(struct terminal *t);
void terminal_hang_up(struct terminal *t);
bool terminal_runs(struct terminal *t);
/* Until the program ended: its exit status, or 128 + signal. */
int  terminal_end(struct terminal *t);
/* The terminal is as it was before the program: alternate screen left, cursor shown, mouse and paste off, modes and the old rows back. */
void terminal_clean(struct terminal *t);

/* What is said beside a failure. */
void terminal_on_fail(struct terminal *t, void (*tell)(void *user), void *user);
/* Fails the story with a sentence. */
void terminal_fail(struct terminal *t, const char *fmt, ...) __attribute__((format(printf, 2, 3), noreturn));
#define terminal_expect(t, text) \
	do { \
		if (!terminal_shows(t, text)) \
			terminal_fail(t, "%s:%d: the screen does not show '%s'", __FILE__, __LINE__, text); \
	} while (0)
#define terminal_must(t, holds) \
	do { \
		if (!(holds)) \
			terminal_fail(t, "%s:%d: does not hold: %s", __FILE__, __LINE__, #holds); \
	} while (0)

#endif
