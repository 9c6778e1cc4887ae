/* Stories of leaving: by a key, by signals, with a job at work, by a fault, by the terminal going away. */
#include "config.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "terminal/story.h"

#define TALL 90 /* rows: a sanitizer's report must not push the old ones out */

/* A run that is held where its stage `features` begins, inside of its transaction. */
static struct terminal *at_work(void)
{
	story_copy("raw.clv", "work.clv");
	struct terminal *t = story_start((struct terminal_ask){ .hold = "features", .height = TALL }, "work.clv");
	terminal_type(t, "r");
	terminal_held(t);
	return t;
}

/* The store is sound, and nothing of the stage that was broken off is in it. */
static void nothing_kept(struct terminal *t)
{
	terminal_must(t, story_batch("-s work.clv doctor") == 0);
	terminal_must(t, story_number("work.clv", "SELECT count(*) FROM feat_customer") == 0);
}

static void by_key(void)
{
	struct terminal *t = story_open("shop.clv");
	terminal_type(t, "4Q");
	terminal_must(t, terminal_end(t) == 0);
	terminal_clean(t);
	terminal_free(t);
}

static void by_signal(int number)
{
	struct terminal *t = story_open("shop.clv");
	terminal_signal(t, number);
	terminal_must(t, terminal_end(t) == 128 + number);
	terminal_clean(t);
	terminal_free(t);
}

static void term(void)
{
	by_signal(SIGTERM);
}

static void hup(void)
{
	by_signal(SIGHUP);
}

static void interrupt(void)
{
	by_signal(SIGINT);
}

static void quit(void)
{
	by_signal(SIGQUIT);
}

static void term_at_work(void)
{
	struct terminal *t = at_work();
	terminal_signal(t, SIGTERM);
	terminal_must(t, terminal_end(t) == 128 + SIGTERM);
	terminal_clean(t);
	nothing_kept(t);
	terminal_free(t);
}

static void fault(int number)
{
	struct terminal *t = story_start((struct terminal_ask){ .height = TALL }, "shop.clv");
	terminal_signal(t, number);
	terminal_must(t, terminal_end(t) != 0);
	terminal_clean(t);
	terminal_expect(t, "clv: stopped by a fault of its own");
	terminal_free(t);
}

static void segv(void)
{
	fault(SIGSEGV);
}

static void abrt(void)
{
	fault(SIGABRT);
}

static void bus(void)
{
	fault(SIGBUS);
}

static void crash_at_work(void)
{
	struct terminal *t = at_work();
	terminal_signal(t, SIGSEGV);
	terminal_must(t, terminal_end(t) != 0);
	terminal_clean(t);
	nothing_kept(t);
	terminal_free(t);
}

static void killed_at_work(void)
{
	struct terminal *t = at_work();
	terminal_signal(t, SIGKILL);
	terminal_must(t, terminal_end(t) == 128 + SIGKILL);
	nothing_kept(t);
	terminal_free(t);
}

static void stopped_and_gone_on(void)
{
	struct terminal *t = story_open("shop.clv");
	for (int i = 0; i < 3; i++) {
		if (i == 1)
			terminal_signal(t, SIGTSTP);
		else
			terminal_type(t, "<^Z>");
		terminal_stopped(t);
		terminal_clean(t);
		if (i == 2)
			terminal_resize(t, 100, 30);
		terminal_continue(t);
		terminal_do(t, "4");
		terminal_idle(t);
		terminal_must(t, terminal_alternate(t));
		terminal_expect(t, "Customers");
		terminal_must(t, *terminal_row(t, i == 2 ? 29 : 23));
	}
	terminal_type(t, "Q");
	terminal_must(t, terminal_end(t) == 0);
	terminal_clean(t);
	terminal_free(t);
}

static void stopped_from_outside(void)
{
	struct terminal *t = story_open("shop.clv");
	terminal_signal(t, SIGSTOP);
	terminal_stopped(t);
	terminal_continue(t);
	terminal_do(t, "4");
	terminal_expect(t, "Customers");
	terminal_type(t, "Q");
	terminal_must(t, terminal_end(t) == 0);
	terminal_clean(t);
	terminal_free(t);
}

/* The shell has the terminal when the signal is dealt with: giving it back must not stop the program once more. */
static void term_in_the_background(void)
{
	struct terminal *t = story_open("shop.clv");
	terminal_signal(t, SIGSTOP);
	terminal_stopped(t);
	struct pollfd ends = { .fd = (int)syscall(SYS_pidfd_open, terminal_pid(t), 0), .events = POLLIN };
	terminal_signal(t, SIGTERM);
	terminal_signal(t, SIGCONT);
	terminal_must(t, poll(&ends, 1, 20000) == 1);
	close(ends.fd);
	terminal_continue(t); /* for its parent, who asks what became of it */
	terminal_must(t, terminal_end(t) == 128 + SIGTERM);
	terminal_clean(t);
	terminal_free(t);
}

static void terminal_goes(void)
{
	struct terminal *t = story_open("shop.clv");
	terminal_hang_up(t);
	terminal_must(t, terminal_end(t) == 128 + SIGHUP);
	terminal_free(t);
}

static void terminal_goes_at_work(void)
{
	struct terminal *t = at_work();
	terminal_hang_up(t);
	terminal_must(t, terminal_end(t) == 128 + SIGHUP);
	nothing_kept(t);
	terminal_free(t);
}

static const struct story stories[] = {
	{ "by a key", by_key },
	{ "TERM", term },
	{ "HUP", hup },
	{ "INT", interrupt },
	{ "QUIT", quit },
	{ "TERM with a job at work", term_at_work },
	{ "SEGV", segv },
	{ "ABRT", abrt },
	{ "BUS", bus },
	{ "SEGV with a job at work", crash_at_work },
	{ "KILL with a job at work", killed_at_work },
	{ "stopped and gone on", stopped_and_gone_on },
	{ "stopped from outside", stopped_from_outside },
	{ "TERM in the background", term_in_the_background },
	{ "the terminal goes away", terminal_goes },
	{ "the terminal goes away with a job at work", terminal_goes_at_work },
	{ NULL, NULL },
};

const struct stories leave_stories = { .name = "leave", .story = stories };
