/* Recipes and reasons: what decides a stage's result, and in words what changed since it last ran. Pure: the ledger
 * keeps the recipes, the runner compares them. */
#include "config.h"

#include "pipeline/plan.h"

#include <string.h>

#include "base/json.h"
#include "base/str.h"

const char *plan_recipe(struct arena *a, const struct stage *st, const struct settings *settings, day_t as_of, uint64_t seed,
			const struct plan_input *input, size_t inputs, char fingerprint[DIGEST_HEX])
{
	static const char *const none[] = { NULL };
	struct js *recipe = js_object(), *reads = js_object(), *declared = js_object();
	struct js *all = settings_json(settings, st->settings ? st->settings : none);
	struct str text = { 0 };
	char day[16];
	for (size_t i = 0; i < js_count(all); i++) {
		const char *key = js_key_at(all, i);
		if (strcmp(key, "threads") != 0) /* results never depend on it */
			js_set(declared, key, js_copy(js_get(all, key)));
	}
	js_free(all);
	for (size_t i = 0; i < inputs; i++)
		js_set_text(reads, input[i].name, input[i].fingerprint);
	js_set_text(recipe, "stage", st->name);
	js_set_int(recipe, "version", st->version);
	js_set(recipe, "as_of", day_format(day, as_of) ? js_text(day) : js_null());
	js_set_int(recipe, "seed", (int64_t)seed);
	js_set(recipe, "settings", declared);
	js_set(recipe, "reads", reads);
	js_write(&text, recipe, false, true);
	js_free(recipe);
	const char *out = arena_text(a, text.s);
	digest_of(text.s, text.n, fingerprint);
	str_clear(&text);
	return out;
}

static void next_reason(struct str *out)
{
	if (out->n)
		str_add(out, "; ");
}

/* "WHAT changed OLD -> NEW", values as JSON, texts without quotes. */
static void value_reason(struct str *out, const char *what, const struct js *before, const struct js *after)
{
	struct str was = { 0 }, is = { 0 };
	js_write(&was, before, false, true);
	js_write(&is, after, false, true);
	if (strcmp(was.s, is.s) != 0) {
		next_reason(out);
		str_addf(out, "%s %s -> %s", what, js_text_of(before) ? js_text_of(before) : js_is_null(before) ? "unset" : was.s,
			 js_text_of(after) ? js_text_of(after) : js_is_null(after) ? "unset" : is.s);
	}
	str_clear(&was);
	str_clear(&is);
}

static void setting_reasons(struct str *out, const struct js *before, const struct js *after)
{
	for (size_t i = 0; i < js_count(after); i++) {
		const char *key = js_key_at(after, i);
		struct str what = { 0 };
		str_addf(&what, "setting %s changed", key);
		if (js_get(before, key)) {
			value_reason(out, what.s, js_get(before, key), js_get(after, key));
		} else {
			next_reason(out);
			str_addf(out, "setting %s is new", key);
		}
		str_clear(&what);
	}
	for (size_t i = 0; i < js_count(before); i++) {
		if (js_get(after, js_key_at(before, i)))
			continue;
		next_reason(out);
		str_addf(out, "setting %s is no longer read", js_key_at(before, i));
	}
}

static void input_reasons(struct str *out, const struct js *before, const struct js *after)
{
	for (size_t i = 0; i < js_count(after); i++) {
		const char *name = js_key_at(after, i), *was = js_text_of(js_get(before, name));
		if (was && !strcmp(was, js_text_of(js_get(after, name))))
			continue;
		next_reason(out);
		str_addf(out, "%s %s", name, was ? "changed" : "is read now");
	}
	for (size_t i = 0; i < js_count(before); i++) {
		if (js_get(after, js_key_at(before, i)))
			continue;
		next_reason(out);
		str_addf(out, "%s is no longer read", js_key_at(before, i));
	}
}

static bool read_both(const char *before, const char *after, struct js **was, struct js **is)
{
	*was = *is = NULL;
	if (js_read(before, strlen(before), "recipe", was) || js_read(after, strlen(after), "recipe", is)) {
		js_free(*was);
		err_clear();
		return false;
	}
	return true;
}

const char *plan_reason(struct arena *a, const char *before, const char *after)
{
	struct js *was, *is;
	struct str out = { 0 };
	if (!before)
		return "never ran";
	if (!strcmp(before, after))
		return "";
	if (!read_both(before, after, &was, &is))
		return "its recipe changed";
	value_reason(&out, "version", js_get(was, "version"), js_get(is, "version"));
	setting_reasons(&out, js_get(was, "settings"), js_get(is, "settings"));
	input_reasons(&out, js_get(was, "reads"), js_get(is, "reads"));
	value_reason(&out, "as-of", js_get(was, "as_of"), js_get(is, "as_of"));
	value_reason(&out, "seed", js_get(was, "seed"), js_get(is, "seed"));
	js_free(was);
	js_free(is);
	const char *text = arena_text(a, out.n ? out.s : "its recipe changed");
	str_clear(&out);
	return text;
}

bool plan_same_inputs(const char *before, const char *after)
{
	struct js *was, *is;
	struct str out = { 0 };
	if (!read_both(before, after, &was, &is))
		return false;
	input_reasons(&out, js_get(was, "reads"), js_get(is, "reads"));
	bool same = out.n == 0;
	js_free(was);
	js_free(is);
	str_clear(&out);
	return same;
}
