/* Stories of work: a run seen and cancelled, leaving while it goes on, files, filters, decisions. */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

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
	for (int i = 0; i < 4; i++)
		terminal_do(t, "<Esc>");
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

static void import(void)
{
	story_copy("shop.csv", "new.csv");
	struct terminal_ask ask = { .words = (const char *const[]){ "-s", "made.clv", "new.csv", NULL } };
	struct terminal    *t = story_start(ask, NULL);
	terminal_idle(t);
	terminal_expect(t, "what the file says");
	terminal_expect(t, "nothing is stored yet");
	terminal_type(t, "<F2>");
	terminal_idle(t);
	terminal_must(t, story_number("made.clv", "SELECT accepted FROM raw_file") == 900);
	leave(t);
}

static void import_left(void)
{
	struct terminal_ask ask = { .words = (const char *const[]){ "-s", "unmade.clv", "shop.csv", NULL } };
	struct terminal    *t = story_start(ask, NULL);
	terminal_idle(t);
	terminal_expect(t, "what the file says");
	terminal_type(t, "<Esc>");
	terminal_idle(t);
	terminal_must(t, access("unmade.clv", F_OK) != 0);
	leave(t);
}

static void filter(void)
{
	struct terminal *t = story_open("demo.clv");
	terminal_do(t, "4");
	terminal_do(t, "f");
	terminal_do(t, "clv>500 p<lt>.3");
	terminal_type(t, "<Enter>");
	terminal_idle(t);
	terminal_expect(t, "filter: clv>500 p<.3");
	terminal_type(t, "\\");
	terminal_idle(t);
	terminal_must(t, !terminal_shows(t, "filter: clv>500"));
	leave(t);
}

/* What is typed into a prompt is text: q does not leave, ? is no help, 1 is no pane. */
static void prompt(void)
{
	struct terminal *t = story_open("demo.clv");
	terminal_do(t, "4");
	terminal_do(t, "f");
	terminal_type(t, "q?1");
	terminal_idle(t);
	terminal_expect(t, "q?1");
	terminal_must(t, strstr(terminal_row(t, 1), "Customers"));
	terminal_do(t, "<Esc>");
	leave(t);
}

static struct terminal *at_form(const char *store, const char *key)
{
	story_copy("demo.clv", store);
	struct terminal *t = story_open(store);
	terminal_do(t, "6");
	terminal_idle(t);
	terminal_type(t, key);
	terminal_idle(t);
	return t;
}

static void approve(void)
{
	struct terminal *t = at_form("yes.clv", "A");
	terminal_expect(t, "Approve review 1");
	terminal_type(t, "M. Ito<Tab>The shop has changed for good<Tab>2<Enter>");
	terminal_idle(t);
	terminal_must(t, terminal_shows(t, "Approve review 1")); /* Enter signs nothing */
	terminal_type(t, "<F2>");
	terminal_idle(t);
	terminal_expect(t, "approved");
	terminal_must(t, story_batch("-s yes.clv audit verify") == 0);
	terminal_expect(t, "M. Ito");
	terminal_type(t, "8");
	terminal_idle(t);
	terminal_must(t, strstr(terminal_row(t, 1), "Runs"));
	leave(t);
}

static void not_approved(void)
{
	struct terminal *t = at_form("open.clv", "A");
	terminal_type(t, "M. Ito<Tab>The shop has changed for good<Tab>2<Esc><Esc>");
	terminal_idle(t);
	terminal_expect(t, "open since");
	leave(t);
	terminal_must(t, story_batch("-s open.clv audit verify") == 0);
}

static void decline(void)
{
	struct terminal *t = at_form("no.clv", "D");
	terminal_expect(t, "Decline review 1");
	terminal_type(t, "M. Ito<Tab>A campaign, not a change<Tab>2<F2>");
	terminal_idle(t);
	terminal_expect(t, "declined");
	leave(t);
	terminal_must(t, story_batch("-s no.clv audit verify") == 0);
}

/* Rows set aside at a terminal: treated with another date format, a mended row, the rest of a reason discarded. */
static void set_aside(void)
{
	story_copy("aside.clv", "rows.clv");
	struct terminal *t = story_open("rows.clv");
	terminal_type(t, "2");
	terminal_idle(t);
	terminal_expect(t, "Why rows were set aside");
	terminal_type(t, "<Tab><Tab>t");
	terminal_idle(t);
	terminal_expect(t, "would be released 0, still set aside 3");
	terminal_type(t, "DD.MM.YYYY<F5>");
	terminal_idle(t);
	terminal_expect(t, "would be released 2, still set aside 1");
	terminal_must(t, story_number("rows.clv", "SELECT count(at) FROM quar_row") == 0);
	terminal_type(t, "<Tab><Tab><Tab><Tab>M. Ito<Tab>dates of the south<F2>");
	terminal_idle(t);
	terminal_expect(t, "released 2, still set aside 1");
	terminal_must(t, story_number("rows.clv", "SELECT count(at) FROM quar_row") == 2);
	terminal_type(t, "D");
	terminal_idle(t);
	terminal_expect(t, "Discard all open rows: bad-date");
	terminal_type(t, "M. Ito<Tab>typed by hand<F2>");
	terminal_idle(t);
	terminal_expect(t, "discarded 1");
	terminal_type(t, "@");
	terminal_idle(t);
	terminal_expect(t, "quarantine discard --code bad-date");
	terminal_type(t, "<Esc>");
	leave(t);
	terminal_must(t, story_batch("-s rows.clv audit verify") == 0);
	terminal_must(t, story_number("rows.clv", "SELECT read_rows - accepted - quarantined - duplicate - blank FROM raw_file") == 0);
}

static void leave_at_work(void)
{
	struct terminal *t = at_work("features");
	terminal_do(t, "Q");
	terminal_must(t, terminal_runs(t));
	terminal_must(t, terminal_alternate(t));
	terminal_do(t, "<Esc>");
	terminal_release(t);
	terminal_idle(t);
	leave(t);
}

static const struct story stories[] = {
	{ "a run from its key to its customers", run },
	{ "a run is cancelled at its first stage", cancel_early },
	{ "a run is cancelled from another pane", cancel_late },
	{ "leaving asks while a job is at work", leave_at_work },
	{ "a file is imported", import },
	{ "an import that is left keeps nothing", import_left },
	{ "a filter, and back", filter },
	{ "a prompt owns the keyboard", prompt },
	{ "a review is approved", approve },
	{ "a form that is left writes nothing", not_approved },
	{ "a review is declined", decline },
	{ "rows set aside are treated, released and discarded", set_aside },
	{ NULL, NULL },
};

const struct stories work_stories = { .name = "work", .story = stories };
