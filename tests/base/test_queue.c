/* Queues between two threads: order, bounds, closing, the wake-up descriptor; signals stay out of threads. */
#include "config.h"

#include <criterion/criterion.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/queue.h"

#define ITEMS 100000

static bool readable(const struct queue *q)
{
	struct pollfd p = { .fd = queue_wake_fd(q), .events = POLLIN };

	return poll(&p, 1, 0) == 1;
}

static void push_all(void *arg)
{
	struct queue *q = arg;

	for (uintptr_t i = 1; i <= ITEMS; i++)
		if (!queue_push(q, (void *)i))
			return;
	queue_close(q);
}

Test(queue, order_holds_between_threads)
{
	struct queue *q = queue_new(7);
	struct thread *t = thread_start(push_all, q);
	uintptr_t want = 1;

	for (void *item; (item = queue_pop(q)); want++)
		cr_assert_eq((uintptr_t)item, want);
	cr_assert_eq(want, ITEMS + 1);
	thread_join(t);
	queue_free(q);
}

Test(queue, a_poller_misses_nothing)
{
	struct queue *q = queue_new(3);
	struct thread *t = thread_start(push_all, q);
	struct pollfd p = { .fd = queue_wake_fd(q), .events = POLLIN };
	uintptr_t want = 1;

	while (want <= ITEMS) {
		cr_assert_eq(poll(&p, 1, 10000), 1, "nothing came for ten seconds");
		for (void *item; (item = queue_try_pop(q)); want++)
			cr_assert_eq((uintptr_t)item, want);
	}
	thread_join(t);
	queue_free(q);
}

Test(queue, the_descriptor_follows_the_items)
{
	struct queue *q = queue_new(2);
	int x;

	cr_assert_not(readable(q));
	cr_assert(queue_push(q, &x));
	cr_assert(queue_push(q, &x));
	cr_assert(readable(q));
	cr_assert_eq(queue_try_pop(q), &x);
	cr_assert(readable(q));
	cr_assert_eq(queue_pop(q), &x);
	cr_assert_not(readable(q));
	cr_assert_null(queue_try_pop(q));
	queue_close(q);
	cr_assert(readable(q), "the end is something to see");
	queue_free(q);
}

Test(queue, closed_gives_what_is_left_and_takes_nothing)
{
	struct queue *q = queue_new(2);
	int a, b;

	queue_push(q, &a);
	queue_push(q, &b);
	queue_close(q);
	queue_close(q);
	cr_assert_not(queue_push(q, &a));
	cr_assert_eq(queue_pop(q), &a);
	cr_assert(readable(q));
	cr_assert_eq(queue_pop(q), &b);
	cr_assert_null(queue_pop(q));
	cr_assert(readable(q));
	cr_assert_null(queue_try_pop(q));
	queue_free(q);
	queue_free(NULL);
}

struct blocked { struct queue *q; bool pushed; void *popped; };

static void block_in_push(void *arg)
{
	struct blocked *b = arg;

	b->pushed = queue_push(b->q, b);
}

static void block_in_pop(void *arg)
{
	struct blocked *b = arg;

	b->popped = queue_pop(b->q);
}

Test(queue, close_wakes_whoever_waits, .timeout = 20)
{
	struct blocked full = { .q = queue_new(1), .pushed = true }, empty = { .q = queue_new(1), .popped = &full };
	struct thread *t[2];

	queue_push(full.q, &full);
	t[0] = thread_start(block_in_push, &full);
	t[1] = thread_start(block_in_pop, &empty);
	queue_close(full.q);
	queue_close(empty.q);
	thread_join(t[0]);
	thread_join(t[1]);
	cr_assert_not(full.pushed);
	cr_assert_null(empty.popped);
	queue_free(full.q);
	queue_free(empty.q);
}

static void read_mask(void *arg)
{
	sigset_t *mask = arg;

	sigprocmask(SIG_SETMASK, NULL, mask);
}

Test(queue, signals_stay_out_of_threads)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGPIPE, SIGHUP, SIGWINCH, SIGALRM, SIGCHLD };
	sigset_t inside, before, after;

	sigprocmask(SIG_SETMASK, NULL, &before);
	thread_join(thread_start(read_mask, &inside));
	sigprocmask(SIG_SETMASK, NULL, &after);
	for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
		cr_assert(sigismember(&inside, signals[i]));
		cr_assert_eq(sigismember(&before, signals[i]), sigismember(&after, signals[i]));
	}
	thread_join(NULL);
}
