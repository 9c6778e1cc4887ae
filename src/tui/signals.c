/* Signals of the workbench: handlers set a flag and wake the loop, which does the rest. Crashes are rescue.c's. */
#include "config.h"

#include "tui/signals_priv.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

static const int caught[] = { SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH, SIGPIPE };
#define CAUGHT (sizeof caught / sizeof caught[0])

static struct sigaction      before[CAUGHT];
static int                   wake = -1;
static volatile sig_atomic_t ending, resized, stop_asked, continued;

static void on_signal(int number)
{
	uint64_t one = 1;
	int      kept = errno;
	if (number == SIGWINCH)
		resized = 1;
	else if (number == SIGCONT)
		continued = 1;
	else if (number == SIGTSTP)
		stop_asked = 1;
	else if (!ending)
		ending = number;
	ssize_t said = write(wake, &one, sizeof one);
	(void)said; /* a full counter is readable, too */
	errno = kept;
}

enum rc signals_open(void)
{
	struct sigaction sa = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
	wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (wake < 0)
		return err_set(RC_IO, "CMD-182", "the system gives no descriptor: %s", strerror(errno));
	ending = 0;
	stop_asked = 0;
	resized = 0;
	continued = 0;
	sigfillset(&sa.sa_mask);
	for (size_t i = 0; i < CAUGHT; i++) {
		sa.sa_handler = caught[i] == SIGPIPE ? SIG_IGN : on_signal;
		sigaction(caught[i], &sa, &before[i]);
	}
	return RC_OK;
}

void signals_close(void)
{
	if (wake < 0)
		return;
	for (size_t i = 0; i < CAUGHT; i++)
		sigaction(caught[i], &before[i], NULL);
	close(wake);
	wake = -1;
}

int signals_fd(void)
{
	return wake;
}

void signals_take(void)
{
	uint64_t count;
	ssize_t  said = read(wake, &count, sizeof count);
	(void)said;
}

int signals_ending(void)
{
	return ending;
}

static bool take(volatile sig_atomic_t *flag)
{
	bool was = *flag != 0;
	*flag = 0;
	return was;
}

bool signals_take_resize(void)
{
	return take(&resized);
}

bool signals_take_stop(void)
{
	return take(&stop_asked);
}

bool signals_take_continue(void)
{
	return take(&continued);
}

/* Whoever changes a terminal's modes out of the background is stopped, unless the signal is blocked: then the system lets it. */
void signals_hold(sigset_t *before_it)
{
	sigset_t both;
	sigemptyset(&both);
	sigaddset(&both, SIGTTOU);
	sigaddset(&both, SIGTTIN);
	pthread_sigmask(SIG_BLOCK, &both, before_it);
}

void signals_release(const sigset_t *before_it)
{
	pthread_sigmask(SIG_SETMASK, before_it, NULL);
}

/* By the default action, so that a group without a shell is not stopped for ever: the system then ignores it. */
void signals_stop(void)
{
	struct sigaction plain = { .sa_handler = SIG_DFL }, own;
	sigemptyset(&plain.sa_mask);
	sigaction(SIGTSTP, &plain, &own);
	raise(SIGTSTP);
	sigaction(SIGTSTP, &own, NULL);
}
