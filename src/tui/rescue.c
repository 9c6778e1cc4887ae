/* After a crash: what is written and called in a handler is safe there, and was made before. Ordinary leaving is the terminal's. */
#include "config.h"

#include "tui/rescue_priv.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

#include "tui/signals_priv.h"

#define SAID_MOST  ((off_t)1 << 14) /* of what was said, its end */
#define STACK_SIZE ((size_t)1 << 16)

/* There in builds with a sanitizer, whose reports end the process without a signal. */
extern void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

static const int crashes[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
#define CRASHES (sizeof crashes / sizeof crashes[0])

static const char last_words[] =
	"clv: stopped by a fault of its own; what was being written is rolled back when the store is opened next.\n"
	"     'clv --batch doctor' checks the store; what is printed here helps whoever mends the program.\n";

static struct sigaction before[CRASHES];
static struct termios   modes;
static bool             modes_known;
static char             bytes[512];
static size_t           count;
static int              screen = -1;  /* the terminal, kept for a crash */
static int              outside = -1; /* what fd 2 was */
static int              said = -1;    /* what fd 2 is meanwhile */
static atomic_bool      armed;
static char             stack[STACK_SIZE];
static bool             own_stack;

static void put(int fd, const char *s, size_t n)
{
	while (n) {
		ssize_t done = write(fd, s, n);
		if (done <= 0)
			return;
		s += done;
		n -= (size_t)done;
	}
}

/* What was said goes out with every control but the line's end taken away. */
static void tell(int to)
{
	char  part[512];
	off_t end = lseek(said, 0, SEEK_END), at = end > SAID_MOST ? end - SAID_MOST : 0;
	for (ssize_t n; at < end && (n = pread(said, part, sizeof part, at)) > 0; at += n) {
		for (ssize_t i = 0; i < n; i++)
			if ((unsigned char)part[i] < 0x20 && part[i] != '\n' && part[i] != '\t')
				part[i] = '?';
		put(to, part, (size_t)n);
	}
}

static void give_back(void)
{
	sigset_t kept;
	if (!atomic_exchange(&armed, false))
		return;
	signals_hold(&kept);
	put(screen, bytes, count);
	if (modes_known)
		tcsetattr(screen, TCSANOW, &modes);
	if (outside >= 0) {
		dup2(outside, STDERR_FILENO);
		tell(STDERR_FILENO);
	}
	put(STDERR_FILENO, last_words, sizeof last_words - 1);
	signals_release(&kept);
}

/* The signal comes again once this returns, and meets whoever was there before: the default, or a sanitizer. */
static void on_crash(int number)
{
	give_back();
	for (size_t i = 0; i < CRASHES; i++)
		if (crashes[i] == number)
			sigaction(number, &before[i], NULL);
	raise(number);
}

void rescue_begin(void)
{
	modes_known = !tcgetattr(STDIN_FILENO, &modes);
	screen = dup(STDOUT_FILENO);
	if (!isatty(STDERR_FILENO))
		return;
	fflush(stderr);
	said = memfd_create("clv-said", MFD_CLOEXEC);
	outside = said < 0 ? -1 : dup(STDERR_FILENO);
	if (outside >= 0)
		dup2(said, STDERR_FILENO);
}

static void take_stack(void)
{
	stack_t now, own = { .ss_sp = stack, .ss_size = sizeof stack };
	own_stack = !sigaltstack(NULL, &now) && (now.ss_flags & SS_DISABLE) && !sigaltstack(&own, NULL);
}

void rescue_arm(const char *s, size_t n)
{
	struct sigaction sa = { .sa_handler = on_crash, .sa_flags = SA_ONSTACK };
	count = n < sizeof bytes ? n : sizeof bytes;
	memcpy(bytes, s, count);
	take_stack();
	sigfillset(&sa.sa_mask);
	atomic_store(&armed, true);
	for (size_t i = 0; i < CRASHES; i++)
		sigaction(crashes[i], &sa, &before[i]);
	if (__sanitizer_set_death_callback)
		__sanitizer_set_death_callback(give_back);
}

static void stand_down(void)
{
	stack_t none = { .ss_flags = SS_DISABLE };
	for (size_t i = 0; i < CRASHES; i++)
		sigaction(crashes[i], &before[i], NULL);
	if (own_stack)
		sigaltstack(&none, NULL);
	own_stack = false;
}

static void take_said(struct str *out)
{
	char  text[SAID_MOST];
	off_t end = lseek(said, 0, SEEK_END), at = end > SAID_MOST ? end - SAID_MOST : 0;
	ssize_t n = pread(said, text, sizeof text, at);
	for (ssize_t i = 0, from = 0; i < n; i++)
		if (text[i] == '\n' || i + 1 == n) {
			str_add_visible(out, text + from, (size_t)(i + (text[i] != '\n') - from));
			str_add_char(out, '\n');
			from = i + 1;
		}
}

void rescue_end(struct str *out)
{
	if (atomic_exchange(&armed, false))
		stand_down();
	if (outside >= 0) {
		fflush(stderr);
		dup2(outside, STDERR_FILENO);
		take_said(out);
		close(outside);
	}
	if (said >= 0)
		close(said);
	if (screen >= 0)
		close(screen);
	outside = said = screen = -1;
}
