/* Stories of looking: the first screen, a store, panes, sizes, hostile data, a second person. */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "terminal/story.h"

static void leave(struct terminal *t)
{
	terminal_type(t, "<Esc><Esc>Q");
	terminal_must(t, terminal_end(t) == 0);
	terminal_clean(t);
	terminal_free(t);
}

static void first_run(void)
{
	struct terminal_ask ask = { .words = (const char *const[]){ NULL } };
	struct terminal    *t = story_start(ask, NULL);
	terminal_expect(t, "No data yet");
	terminal_must(t, terminal_alternate(t));
	leave(t);
	if (!access("clv.clv", F_OK)) {
		printf("# looking made a store\n");
		_exit(1);
	}
}

static void a_store(void)
{
	struct terminal *t = story_open("shop.clv");
	terminal_idle(t);
	terminal_expect(t, "Where you stand");
	terminal_expect(t, "? keys");
	leave(t);
}

static void every_pane(void)
{
	static const struct { const char *key, *shows; } panes[] = {
		{ "2", "Data" }, { "3", "Fit" }, { "4", "Customers" }, { "5", "Clusters" }, { "6", "Drift" }, { "8", "Runs" }, { "1", "Home" },
	};
	struct terminal *t = story_open("shop.clv");
	for (size_t i = 0; i < sizeof panes / sizeof panes[0]; i++) {
		terminal_type(t, panes[i].key);
		terminal_idle(t);
		terminal_must(t, strstr(terminal_row(t, 1), panes[i].shows));
		terminal_must(t, *terminal_row(t, 23));
	}
	leave(t);
}

static void sizes(void)
{
	static const struct { int width, height; } storm[] = {
		{ 1, 1 }, { 300, 100 }, { 2, 50 }, { 120, 40 }, { 200, 2 }, { 20, 5 }, { 40, 12 }, { 39, 11 }, { 79, 23 }, { 300, 1 }, { 1, 100 }, { 80, 24 },
	};
	struct terminal *t = story_open("shop.clv");
	for (int round = 0; round < 3; round++)
		for (size_t i = 0; i < sizeof storm / sizeof storm[0]; i++) {
			terminal_resize(t, storm[i].width, storm[i].height);
			if (round)
				terminal_sync(t);
			if (round == 2)
				terminal_type(t, i % 2 ? "4" : "1");
		}
	terminal_resize(t, 20, 5);
	terminal_sync(t);
	terminal_must(t, strstr(terminal_row(t, 0), "clv"));
	terminal_resize(t, 80, 24);
	terminal_type(t, "1");
	terminal_idle(t);
	terminal_must(t, strstr(terminal_row(t, 0), "Home"));
	terminal_must(t, strstr(terminal_row(t, 23), "? keys"));
	leave(t);
}

static void odd_input(void)
{
	struct terminal *t = story_open("shop.clv");
	terminal_bytes(t, "\033[I\033[O\033[99~\033[1;5P\033]0;evil\a\xff\xfe\xc3\x28\xe2\x82", 31);
	terminal_sync(t);
	terminal_paste(t, "qqq\nQ\n\033[201");
	terminal_sync(t);
	terminal_bytes(t, "\033[200~q", 7); /* a paste that never ends */
	terminal_sync(t);
	terminal_type(t, "<Esc><Esc>1");
	terminal_idle(t);
	terminal_expect(t, "Where you stand");
	leave(t);
}

static void hostile_cells(void)
{
	static const char *const panes[] = { "1", "2", "3", "4", "5", "6", "8" };
	struct terminal *t = story_open("hostile.clv");
	size_t           n;
	for (size_t i = 0; i < sizeof panes / sizeof panes[0]; i++) {
		terminal_type(t, panes[i]);
		terminal_idle(t);
		terminal_must(t, *terminal_row(t, 0) && *terminal_row(t, 23));
	}
	terminal_type(t, "4");
	terminal_idle(t);
	terminal_expect(t, "\\x1B");
	const char *stream = terminal_stream(t, &n);
	terminal_must(t, !memmem(stream, n, "\033]0;owned", 9) && !memmem(stream, n, "\xe2\x80\xae", 3) && !memmem(stream, n, "\xc2\x9b", 2));
	terminal_must(t, !strstr(terminal_title(t), "owned"));
	leave(t);
}

static void second_person(void)
{
	story_copy("raw.clv", "second.clv");
	struct terminal *one = story_start((struct terminal_ask){ .hold = "features" }, "second.clv");
	terminal_type(one, "r");
	terminal_held(one);
	struct terminal *two = story_open("second.clv");
	terminal_idle(two);
	terminal_type(two, "r");
	terminal_idle(two);
	terminal_must(two, terminal_shows(two, "pid") || terminal_shows(two, "read only") || terminal_shows(two, "writes"));
	leave(two);
	terminal_release(one);
	terminal_idle(one);
	leave(one);
}

static const struct story stories[] = {
	{ "the first run's screen", first_run },
	{ "a store is opened and left", a_store },
	{ "every pane by its key", every_pane },
	{ "a storm of sizes", sizes },
	{ "input that is none", odd_input },
	{ "hostile cells", hostile_cells },
	{ "a second person on the same store", second_person },
	{ NULL, NULL },
};

const struct stories look_stories = { .name = "look", .story = stories };
