/* A workbench on a store of its own: keys pressed, results waited for in poll(), the screen as text. */
#ifndef CLV_TESTS_BENCH_H
#define CLV_TESTS_BENCH_H

#include "../kit/scratch.h"

#include <poll.h>

#include "base/file.h"
#include "base/str.h"
#include "pipeline/runner.h"
#include "tui/workbench.h"
#include "tui/workbench_priv.h"

struct bench {
	struct scratch    scratch;
	struct arena     *arena;
	struct screen_ask ask;
	struct workbench *w;
};

/* Wait until nothing is read and no job is at work. */
static inline void bench_settle(struct bench *b)
{
	while (workbench_take(b->w), workbench_busy(b->w) || !workbench_settled(b->w)) {
		struct pollfd fd[] = { { .fd = workbench_reader_fd(b->w), .events = POLLIN }, { .fd = workbench_worker_fd(b->w), .events = POLLIN } };
		cr_assert_gt(poll(fd, 2, 30000), 0, "nothing came");
	}
}

static inline void bench_open(struct bench *b, const char *pane)
{
	b->ask.pane = pane;
	cr_assert_eq(workbench_open(&b->ask, &b->w), RC_OK, "%s", err_get()->why);
	bench_settle(b);
}

/* A workbench on a store that is not there. */
static inline void bench_new(struct bench *b)
{
	setenv("CLV_TEST", "1", 1);
	setenv("CLV_NOW", "2026-11-20T12:00:00Z", 1);
	*b = (struct bench){ .scratch = scratch_new(), .arena = arena_new() };
	b->ask = (struct screen_ask){ .arena = b->arena, .store_path = b->scratch.store, .settings = settings_new(runner_settings()) };
	bench_open(b, NULL);
}

static inline void bench_free(struct bench *b)
{
	workbench_close(b->w);
	settings_free(b->ask.settings);
	arena_free(b->arena);
	scratch_free(&b->scratch);
}

/* Keys, a blank between two; what they ask for is waited for. */
static inline void bench_keys(struct bench *b, const char *keys)
{
	char key[32];
	for (int n; sscanf(keys, " %31s%n", key, &n) == 1; keys += n) {
		workbench_key(b->w, key);
		bench_settle(b);
	}
}

/* A text, letter by letter, as fast as it comes. */
static inline void bench_type(struct bench *b, const char *text)
{
	for (; *text; text++)
		workbench_key(b->w, *text == ' ' ? "Space" : (char[]){ *text, 0 });
	bench_settle(b);
}

static inline void bench_do(struct bench *b, const char *text)
{
	workbench_do(b->w, text);
	bench_settle(b);
}

static inline const char *bench_text(struct bench *b)
{
	struct str t = {0};
	grid_text(workbench_draw(b->w), &t);
	const char *text = arena_text(b->arena, t.s);
	str_clear(&t);
	return text;
}

#define expect_screen(b, part) do { \
	const char *screen_ = bench_text(b); \
	cr_expect(strstr(screen_, part), "'%s' is not on the screen:\n%s", part, screen_); \
} while (0)
#define expect_no_screen(b, part) do { \
	const char *screen_ = bench_text(b); \
	cr_expect(!strstr(screen_, part), "'%s' is on the screen:\n%s", part, screen_); \
} while (0)

/* A log of 3 rows each of `customers` customers over four months. */
static inline void bench_shop(struct bench *b, int customers)
{
	struct str t = {0};
	str_add(&t, "customer_id,order_date,revenue\n");
	for (int i = 0; i < customers * 3; i++)
		str_addf(&t, "G%04d,2025-%02d-%02d,%d.50\n", i / 3, 1 + i % 3 * 4, 1 + i % 27, 10 + i % 17);
	const char *file = scratch_file(&b->scratch, "orders.csv", t.s);
	str_clear(&t);
	str_addf(&t, "run %s", file);
	bench_do(b, t.s);
	str_clear(&t);
}

#endif
