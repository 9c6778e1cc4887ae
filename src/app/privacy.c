/* Masks whole answers. Not here: what a mask looks like (base/mask). */
#include "config.h"

#include "app/privacy.h"

#include <string.h>

#include "base/mask.h"

static struct js *masked(const struct js *v, const char *key, bool personal);

static struct js *masked_text(const char *text, const char *key, bool personal)
{
	bool       value = personal && key && (!strcmp(key, "samples") || !strcmp(key, "value"));
	struct str t = {0};
	if (value)
		mask_add_name(&t, text, strlen(text));
	else
		mask_add(&t, text, strlen(text));
	struct js *js = js_text(t.s ? t.s : "");
	str_clear(&t);
	return js;
}

static struct js *masked_object(const struct js *v, bool personal)
{
	struct js  *js = js_object();
	const char *name = js_text_of(js_get(v, "name"));
	personal = personal || (name && mask_is_personal(name));
	for (size_t i = 0; i < js_count(v); i++) {
		const char *key = js_key_at(v, i);
		js_set(js, key, !strcmp(key, "file") ? js_copy(js_get(v, key)) : masked(js_get(v, key), key, personal));
	}
	return js;
}

/* key: of the object that v stands in, perhaps through an array. */
static struct js *masked(const struct js *v, const char *key, bool personal)
{
	const char *text = js_text_of(v);
	if (text)
		return masked_text(text, key, personal);
	if (js_key_at(v, 0))
		return masked_object(v, personal);
	if (!js_at(v, 0))
		return js_copy(v);
	struct js *js = js_array();
	for (size_t i = 0; i < js_count(v); i++)
		js_add(js, masked(js_at(v, i), key, personal));
	return js;
}

struct js *privacy_masked(const struct js *answer)
{
	return masked(answer, NULL, false);
}

static bool is_unmasked(const struct call *call)
{
	return call_has(call, "unmasked") || settings_bool(call->settings, "screen.unmasked");
}

void privacy_apply(struct call *call)
{
	struct js *plain = call->answer->json;
	if (!plain || is_unmasked(call))
		return;
	call->answer->json = privacy_masked(plain);
	js_free(plain);
}

void privacy_report(struct call *call, const char *name, const struct page *page)
{
	struct frame *f = page->frame;
	for (size_t i = 0; i < f->columns && is_unmasked(call); i++)
		if (!strcmp(f->column[i].kind, "personal"))
			f->column[i].kind = "text";
	report_fill(call->answer, name, page);
}
