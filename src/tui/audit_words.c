/* Entries of the audit chain in words: a phrase for each kind. Reads nothing but the payload it is given. */
#include "config.h"

#include "tui/audit_words_priv.h"

#include <string.h>

#include "base/json.h"
#include "base/rc.h"
#include "base/str.h"
#include "view/number.h"

static const char *text(const struct js *o, const char *key)
{
	const char *t = js_text_of(js_get(o, key));
	return t ? t : "";
}

static long long whole(const struct js *o, const char *key)
{
	return (long long)js_int_of(js_get(o, key));
}

static bool is(const struct js *o, const char *key, const char *value)
{
	return !strcmp(text(o, key), value);
}

static void say_import(struct str *t, const struct js *o, const char *actor)
{
	struct number n, m;
	if (is(o, "action", "replace-range")) {
		str_addf(t, "%s rows of %s to %s gave way to those of %s, by %s \"%s\"", number_count(&n, (double)whole(o, "rows")), text(o, "from"), text(o, "to"),
		         text(o, "name"), actor, text(o, "why"));
		return;
	}
	if (is(o, "status", "aside"))
		str_addf(t, "%s set aside whole: %s", text(o, "file"), text(o, "why"));
	else if (is(o, "status", "accepted"))
		str_addf(t, "%s accepted, %s rows, %s set aside", text(o, "file"), number_count(&n, (double)whole(o, "accepted")),
		         number_count(&m, (double)whole(o, "quarantined")));
	else
		str_addf(t, "%s %s: none of its %s rows counts", text(o, "file"), text(o, "status"), number_count(&n, (double)whole(o, "read")));
}

static void say_run(struct str *t, const struct js *o, const char *actor)
{
	(void)actor;
	str_addf(t, "run %lld done as of %s, %s", whole(o, "run_id"), text(o, "as_of"), js_bool_of(js_get(o, "live")) ? "live" : "not live");
}

static void say_review(struct str *t, const struct js *o, const char *actor)
{
	(void)actor;
	if (is(o, "state", "candidate"))
		str_addf(t, "review %lld has a candidate, set %lld", whole(o, "review_id"), whole(o, "set_id"));
	else
		str_addf(t, "review %lld %s: %s", whole(o, "review_id"), is(o, "state", "open") ? "opened" : text(o, "state"), text(o, "reason"));
}

static void say_decision(struct str *t, const struct js *o, const char *actor)
{
	str_addf(t, "review %lld %s by %s \"%s\"", whole(o, "review_id"), text(o, "decision"), actor, text(o, "reason"));
	if (*text(o, "until"))
		str_addf(t, " until %s", text(o, "until"));
}

static void say_champion(struct str *t, const struct js *o, const char *actor)
{
	(void)actor;
	str_addf(t, "set %lld is champion: %s", whole(o, "set_id"), text(o, "reason"));
}

static const struct { const char *kind; void (*say)(struct str *t, const struct js *o, const char *actor); } kinds[] = {
	{ "import", say_import },     { "run", say_run },           { "review", say_review },
	{ "decision", say_decision }, { "champion", say_champion },
};

/* Append the members that are texts, or those that are numbers; digests and what lies deeper are left out. */
static void add_members(struct str *t, const struct js *o, bool texts)
{
	for (size_t i = 0; i < js_count(o); i++) {
		const char      *key = js_key_at(o, i), *text = js_text_of(js_get(o, key));
		const struct js *v = js_get(o, key);
		if ((text != NULL) != texts || !strcmp(key, "clock") || str_ends(key, "digest") || js_count(v) || js_is_null(v))
			continue;
		str_addf(t, "%s%s ", t->n ? " · " : "", key);
		if (text)
			str_add(t, text);
		else
			js_write(t, v, false, false);
	}
}

const char *audit_words(struct arena *a, const char *kind, const char *actor, const char *json)
{
	struct js *o;
	struct str t = {0};
	if (js_read(json, strlen(json), "audit", &o)) {
		err_clear();
		return json;
	}
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (!strcmp(kinds[i].kind, kind))
			kinds[i].say(&t, o, actor);
	if (!t.n) {
		add_members(&t, o, true);
		add_members(&t, o, false);
	}
	const char *words = arena_text(a, t.s ? t.s : "");
	str_clear(&t);
	js_free(o);
	return words;
}
