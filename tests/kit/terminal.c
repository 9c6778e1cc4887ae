/* A terminal for one program. Three processes: the test, which plays the person and the emulator; the session's leader, which plays the
 * shell; the program. No step waits by the clock; a deadline only ends what will never come. */
#include "config.h"

#include "kit/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#define DEADLINE_SECONDS 120
#define HELD_FD          9 /* in the program */
#define BEFORE           "what was here before"

struct report { pid_t pid; int status; }; /* from the session's leader */

struct terminal {
	int            master, reports, hold;
	pid_t          leader, program;
	struct termios before;
	VTerm         *vt;
	VTermScreen   *screen;
	int            width, height;
	bool           alternate, cursor, mouse, ready, stopped, ended, resized;
	int            status;
	int            asked, answered, held;
	int            told, marked;   /* reports, and their marks in the stream */
	char           title[512], *copied;
	char          *stream;
	size_t         n, cap, seen;  /* seen: bytes that were looked through for marks */
	char           tail[16]; /* read, but not fed to the emulator yet */
	size_t         tails;
	char          *text;
	void         (*tell)(void *user);
	void          *user;
};

/* --- what the emulator tells ------------------------------------------------------------------ */

static int on_property(VTermProp prop, VTermValue *v, void *user)
{
	struct terminal *t = user;
	if (prop == VTERM_PROP_ALTSCREEN)
		t->alternate = v->boolean;
	else if (prop == VTERM_PROP_CURSORVISIBLE)
		t->cursor = v->boolean;
	else if (prop == VTERM_PROP_MOUSE)
		t->mouse = v->number != VTERM_PROP_MOUSE_NONE;
	else if (prop == VTERM_PROP_TITLE)
		snprintf(t->title, sizeof t->title, "%s", v->string);
	return 1;
}

static int on_osc(const char *command, size_t n, void *user)
{
	struct terminal *t = user;
	char             head[24] = "";
	memcpy(head, command, n < sizeof head - 1 ? n : sizeof head - 1);
	if (!strncmp(head, "52;c;", 5)) {
		free(t->copied);
		t->copied = strndup(command + 5, n - 5);
	}
	return 1;
}

static const VTermScreenCallbacks on_screen = { .settermprop = on_property };
static const VTermParserCallbacks on_rest = { .osc = on_osc };

/* --- starting --------------------------------------------------------------------------------- */

static void set_environment(const struct terminal_ask *ask)
{
	static const char *const kept[] = { "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS", "PATH", "TMPDIR", "HOME" };
	char *value[sizeof kept / sizeof kept[0]];
	char  fd[64];
	for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
		value[i] = getenv(kept[i]) ? strdup(getenv(kept[i])) : NULL;
	clearenv();
	for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
		if (value[i])
			setenv(kept[i], value[i], 1);
	setenv("TERM", ask->term ? ask->term : "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("NCURSES_GPM_TERMS", "none", 1); /* or curses loads the console's mouse library for TERM=linux, which loses memory */
	setenv("TZ", "UTC", 1);
	if (!ask->unwatched) {
		setenv("CLV_TEST", "1", 1);
		setenv("CLV_NOW", "2026-11-20T12:00:00Z", 1);
	}
	snprintf(fd, sizeof fd, "%s:%d", ask->hold ? ask->hold : "", HELD_FD);
	if (ask->hold)
		setenv("CLV_HOLD", fd, 1);
	for (const char *const *e = ask->env; e && *e; e++) {
		if (strchr(*e, '='))
			putenv(strdup(*e));
		else
			unsetenv(*e);
	}
}

static void run_program(const struct terminal_ask *ask, const char *program, int hold)
{
	const char *argv[32] = { program };
	for (int i = 0; ask->words && ask->words[i] && i < 30; i++)
		argv[i + 1] = ask->words[i];
	setpgid(0, 0);
	tcsetpgrp(STDIN_FILENO, getpid());
	signal(SIGTTOU, SIG_DFL);
	signal(SIGHUP, SIG_DFL);
	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
	if (hold >= 0)
		dup2(hold, HELD_FD);
	set_environment(ask);
	execv(program, (char *const *)argv);
	perror(program);
	_exit(127);
}

/* The session's leader: starts the program and tells what becomes of it. */
static void lead(const struct terminal_ask *ask, const char *program, int reports, int hold)
{
	struct report r = { 0 };
	signal(SIGTTOU, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
	dprintf(STDOUT_FILENO, BEFORE "\r\n");
	r.pid = fork();
	if (!r.pid)
		run_program(ask, program, hold);
	if (write(reports, &r, sizeof r) != sizeof r)
		_exit(1);
	while (waitpid(r.pid, &r.status, WUNTRACED) == r.pid) {
		char byte;
		tcsetpgrp(STDIN_FILENO, getpgrp());
		dprintf(STDOUT_FILENO, "\033]7002;1\a"); /* behind the program's last byte */
		if (write(reports, &r, sizeof r) != sizeof r || !WIFSTOPPED(r.status) || read(reports, &byte, 1) != 1)
			break;
		tcsetpgrp(STDIN_FILENO, r.pid);
		kill(r.pid, SIGCONT);
	}
	_exit(0);
}

static void start_emulator(struct terminal *t)
{
	t->vt = vterm_new(t->height, t->width);
	vterm_set_utf8(t->vt, 1);
	t->screen = vterm_obtain_screen(t->vt);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_set_callbacks(t->screen, &on_screen, t);
	vterm_screen_set_unrecognised_fallbacks(t->screen, &on_rest, t);
	vterm_screen_reset(t->screen, 1);
	t->cursor = true;
}

/* Those of a terminal that nobody has changed yet; asked for later, the program could have been faster. */
static void usual_modes(struct termios *out)
{
	int master, slave;
	memset(out, 0, sizeof *out);
	if (openpty(&master, &slave, NULL, NULL, NULL))
		return;
	tcgetattr(slave, out);
	close(slave);
	close(master);
}

struct terminal *terminal_start(const struct terminal_ask *ask)
{
	struct terminal *t = calloc(1, sizeof *t);
	const char      *program = getenv("CLV");
	int              pipes[2] = { -1, -1 }, holds[2] = { -1, -1 };
	t->width = ask->width ? ask->width : 80;
	t->height = ask->height ? ask->height : 24;
	start_emulator(t);
	struct winsize size = { .ws_row = (unsigned short)t->height, .ws_col = (unsigned short)t->width };
	if (!program || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pipes) || (ask->hold && socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, holds)))
		terminal_fail(t, "CLV is not set, or the system gives no pipe");
	fflush(stdout);
	usual_modes(&t->before);
	t->leader = forkpty(&t->master, NULL, &t->before, &size);
	if (t->leader < 0)
		terminal_fail(t, "no pty: %s", strerror(errno));
	if (!t->leader)
		lead(ask, program, pipes[1], holds[1]);
	fcntl(t->master, F_SETFL, O_NONBLOCK);
	close(pipes[1]);
	if (ask->hold)
		close(holds[1]);
	t->reports = pipes[0];
	t->hold = holds[0];
	struct report r;
	if (read(t->reports, &r, sizeof r) != sizeof r)
		terminal_fail(t, "the program was not started");
	t->program = r.pid;
	return t;
}

void terminal_free(struct terminal *t)
{
	if (t->program && !t->ended)
		kill(t->program, SIGKILL);
	if (t->master >= 0)
		close(t->master);
	close(t->reports);
	waitpid(t->leader, NULL, 0);
	if (t->hold >= 0)
		close(t->hold);
	vterm_free(t->vt);
	free(t->copied);
	free(t->stream);
	free(t->text);
	free(t);
}

/* --- failing ---------------------------------------------------------------------------------- */

static void save_stream(struct terminal *t)
{
	const char *folder = getenv("TERMINAL_LOGS");
	char        path[512];
	snprintf(path, sizeof path, "%s/terminal-%d.bytes", folder ? folder : "/tmp", (int)getpid());
	FILE *f = fopen(path, "wb");
	if (!f)
		return;
	fwrite(t->stream, 1, t->n, f);
	fclose(f);
	printf("# the bytes are in %s: cat them to a terminal of %dx%d\n", path, t->width, t->height);
}

void terminal_on_fail(struct terminal *t, void (*tell)(void *user), void *user)
{
	t->tell = tell;
	t->user = user;
}

void terminal_fail(struct terminal *t, const char *fmt, ...)
{
	va_list ap;
	if (t->tell)
		t->tell(t->user);
	va_start(ap, fmt);
	printf("# ");
	vprintf(fmt, ap);
	printf("\n");
	va_end(ap);
	printf("# program %s, status %d, stopped %d, alternate screen %d, cursor %d, mouse %d, barriers %d of %d\n",
	       t->ended ? "ended" : "runs", t->status, t->stopped, t->alternate, t->cursor, t->mouse, t->answered, t->asked);
	for (int y = 0; y < t->height; y++)
		printf("# |%s\n", terminal_row(t, y));
	save_stream(t);
	fflush(stdout);
	if (t->program && !t->ended)
		kill(t->program, SIGKILL);
	_exit(1);
}

/* --- going on --------------------------------------------------------------------------------- */

static void keep(struct terminal *t, const char *bytes, size_t n)
{
	if (t->n + n > t->cap) {
		t->cap = (t->n + n) * 2;
		t->stream = realloc(t->stream, t->cap);
	}
	memcpy(t->stream + t->n, bytes, n);
	t->n += n;
}

/* Answers of the emulator to questions of the program. */
static void answer(struct terminal *t)
{
	char   bytes[256];
	size_t n = vterm_output_read(t->vt, bytes, sizeof bytes);
	if (n && write(t->master, bytes, n) < 0 && errno != EAGAIN && errno != EIO)
		terminal_fail(t, "the program reads no more: %s", strerror(errno));
}

/* How many bytes at the end may be the beginning of the text, which goes on in what is read next. */
static size_t begun(const char *bytes, size_t n, const char *text, size_t length)
{
	size_t most = n < length - 1 ? n : length - 1;
	while (most && memcmp(bytes + n - most, text, most) != 0)
		most--;
	return most;
}

/* The emulator keeps the cursor that the alternate screen is left to, even where a smaller size has no such place any more, and then
 * writes past its rows: after a resize it is saved anew, where it is, just before. */
static void feed(struct terminal *t, const char *bytes, size_t n)
{
	static const char leaving[] = "\033[?1049l";
	const size_t      length = sizeof leaving - 1;
	char              whole[8192 + sizeof leaving];
	size_t            from = 0;
	memcpy(whole, t->tail, t->tails);
	memcpy(whole + t->tails, bytes, n);
	n += t->tails;
	for (const char *at; (at = memmem(whole + from, n - from, leaving, length)); from = (size_t)(at - whole) + length) {
		vterm_input_write(t->vt, whole + from, (size_t)(at - whole) - from);
		if (t->resized)
			vterm_input_write(t->vt, "\0337", 2);
		vterm_input_write(t->vt, leaving, length);
	}
	t->tails = begun(whole + from, n - from, leaving, length);
	vterm_input_write(t->vt, whole + from, n - from - t->tails);
	memcpy(t->tail, whole + n - t->tails, t->tails);
}

/* The marks of the program and of the session's leader, read from the stream itself: the emulator loses one now and then. Another
 * store opened from the screen counts its barriers from 1 again, so they are counted here. */
static void take_marks(struct terminal *t)
{
	static const char begin[] = "\033]700";
	const size_t      length = sizeof begin - 1;
	const char       *at, *end;
	while ((at = memmem(t->stream + t->seen, t->n - t->seen, begin, length)) && (end = memchr(at, '\a', (size_t)(t->stream + t->n - at)))) {
		t->ready = t->ready || at[length] == '0';
		t->answered += at[length] == '1';
		t->marked += at[length] == '2';
		t->seen = (size_t)(end - t->stream) + 1;
	}
	if (!at && t->n - t->seen > length)
		t->seen = t->n - length;
}

static void take_output(struct terminal *t)
{
	char    bytes[8192];
	ssize_t n;
	while (t->master >= 0 && (n = read(t->master, bytes, sizeof bytes)) > 0) {
		keep(t, bytes, (size_t)n);
		feed(t, bytes, (size_t)n);
		take_marks(t);
		answer(t);
	}
}

static void take_report(struct terminal *t)
{
	struct report r;
	if (read(t->reports, &r, sizeof r) != sizeof r)
		terminal_fail(t, "the session's leader is gone");
	t->told++;
	t->stopped = WIFSTOPPED(r.status);
	if (t->stopped)
		return;
	t->ended = true;
	t->status = WIFEXITED(r.status) ? WEXITSTATUS(r.status) : 128 + WTERMSIG(r.status);
}

static void take_held(struct terminal *t)
{
	char    byte;
	ssize_t n = read(t->hold, &byte, 1);
	if (n == 1) {
		t->held++;
	} else {
		close(t->hold);
		t->hold = -1;
	}
}

/* One step: whatever comes next. writable: until the program takes bytes, too. */
static bool step(struct terminal *t, bool writable, double deadline)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	struct pollfd fd[] = {
		{ .fd = t->master, .events = (short)(POLLIN | (writable ? POLLOUT : 0)) },
		{ .fd = t->ended ? -1 : t->reports, .events = POLLIN },
		{ .fd = t->hold, .events = POLLIN },
	};
	double rest = deadline - (double)now.tv_sec;
	if (rest <= 0 || poll(fd, 3, (int)(rest * 1000)) <= 0)
		return false;
	if (fd[0].revents & (POLLIN | POLLHUP | POLLERR))
		take_output(t);
	if (fd[1].revents)
		take_report(t);
	if (fd[2].revents)
		take_held(t);
	return true;
}

static double deadline(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + DEADLINE_SECONDS;
}

#define until(t, condition, what) \
	do { \
		for (double end_ = deadline(); !(condition);) \
			if (!step(t, false, end_)) \
				terminal_fail(t, "waited in vain for %s", what); \
	} while (0)

static bool lives(struct terminal *t)
{
	return !t->ended;
}

void terminal_ready(struct terminal *t)
{
	until(t, t->ready || !lives(t), "the first frame");
	if (!t->ready)
		terminal_fail(t, "the program ended before its first frame");
}

void terminal_bytes(struct terminal *t, const char *bytes, size_t n)
{
	for (double end = deadline(); n && lives(t);) {
		ssize_t done = write(t->master, bytes, n);
		if (done > 0) {
			bytes += done;
			n -= (size_t)done;
		} else if (errno != EAGAIN) {
			return;
		} else if (!step(t, true, end)) {
			terminal_fail(t, "the program takes no keys");
		}
	}
}

static const char *bytes_of(const char *name, size_t n)
{
	static const struct { const char *name, *bytes; } keys[] = {
		{ "Enter", "\r" }, { "Esc", "\033" }, { "Tab", "\t" }, { "S-Tab", "\033[Z" }, { "Space", " " }, { "Backspace", "\177" },
		{ "Up", "\033OA" }, { "Down", "\033OB" }, { "Right", "\033OC" }, { "Left", "\033OD" }, { "Home", "\033OH" }, { "End", "\033OF" },
		{ "PgUp", "\033[5~" }, { "PgDn", "\033[6~" }, { "Insert", "\033[2~" }, { "Delete", "\033[3~" }, { "F1", "\033OP" },
		{ "F2", "\033OQ" }, { "F3", "\033OR" }, { "F4", "\033OS" }, { "F5", "\033[15~" }, { "F10", "\033[21~" }, { "lt", "<" },
	};
	static char control[2];
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (strlen(keys[i].name) == n && !memcmp(keys[i].name, name, n))
			return keys[i].bytes;
	control[0] = (char)(name[1] & 0x1F);
	return n == 2 && name[0] == '^' ? control : NULL;
}

void terminal_type(struct terminal *t, const char *keys)
{
	while (*keys) {
		const char *end = *keys == '<' ? strchr(keys, '>') : NULL;
		const char *bytes = end ? bytes_of(keys + 1, (size_t)(end - keys) - 1) : NULL;
		if (bytes)
			terminal_bytes(t, bytes, strlen(bytes));
		else
			terminal_bytes(t, keys, 1);
		keys = bytes ? end + 1 : keys + 1;
	}
}

void terminal_paste(struct terminal *t, const char *text)
{
	terminal_bytes(t, "\033[200~", 6);
	terminal_bytes(t, text, strlen(text));
	terminal_bytes(t, "\033[201~", 6);
}

void terminal_click(struct terminal *t, int x, int y)
{
	char bytes[64];
	terminal_bytes(t, bytes, (size_t)snprintf(bytes, sizeof bytes, "\033[<0;%d;%dM\033[<0;%d;%dm", x + 1, y + 1, x + 1, y + 1));
}

void terminal_resize(struct terminal *t, int width, int height)
{
	struct winsize size = { .ws_row = (unsigned short)height, .ws_col = (unsigned short)width };
	take_output(t);
	t->resized = true; /* the emulator cuts the rows that are hidden, too */
	t->width = width;
	t->height = height;
	vterm_set_size(t->vt, height, width > 1 ? width : 2); /* a wide character in one column is written to nowhere */
	ioctl(t->master, TIOCSWINSZ, &size);
}

bool terminal_reached(struct terminal *t, bool idle)
{
	t->asked++;
	terminal_bytes(t, idle ? "\033[7001~" : "\033[7002~", 7);
	until(t, t->answered >= t->asked || !lives(t), "the barrier");
	return t->answered >= t->asked;
}

static void barrier(struct terminal *t, bool idle)
{
	if (!terminal_reached(t, idle))
		terminal_fail(t, "the program ended (status %d) before the barrier", t->status);
}

void terminal_sync(struct terminal *t)
{
	barrier(t, false);
}

void terminal_idle(struct terminal *t)
{
	barrier(t, true);
}

void terminal_do(struct terminal *t, const char *keys)
{
	terminal_type(t, keys);
	terminal_sync(t);
}

void terminal_held(struct terminal *t)
{
	until(t, t->held || !lives(t), "a held job");
	if (!t->held)
		terminal_fail(t, "the program ended before a job was held");
	t->held--;
	terminal_sync(t);
}

void terminal_release(struct terminal *t)
{
	char byte = 'g';
	if (write(t->hold, &byte, 1) != 1)
		terminal_fail(t, "nothing is held");
}

/* --- looking ---------------------------------------------------------------------------------- */

const char *terminal_row(struct terminal *t, int y)
{
	static char row[4096];
	VTermRect   rect = { .start_row = y, .end_row = y + 1, .start_col = 0, .end_col = t->width };
	size_t      n = vterm_screen_get_text(t->screen, row, sizeof row - 1, rect);
	n = n < sizeof row ? n : sizeof row - 1; /* it counts what did not fit, too */
	while (n && (row[n - 1] == ' ' || row[n - 1] == '\n'))
		n--;
	row[n] = '\0';
	return row;
}

const char *terminal_text(struct terminal *t)
{
	size_t n = 0, cap = (size_t)t->height * 4100 + 1;
	free(t->text);
	t->text = calloc(cap, 1);
	for (int y = 0; y < t->height; y++)
		n += (size_t)snprintf(t->text + n, cap - n, "%s\n", terminal_row(t, y));
	return t->text;
}

bool terminal_shows(struct terminal *t, const char *text)
{
	return strstr(terminal_text(t), text) != NULL;
}

int terminal_where(struct terminal *t, const char *text)
{
	for (int y = 0; y < t->height; y++)
		if (strstr(terminal_row(t, y), text))
			return y;
	return -1;
}

static VTermScreenCell cell(struct terminal *t, int x, int y)
{
	VTermScreenCell c = { 0 };
	vterm_screen_get_cell(t->screen, (VTermPos){ .row = y, .col = x }, &c);
	return c;
}

bool terminal_reverse(struct terminal *t, int x, int y)
{
	return cell(t, x, y).attrs.reverse;
}

bool terminal_coloured(struct terminal *t)
{
	for (int y = 0; y < t->height; y++)
		for (int x = 0; x < t->width; x++) {
			VTermScreenCell c = cell(t, x, y);
			if (!VTERM_COLOR_IS_DEFAULT_FG(&c.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&c.bg))
				return true;
		}
	return false;
}

bool terminal_alternate(const struct terminal *t)
{
	return t->alternate;
}

const char *terminal_title(const struct terminal *t)
{
	return t->title;
}

const char *terminal_copied(const struct terminal *t)
{
	return t->copied ? t->copied : "";
}

const char *terminal_stream(const struct terminal *t, size_t *n)
{
	*n = t->n;
	return t->stream;
}

/* --- ending ----------------------------------------------------------------------------------- */

int terminal_pid(const struct terminal *t)
{
	return (int)t->program;
}

void terminal_signal(struct terminal *t, int number)
{
	kill(t->program, number);
}

void terminal_stopped(struct terminal *t)
{
	until(t, t->stopped || !lives(t), "the program to stop");
	until(t, t->marked >= t->told, "its last byte");
}

/* As a shell's fg does it. */
void terminal_continue(struct terminal *t)
{
	char byte = 'c';
	t->stopped = false;
	if (write(t->reports, &byte, 1) != 1)
		terminal_fail(t, "the session's leader is gone");
}

void terminal_hang_up(struct terminal *t)
{
	close(t->master);
	t->master = -1;
}

bool terminal_runs(struct terminal *t)
{
	return !t->ended;
}

int terminal_end(struct terminal *t)
{
	until(t, t->ended, "the program to end");
	if (t->master >= 0)
		until(t, t->marked >= t->told, "its last byte");
	return t->status;
}

/* Which of the two came last in the stream. */
static bool last_is(const struct terminal *t, const char *on, const char *off)
{
	size_t n = strlen(on);
	for (size_t i = t->n; i-- > 0;) {
		if (i + n <= t->n && !memcmp(t->stream + i, on, n))
			return true;
		if (i + n <= t->n && !memcmp(t->stream + i, off, n))
			return false;
	}
	return false;
}

void terminal_clean(struct terminal *t)
{
	struct termios now;
	tcgetattr(t->master, &now);
	if (t->alternate)
		terminal_fail(t, "the alternate screen was not left");
	if (!t->cursor)
		terminal_fail(t, "the cursor is hidden");
	if (t->mouse)
		terminal_fail(t, "the mouse is still reported");
	if (last_is(t, "\033[?2004h", "\033[?2004l"))
		terminal_fail(t, "pasted text is still bracketed");
	if (now.c_iflag != t->before.c_iflag || now.c_oflag != t->before.c_oflag || now.c_lflag != t->before.c_lflag ||
	    now.c_cflag != t->before.c_cflag)
		terminal_fail(t, "the modes of the terminal differ: input %o, was %o; output %o, was %o; local %o, was %o; control %o, was %o",
		              (unsigned)now.c_iflag, (unsigned)t->before.c_iflag, (unsigned)now.c_oflag, (unsigned)t->before.c_oflag,
		              (unsigned)now.c_lflag, (unsigned)t->before.c_lflag, (unsigned)now.c_cflag, (unsigned)t->before.c_cflag);
	if (!t->resized && memmem(t->stream, t->n, "\033[?1049h", 8) && strcmp(terminal_row(t, 0), BEFORE) != 0)
		terminal_fail(t, "what was on the screen before is not there");
}
