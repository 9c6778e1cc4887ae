/* A monkey at the terminal: seeded keys, texts, pastes, clicks, sizes and bytes, after which the program must still answer, show its
 * rows, and leave a clean terminal. monkey STORE SEED STEPS. When it leaves in between, that must be clean, and it is opened again.
 * Wide and combining characters are typed by the suites without a terminal: libvterm 0.1.4 writes past its cells when one of them
 * stands where a smaller size has none. */
#include "config.h"

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kit/terminal.h"

#define EVERY_FRAME 16  /* steps between two barriers */
#define EVERY_JOB   400 /* steps after which jobs are waited for */

struct monkey {
	struct terminal *t;
	const char      *store;
	uint64_t         state;
	int              opened;
	char             last[64][64]; /* what it did */
	int              step;
};

static unsigned dice(struct monkey *m, unsigned sides)
{
	m->state ^= m->state << 13;
	m->state ^= m->state >> 7;
	m->state ^= m->state << 17;
	return (unsigned)(m->state >> 33) % sides;
}

static void note(struct monkey *m, const char *what)
{
	char *to = m->last[m->step % 64];
	snprintf(to, sizeof m->last[0], "%s", what);
	for (; *to; to++)
		*to = *to >= ' ' && *to < 127 ? *to : '.';
}

static void press(struct monkey *m)
{
	static const char *const keys[] = {
		"<Up>", "<Down>", "<Down>", "<Down>", "<Left>", "<Right>", "<Home>", "<End>", "<PgUp>", "<PgDn>", "<PgDn>", "<Enter>", "<Enter>", "<Enter>",
		"<Esc>", "<Esc>", "<Esc>", "<Tab>", "<Tab>", "<S-Tab>", "<Space>", "<Backspace>", "<Delete>", "<Insert>", "<F1>", "<F2>", "<F3>", "<F4>",
		"<F5>", "<F10>", "<^A>", "<^B>", "<^C>", "<^C>", "<^D>", "<^E>", "<^F>", "<^G>", "<^K>", "<^L>", "<^N>", "<^P>", "<^R>", "<^T>", "<^U>",
		"<^V>", "<^W>", "<^X>", "<^Y>", "1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "j",
		"k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "v", "w", "x", "y", "z", "A", "B", "C", "D", "E", "F", "G", "H", "I", "K", "L", "M",
		"N", "P", "R", "S", "T", "U", "V", "W", "X", "Z", ":", ":", "/", "?", "!", "@", "[", "]", "\\", "*", "+", "-", ".", ",", ";", "$", "%",
		"q", "Q", "ü", "ß", "é",
	};
	const char *key = keys[dice(m, sizeof keys / sizeof keys[0])];
	note(m, key);
	terminal_type(m->t, key);
}

static void write_text(struct monkey *m)
{
	static const char *const texts[] = {
		":sort -clv<Enter>", ":pane customers<Enter>", "/C00<Enter>", "f", "clv>500 p<lt>.3<Enter>", "clv>>5<Enter>", ":quality<Enter>", ":show runs<Enter>",
		"top:10%<Enter>", "select 1;", "%s%n%x", "'\"`$(reboot)", ":help import<Enter>", "10000000000000000000000", "4jjjj<Enter>", ":run --dry-run<Enter>",
		"8<Down><Enter>", "6A", "name~/((/<Enter>", "<F2>", "1r", "<^C><^C>", "<Esc><Esc><Esc>",
	};
	const char *text = texts[dice(m, sizeof texts / sizeof texts[0])];
	note(m, text);
	terminal_type(m->t, text);
}

static void paste(struct monkey *m)
{
	static const char *const texts[] = {
		"q\nQ\nrun\n", "one line", "\033[2J\033]0;owned\a\302\233", "\xff\xfe broken", "a\tb\r\nc", "", "\xe2\x80\xae""exe.gpj", "Müller",
	};
	const char *text = texts[dice(m, sizeof texts / sizeof texts[0])];
	note(m, "paste");
	if (dice(m, 10))
		terminal_paste(m->t, text);
	else
		terminal_bytes(m->t, "\033[200~never ends", 16);
}

static void bytes(struct monkey *m)
{
	char   b[12];
	size_t n = 1 + dice(m, sizeof b);
	for (size_t i = 0; i < n; i++)
		b[i] = dice(m, 3) ? (char)(128 + dice(m, 128)) : "\033[O;<M"[dice(m, 6)];
	note(m, "bytes");
	terminal_bytes(m->t, b, n);
	terminal_bytes(m->t, "m", 1); /* or the beginning of a mouse's report would take the barrier for its rest */
}

static void resize(struct monkey *m)
{
	static const int usual[][2] = { { 80, 24 }, { 120, 40 }, { 40, 12 }, { 20, 5 }, { 1, 1 }, { 300, 100 }, { 200, 60 } };
	unsigned pick = dice(m, 14);
	char     what[64];
	int      width = pick < 7 ? usual[pick][0] : 1 + (int)dice(m, 300), height = pick < 7 ? usual[pick][1] : 1 + (int)dice(m, 100);
	snprintf(what, sizeof what, "size %dx%d", width, height);
	note(m, what);
	terminal_resize(m->t, width, height);
}

static void told(void *user)
{
	const struct monkey *m = user;
	for (int i = m->step > 31 ? m->step - 31 : 0; i <= m->step; i++)
		printf("# step %d: %s\n", i, m->last[i % 64]);
}

static void open_again(struct monkey *m)
{
	const char *const words[] = { m->store, NULL };
	m->t = terminal_start(&(struct terminal_ask){ .words = words });
	m->opened++;
	terminal_on_fail(m->t, told, m);
	terminal_ready(m->t);
}

/* It left by itself: fine, when nothing was wrong. */
static void left(struct monkey *m)
{
	int status = terminal_end(m->t);
	if (status)
		terminal_fail(m->t, "the program ended with status %d at step %d", status, m->step);
	terminal_clean(m->t);
	terminal_free(m->t);
	open_again(m);
}

static void step(struct monkey *m)
{
	unsigned pick = dice(m, 100);
	if (pick < 74)
		press(m);
	else if (pick < 82)
		write_text(m);
	else if (pick < 86)
		paste(m);
	else if (pick < 92)
		resize(m);
	else if (pick < 98) {
		note(m, "click");
		terminal_click(m->t, (int)dice(m, 120), (int)dice(m, 40));
	} else
		bytes(m);
	bool job = m->step % EVERY_JOB == EVERY_JOB - 1;
	if ((job || m->step % EVERY_FRAME == EVERY_FRAME - 1) && !terminal_reached(m->t, job))
		left(m);
	else if (!terminal_runs(m->t))
		left(m);
}

/* Prompts, forms and questions closed, the program is left by its key. */
static void leave(struct monkey *m)
{
	terminal_resize(m->t, 80, 24);
	terminal_type(m->t, "<Esc><Esc><Esc><Esc><^C>");
	if (!terminal_reached(m->t, true))
		left(m);
	for (int i = 0; i < 8; i++)
		terminal_do(m->t, "<Esc>");
	if (!strstr(terminal_row(m->t, 0), "clv") || !*terminal_row(m->t, 23))
		terminal_fail(m->t, "the fixed rows are not there");
	terminal_type(m->t, "Q");
	if (terminal_end(m->t))
		terminal_fail(m->t, "left with status %d", terminal_end(m->t));
	terminal_clean(m->t);
	terminal_free(m->t);
}

int main(int argc, char **argv)
{
	struct monkey m = { .store = argc > 1 ? argv[1] : "monkey.clv", .state = argc > 2 ? strtoull(argv[2], NULL, 10) * 0x9E3779B97F4A7C15u : 1 };
	int           steps = argc > 3 ? atoi(argv[3]) : 1000;
	signal(SIGPIPE, SIG_IGN);
	setvbuf(stdout, NULL, _IOLBF, 0);
	open_again(&m);
	for (m.step = 0; m.step < steps; m.step++)
		step(&m);
	leave(&m);
	printf("# %d steps, opened %d times\n", steps, m.opened);
	return 0;
}
