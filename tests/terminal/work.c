/* Stories of work: a run seen and cancelled, leaving while it goes on. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "terminal/story.h"

static struct terminal *at_work(const char *stage)
{
	story_copy("raw.clv", "work.clv");
	struct terminal *t = story_start((struct terminal_ask){ .hold = stage }, "work.clv");
	terminal_type(t, "r");
	terminal_held(t);
	return t;
}

static void leave(struct terminal *t)
{
	terminal_type(t, "Q");
	terminal_must(t, terminal_end(t) == 0);
	terminal_clean(t);
	terminal_free(t);
}

static void run(void)
{
	struct terminal *t = at_work("fit");
	terminal_must(t, strstr(terminal_text(t), "fit"));
	terminal_do(t, "4");
	terminal_do(t, "1");
	terminal_release(t);
	terminal_idle(t);
	terminal_expect(t, "Where you stand");
	terminal_must(t, story_number("work.clv", "SELECT count(*) FROM mart_customer_value") > 0);
	leave(t);
}

static void cancel(const char *stage, const char *pane)
{
	struct terminal *t = at_work(stage);
	terminal_do(t, pane);
	terminal_type(t, "<^C>");
	terminal_idle(t);
	terminal_expect(t, "cancelled");
	terminal_must(t, story_number("work.clv", "SELECT count(*) FROM mart_customer_value") == 0);
	terminal_must(t, story_batch("-s work.clv doctor") == 0);
	leave(t);
}

static void cancel_early(void)
{
	cancel("features", "1");
}

static void cancel_late(void)
{
	cancel("score", "4");
}

static const struct story stories[] = {
	{ "a run from its key to its customers", run },
	{ "a run is cancelled at its first stage", cancel_early },
	{ "a run is cancelled from another pane", cancel_late },
	{ NULL, NULL },
};

const struct stories work_stories = { .name = "work", .story = stories };
