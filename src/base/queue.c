/* Queues between threads, and the threads themselves. The eventfd holds 1 while there is something to see for
 * whoever polls (an item, or the end) and 0 otherwise; it is changed under the lock, with the items. */
#include "config.h"

#include "base/queue.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/mem.h"

struct queue {
	pthread_mutex_t lock;
	pthread_cond_t  not_full, not_empty;
	void          **item;            /* a ring */
	size_t          first, n, capacity;
	bool            closed;
	int             wake;
};

struct thread {
	pthread_t id;
	void    (*fn)(void *);
	void     *arg;
};

/* The calls below fail only when they are used wrongly. */
static void must(int failed)
{
	if (failed)
		abort();
}

static void wake_set(struct queue *q)
{
	uint64_t one = 1;

	must(write(q->wake, &one, sizeof one) != (ssize_t)sizeof one);
}

static void wake_clear(struct queue *q)
{
	uint64_t count;

	must(read(q->wake, &count, sizeof count) != (ssize_t)sizeof count);
}

struct queue *queue_new(size_t capacity)
{
	int wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	struct queue *q;

	assert(capacity > 0);
	if (wake < 0)
		return NULL;
	q = mem_new(1, sizeof *q);
	q->item = mem_new(capacity, sizeof *q->item);
	q->capacity = capacity;
	q->wake = wake;
	must(pthread_mutex_init(&q->lock, NULL));
	must(pthread_cond_init(&q->not_full, NULL));
	must(pthread_cond_init(&q->not_empty, NULL));
	return q;
}

void queue_free(struct queue *q)
{
	if (!q)
		return;
	must(pthread_cond_destroy(&q->not_empty));
	must(pthread_cond_destroy(&q->not_full));
	must(pthread_mutex_destroy(&q->lock));
	close(q->wake);
	free(q->item);
	free(q);
}

bool queue_push(struct queue *q, void *item)
{
	bool pushed;

	assert(item);
	must(pthread_mutex_lock(&q->lock));
	while (q->n == q->capacity && !q->closed)
		must(pthread_cond_wait(&q->not_full, &q->lock));
	pushed = !q->closed;
	if (pushed) {
		q->item[(q->first + q->n) % q->capacity] = item;
		if (q->n++ == 0)
			wake_set(q);
		must(pthread_cond_signal(&q->not_empty));
	}
	must(pthread_mutex_unlock(&q->lock));
	return pushed;
}

/* With the lock held. NULL when empty. */
static void *take_first(struct queue *q)
{
	void *item;

	if (q->n == 0)
		return NULL;
	item = q->item[q->first];
	q->first = (q->first + 1) % q->capacity;
	if (--q->n == 0 && !q->closed)
		wake_clear(q);
	must(pthread_cond_signal(&q->not_full));
	return item;
}

void *queue_pop(struct queue *q)
{
	void *item;

	must(pthread_mutex_lock(&q->lock));
	while (q->n == 0 && !q->closed)
		must(pthread_cond_wait(&q->not_empty, &q->lock));
	item = take_first(q);
	must(pthread_mutex_unlock(&q->lock));
	return item;
}

void *queue_try_pop(struct queue *q)
{
	void *item;

	must(pthread_mutex_lock(&q->lock));
	item = take_first(q);
	must(pthread_mutex_unlock(&q->lock));
	return item;
}

void queue_close(struct queue *q)
{
	must(pthread_mutex_lock(&q->lock));
	if (!q->closed) {
		q->closed = true;
		if (q->n == 0)
			wake_set(q);
		must(pthread_cond_broadcast(&q->not_empty));
		must(pthread_cond_broadcast(&q->not_full));
	}
	must(pthread_mutex_unlock(&q->lock));
}

int queue_wake_fd(const struct queue *q)
{
	return q->wake;
}

static void *run_thread(void *p)
{
	struct thread *t = p;

	t->fn(t->arg);
	return NULL;
}

struct thread *thread_start(void (*fn)(void *), void *arg)
{
	static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
	struct thread *t = mem_new(1, sizeof *t);
	sigset_t all, before;
	int failed;

	t->fn = fn;
	t->arg = arg;
	/* A thread inherits the mask of its maker: signals stay with the threads that want them. A fault is the thread's own: blocked, it
	 * would end the process past every handler. */
	sigfillset(&all);
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
		sigdelset(&all, faults[i]);
	must(pthread_sigmask(SIG_SETMASK, &all, &before));
	failed = pthread_create(&t->id, NULL, run_thread, t);
	must(pthread_sigmask(SIG_SETMASK, &before, NULL));
	if (failed) {
		free(t);
		return NULL;
	}
	return t;
}

void thread_join(struct thread *t)
{
	if (!t)
		return;
	must(pthread_join(t->id, NULL));
	free(t);
}
