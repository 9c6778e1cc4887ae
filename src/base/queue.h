/* A bounded queue between threads, the one place where threads are started and joined, and a wake-up
 * descriptor for a loop that waits in poll(). Items are pointers that change owner when pushed. */
#ifndef CLV_BASE_QUEUE_H
#define CLV_BASE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>

struct queue;

struct queue *queue_new(size_t capacity);         /* NULL when the system gives no descriptor */
void          queue_free(struct queue *q);        /* the queue must be empty or its items not owned by it */
bool          queue_push(struct queue *q, void *item); /* item not NULL; blocks while full; false once closed (the item stays yours) */
void         *queue_pop(struct queue *q);         /* blocks while empty; NULL once closed and empty */
void         *queue_try_pop(struct queue *q);     /* NULL when empty */
void          queue_close(struct queue *q);       /* wakes everyone; idempotent */
int           queue_wake_fd(const struct queue *q); /* an eventfd, readable while items wait and once closed; poll it, never read it */

struct thread;

/* Start a thread that runs fn(arg). NULL when the system gives none. All signals but those of faults are blocked in it. */
struct thread *thread_start(void (*fn)(void *), void *arg);
void           thread_join(struct thread *t);     /* waits and frees; NULL allowed */

#endif
