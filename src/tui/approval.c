/* The decision's form as state: its lines from the review, its checks, its words. Nothing is written here; Esc leaves no trace. */
#include "config.h"

#include "tui/approval_priv.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/mem.h"
#include "tui/dialog_priv.h"
#include "view/number.h"

enum { ITEMS = 32, REASON_LEAST = 10 };

struct approval {
	enum decision        decision;
	struct arena        *arena;
	struct js           *review;
	struct dialog        dialog;
	struct dialog_item   item[ITEMS];
	struct dialog_button button[2];
	size_t               refusal;                    /* the item above all, for what stands against it */
	size_t               name, reason, until, confirm; /* items; until is ITEMS when not asked */
	const char          *words[16];
	const char          *foot;                       /* the digest of what is shown, which is what is signed */
	bool                 waits;
	bool                 typed, asked;               /* something would be lost; and leaving was asked for once */
};

static const struct {
	const char *command, *title, *button;
} decisions[] = {
	[DECISION_APPROVE] = { "approve", "Approve", "sign & approve" },
	[DECISION_DECLINE] = { "decline", "Decline", "sign & decline" },
	[DECISION_DEFER] = { "defer", "Wait with", "sign & wait" },
};

static struct dialog_item *add(struct approval *a, enum dialog_kind kind)
{
	struct dialog_item *i = &a->item[a->dialog.items++];
	*i = (struct dialog_item){ .kind = kind };
	return i;
}

static void add_text(struct approval *a, enum dialog_kind kind, const char *text, unsigned style)
{
	struct dialog_item *i = add(a, kind);
	i->text = text;
	i->style = style;
}

static size_t add_field(struct approval *a, const char *label, const char *value, int width)
{
	struct dialog_item *i = add(a, DIALOG_FIELD);
	i->label = label;
	i->width = width;
	if (*value)
		field_set(&i->field, value);
	return a->dialog.items - 1;
}

static long long number_of(const struct approval *a, const char *key, const char *inner)
{
	const struct js *v = js_get(a->review, key);
	return (long long)js_int_of(inner ? js_get(v, inner) : v);
}

/* --- the comparison --------------------------------------------------------------------------- */

static const struct row {
	const char *metric, *label;
	bool        percent, least; /* the smaller size is better */
} over_naive = { "mae", "error / naive", false, true }, rows[] = {
	{ "mae", "error a customer", false, true },
	{ "aggregate_error", "total over actual", true, true },
	{ "gini", "ranking (Gini)", false, false },
	{ "capture_top10", "top 10% found", true, false },
};

static const char *const naive_rules[] = { "last_window", "hiatus", "rate" };

/* As the card of the review has it: what is the same is a hundredth of an error, half a point of a share. */
static const char *word_of(const struct row *r, double champion, double candidate)
{
	double a = fabs(champion), b = fabs(candidate), near = r->percent || !r->least ? 0.005 : 0.01 * a;
	if (isnan(champion) || isnan(candidate))
		return "";
	if (fabs(a - b) <= near)
		return "same";
	return (b < a) == r->least ? "better" : "worse";
}

static const char *value_text(struct number *buf, const struct row *r, double v)
{
	return r->percent ? r->least ? number_signed_percent(buf, v, 1) : number_percent(buf, v, 1) : number_fixed(buf, v, 2);
}

/* "mbgnbd" is "mbgnbd+gg", too: with its spend model. */
static bool is_model(const char *of, const char *model)
{
	size_t n = strlen(model);
	return !strncmp(of, model, n) && (!of[n] || of[n] == '+');
}

static const struct js *metric(const struct approval *a, const char *model, const char *name)
{
	const struct js *list = js_get(js_get(a->review, "comparison"), "metrics");
	for (size_t i = 0; model && i < js_count(list); i++) {
		const struct js *m = js_at(list, i);
		const char      *of = js_text_of(js_get(m, "model")), *target = js_text_of(js_get(m, "target")), *is = js_text_of(js_get(m, "metric"));
		if (of && target && is && is_model(of, model) && !strcmp(target, "purchases") && !strcmp(is, name))
			return m;
	}
	return NULL;
}

static double of(const struct approval *a, const char *model, const char *name, const char *which)
{
	return js_real_of(js_get(metric(a, model, name), which));
}

static const char *purchase_model(const struct js *set)
{
	const struct js *models = js_get(set, "models");
	for (size_t i = 0; i < js_count(models); i++) {
		const char *role = js_text_of(js_get(js_at(models, i), "role"));
		if (role && !strcmp(role, "purchase"))
			return js_text_of(js_get(js_at(models, i), "model"));
	}
	return NULL;
}

/* The least error of the naive rules on the holdout of "champion" or "candidate", and whose it is. */
static double best_naive(const struct approval *a, const char *which, const char **name)
{
	double best = NAN;
	for (size_t i = 0; i < sizeof naive_rules / sizeof naive_rules[0]; i++) {
		double v = of(a, naive_rules[i], "mae", which);
		if (isnan(v) || !(isnan(best) || v < best))
			continue;
		best = v;
		*name = naive_rules[i];
	}
	return best;
}

static void add_row(struct approval *a, const struct row *r, double champion, double candidate)
{
	struct number x, y;
	const char   *word = word_of(r, champion, candidate);
	if (!isnan(candidate))
		add_text(a, DIALOG_LINE, arena_printf(a->arena, "%c %-17s %7s %7s   %s", *word == 'b' ? '+' : *word == 's' ? '=' : *word ? '!' : ' ', r->label,
		                                      value_text(&x, r, champion), value_text(&y, r, candidate), word),
		         *word == 'w' ? STYLE_WARN : STYLE_PLAIN);
}

static void add_comparison(struct approval *a)
{
	const char *model = purchase_model(js_get(a->review, "candidate")), *was = purchase_model(js_get(a->review, "champion"));
	const char *rule = "", *rule_was = "";
	bool        same = js_bool_of(js_get(js_get(a->review, "comparison"), "same_holdout"));
	if (same)
		was = model; /* its row has both */
	if (!metric(a, model, "mae")) {
		add_text(a, DIALOG_TEXT, "There is no back-test of the candidate to compare.", STYLE_WARN);
		return;
	}
	add_text(a, DIALOG_LINE, arena_printf(a->arena, "  %-17s %7s %7s", "", arena_printf(a->arena, "set %lld", number_of(a, "champion", "set")),
	                                      arena_printf(a->arena, "set %lld", number_of(a, "candidate", "set"))), STYLE_BOLD);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		add_row(a, &rows[i], of(a, was ? was : model, rows[i].metric, "champion"), of(a, model, rows[i].metric, "candidate"));
	double naive = best_naive(a, "candidate", &rule), naive_was = best_naive(a, "champion", &rule_was);
	add_row(a, &over_naive, of(a, was ? was : model, "mae", "champion") / naive_was, of(a, model, "mae", "candidate") / naive);
	if (*rule)
		add_text(a, DIALOG_TEXT, arena_printf(a->arena, "The best naive rule: %s%s%s.", rule_was, *rule_was && strcmp(rule, rule_was) ? ", then " : "",
		                                      strcmp(rule, rule_was) ? rule : ""), STYLE_DIM);
	if (!same)
		add_text(a, DIALOG_TEXT, "Each was tested on months of its own, so errors differ in size.", STYLE_DIM);
}

static void add_what_moved(struct approval *a)
{
	const char *reason = js_text_of(js_get(a->review, "reason"));
	if (reason)
		add_text(a, DIALOG_TEXT, arena_printf(a->arena, "Moved: %s", reason), STYLE_PLAIN);
}

/* --- the form --------------------------------------------------------------------------------- */

static const char *meaning(const struct approval *a)
{
	long long champion = number_of(a, "champion", "set"), candidate = number_of(a, "candidate", "set");
	if (a->decision == DECISION_APPROVE)
		return arena_printf(a->arena, "Set %lld becomes champion and scores at once. Set %lld stays in the store.", candidate, champion);
	return arena_printf(a->arena, a->decision == DECISION_DECLINE ? "Set %lld stays champion; the same evidence does not come up again."
	                                                               : "Set %lld stays champion until the review comes up again.", champion);
}

static void fill(struct approval *a, const char *name)
{
	const char *obstacle = a->decision == DECISION_APPROVE ? js_text_of(js_get(a->review, "obstacle")) : NULL;
	a->refusal = a->dialog.items;
	add_text(a, DIALOG_TEXT, NULL, STYLE_BAD | STYLE_BOLD);
	add_text(a, DIALOG_TEXT, meaning(a), STYLE_PLAIN);
	add_comparison(a);
	add_what_moved(a);
	add_text(a, DIALOG_LINE, "", STYLE_PLAIN);
	a->name = add_field(a, "Your name", name, 0);
	a->reason = add_field(a, "Reason", "", 0);
	a->until = a->decision == DECISION_DEFER ? add_field(a, "Wait until", "", 12) : ITEMS;
	if (a->until < ITEMS)
		a->item[a->until].text = "YYYY-MM-DD, after today";
	a->confirm = add_field(a, arena_printf(a->arena, "Type %lld to confirm", number_of(a, "confirm", NULL)), "", 12);
	if (obstacle) {
		a->item[a->refusal].text = arena_printf(a->arena, "It would be refused now: %s", obstacle);
		a->button[1].grey = a->item[a->refusal].text;
	}
}

/* A row that has nothing to say takes no room. */
static void drop_empty_refusal(struct approval *a)
{
	a->item[a->refusal].kind = a->item[a->refusal].text ? DIALOG_TEXT : DIALOG_NONE;
}

struct approval *approval_new(enum decision d, const struct js *review, const char *name)
{
	struct approval *a = mem_new(1, sizeof *a);
	a->decision = d;
	a->arena = arena_new();
	a->review = js_copy(review);
	a->button[0] = (struct dialog_button){ .key = "Esc", .label = "cancel" };
	a->button[1] = (struct dialog_button){ .key = "F2", .label = decisions[d].button };
	a->dialog = (struct dialog){ .item = a->item, .button = a->button, .buttons = 2, .careful = true,
	                             .title = arena_printf(a->arena, "%s review %lld · run %lld", decisions[d].title, number_of(a, "review", NULL), number_of(a, "run", NULL)) };
	const char *evidence = js_text_of(js_get(review, "evidence"));
	a->foot = a->dialog.foot = evidence ? arena_printf(a->arena, "evidence %.12s", evidence) : NULL;
	fill(a, name);
	drop_empty_refusal(a);
	dialog_begin(&a->dialog);
	a->dialog.scrolled = true; /* it opens on the comparison, also where there is no room for all */
	return a;
}

void approval_free(struct approval *a)
{
	if (!a)
		return;
	dialog_clear(&a->dialog);
	js_free(a->review);
	arena_free(a->arena);
	free(a);
}

/* --- checks ----------------------------------------------------------------------------------- */

static size_t characters(const char *s)
{
	size_t n = 0, last = 0;
	for (; *s; s++)
		if (((unsigned char)*s & 0xC0) != 0x80) {
			n += n || !isspace((unsigned char)*s);
			last = isspace((unsigned char)*s) ? last : n;
		}
	return last;
}

static const char *value(const struct approval *a, size_t item)
{
	return field_text(&a->item[item].field);
}

static const char *until_error(const struct approval *a)
{
	day_t       day;
	const char *text = value(a, a->until);
	if (!day_parse_iso(text, strlen(text), &day))
		return "a date as YYYY-MM-DD: when it comes up again";
	return day <= clock_today() ? "a day after today" : NULL;
}

static const char *confirm_error(const struct approval *a)
{
	int64_t     run;
	const char *text = value(a, a->confirm);
	return str_int(text, strlen(text), &run) && run == number_of(a, "confirm", NULL)
	               ? NULL
	               : arena_printf(a->arena, "type the number of the run under review, %lld", number_of(a, "confirm", NULL));
}

/* Errors at the fields; the first of them gets the focus. */
static bool is_whole(struct approval *a)
{
	size_t n = characters(value(a, a->reason));
	a->item[a->name].error = characters(value(a, a->name)) ? NULL : "a decision needs the name of who decides";
	a->item[a->reason].error = n >= REASON_LEAST ? NULL : arena_printf(a->arena, "%zu characters; at least %d that a later reader understands", n, REASON_LEAST);
	if (a->until < ITEMS)
		a->item[a->until].error = until_error(a);
	a->item[a->confirm].error = confirm_error(a);
	for (size_t i = 0; i < a->dialog.items; i++)
		if (a->item[i].error) {
			dialog_focus(&a->dialog, i);
			return false;
		}
	return true;
}

/* What was typed is not thrown away by one key. */
static enum approval_event may_close(struct approval *a, bool again)
{
	if (!a->typed || again)
		return APPROVAL_CLOSED;
	a->asked = true;
	a->dialog.foot = "press Esc again to leave; nothing was written";
	return APPROVAL_MOVED;
}

static enum approval_event follow(struct approval *a, enum dialog_event e)
{
	bool again = a->asked;
	a->typed = a->typed || e == DIALOG_CHANGED;
	a->asked = false;
	a->dialog.foot = a->foot;
	if (e != DIALOG_PRESSED)
		return APPROVAL_MOVED;
	if (!a->dialog.pressed)
		return may_close(a, again);
	return is_whole(a) ? APPROVAL_SIGNED : APPROVAL_MOVED;
}

enum approval_event approval_key(struct approval *a, const char *key)
{
	return a->waits ? APPROVAL_MOVED : follow(a, dialog_key(&a->dialog, key));
}

void approval_paste(struct approval *a, const char *text)
{
	if (!a->waits)
		follow(a, dialog_paste(&a->dialog, text));
}

enum approval_event approval_click(struct approval *a, int x, int y)
{
	return a->waits ? APPROVAL_MOVED : follow(a, dialog_click(&a->dialog, x, y));
}

size_t approval_words(struct approval *a, const char *const **argv)
{
	size_t n = 0;
	a->words[n++] = decisions[a->decision].command;
	a->words[n++] = arena_printf(a->arena, "%lld", number_of(a, "review", NULL));
	a->words[n++] = "--by";
	a->words[n++] = value(a, a->name);
	a->words[n++] = "--reason";
	a->words[n++] = value(a, a->reason);
	if (a->until < ITEMS) {
		a->words[n++] = "--until";
		a->words[n++] = value(a, a->until);
	}
	a->words[n++] = "--confirm";
	a->words[n++] = value(a, a->confirm);
	a->words[n++] = "--evidence";
	a->words[n++] = js_text_of(js_get(a->review, "evidence"));
	*argv = a->words;
	return n;
}

/* --- while it is signed, and after ------------------------------------------------------------ */

void approval_wait(struct approval *a)
{
	a->waits = true;
	a->dialog.foot = "signing";
}

void approval_refused(struct approval *a, const struct err *e)
{
	const struct { const char *id; size_t item; } at[] = {
		{ "REV-103", a->name }, { "REV-104", a->reason }, { "REV-105", a->until }, { "REV-106", a->confirm },
	};
	a->waits = false;
	a->dialog.foot = a->foot;
	for (size_t i = 0; i < sizeof at / sizeof at[0]; i++)
		if (!strcmp(at[i].id, e->id) && at[i].item < ITEMS) {
			a->item[at[i].item].error = arena_text(a->arena, e->why);
			dialog_focus(&a->dialog, at[i].item);
			return;
		}
	a->item[a->refusal].text = arena_printf(a->arena, "Not signed (%s): %s%s%s", *e->id ? e->id : rc_name(e->rc), e->why, *e->todo ? ". " : "", e->todo);
	a->dialog.scroll = 0;
	a->dialog.scrolled = true;
	drop_empty_refusal(a);
}

void approval_draw(struct approval *a, struct grid *g)
{
	dialog_draw(&a->dialog, g);
}

bool approval_cursor(const struct approval *a, int *x, int *y)
{
	return !a->waits && dialog_cursor(&a->dialog, x, y);
}
