/* Keys and acts as lists: everything that is bound can be done, everything that is hinted has help, nothing is bound twice. */
#include "config.h"

#include "bench.h"

#include "tui/acts_priv.h"
#include "tui/forms_priv.h"

static struct bench b;

static void start(void)
{
	bench_new(&b);
}

static void stop(void)
{
	bench_free(&b);
}

TestSuite(acts, .init = start, .fini = stop, .timeout = 300);

static bool named(const char *text)
{
	char   name[64];
	size_t n = strcspn(text, " ");
	snprintf(name, sizeof name, "%.*s", (int)n, text);
	return act_find(name) || command_find(name);
}

Test(acts, every_act_says_what_it_does)
{
	for (size_t i = 0; i < acts_count; i++) {
		cr_expect(acts[i]->about && *acts[i]->about && acts[i]->args && acts[i]->run, "%s", acts[i]->name);
		cr_expect(!acts[i]->min_args || *acts[i]->args, "%s", acts[i]->name);
		cr_expect(acts[i]->needs != NEEDS_CHANGE || acts[i]->can, "%s", acts[i]->name);
		for (size_t k = 0; k < i; k++)
			cr_expect(strcmp(acts[i]->name, acts[k]->name) != 0, "%s is there twice", acts[i]->name);
	}
}

Test(acts, no_act_hides_a_command_but_on_purpose)
{
	static const char *const both[] = { "export" };
	for (size_t i = 0; i < acts_count; i++)
		for (size_t k = 0; k < sizeof both / sizeof both[0]; k++)
			cr_expect(!command_find(acts[i]->name) || !strcmp(acts[i]->name, both[k]), "%s", acts[i]->name);
}

Test(acts, every_key_leads_somewhere)
{
	for (size_t i = 0; i < keys_count; i++) {
		cr_expect(named(keys[i].text), "%s: %s", keys[i].key, keys[i].text);
		cr_expect(!*keys[i].pane || pane_find(keys[i].pane), "%s", keys[i].pane);
		cr_expect(!*keys[i].hint || keys[i].rank > 0, "%s", keys[i].hint);
		for (size_t k = 0; k < i; k++)
			cr_expect(strcmp(keys[i].key, keys[k].key) || strcmp(keys[i].pane, keys[k].pane), "%s is bound twice", keys[i].key);
	}
}

Test(acts, every_pane_has_its_digit)
{
	for (size_t i = 0; i < panes_count; i++) {
		const struct key *k = key_find(panes[i], panes[i]->key);
		cr_assert_not_null(k, "%s", panes[i]->id);
		cr_expect(!strncmp(k->text, "pane ", 5) && !strcmp(k->text + 5, panes[i]->id), "%s", k->text);
	}
}

/* What the row of keys says can be pressed, does something: a word in the status row, another screen, or an overlay. */
static void press_hints(const char *pane)
{
	const struct pane *p = pane_find(pane);
	const char        *why;
	for (size_t i = 0; i < keys_count; i++) {
		if (!*keys[i].hint || key_find(p, keys[i].key) != &keys[i] || !strcmp(keys[i].text, "run") || !strcmp(keys[i].text, "demo"))
			continue;
		workbench_close(b.w);
		bench_open(&b, pane);
		if (!workbench_can(b.w, keys[i].text, &why))
			continue;
		const char *before = bench_text(&b);
		workbench_key(b.w, keys[i].key);
		bench_settle(&b);
		const char *after = bench_text(&b);
		bool        changed = strcmp(before, after) != 0 || workbench_left(b.w) || !strncmp(keys[i].text, "part", 4);
		cr_expect(changed, "the key %s on %s is dead:\n%s", keys[i].key, pane, after);
	}
}

Test(acts, no_hint_is_dead_without_data)
{
	for (size_t i = 0; i < panes_count; i++)
		press_hints(panes[i]->id);
}

Test(acts, no_hint_is_dead_with_data)
{
	bench_shop(&b, 60);
	for (size_t i = 0; i < panes_count; i++)
		press_hints(panes[i]->id);
}

Test(acts, wrong_words_are_told)
{
	bench_do(&b, "pane nowhere");
	expect_screen(&b, "there is no pane 'nowhere'");
	bench_do(&b, "zoom in now");
	expect_screen(&b, "zoom does not take");
	bench_do(&b, "move down");
	expect_screen(&b, "move: there are no rows here");
	bench_do(&b, "'");
	expect_screen(&b, "CMD-102");
}
