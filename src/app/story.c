/* One customer's story from the report `customer`. Words only say what the numbers beside them say. */
#include "config.h"

#include "app/story.h"

#include <math.h>
#include <string.h>

#include "app/report.h"
#include "base/day.h"
#include "store/query.h"

struct teller {
	const struct frame *f;
	struct js          *lines;
	struct str         *text;
	const char         *currency;
	double              scale;   /* minor units in one of the currency */
	double              margin;
	int64_t             horizon;
};

static double real_of(const struct teller *t, const char *name)
{
	const struct frame_column *c = frame_column(t->f, name);
	if (!c || frame_missing(c, 0))
		return NAN;
	return c->type == CELL_REAL ? c->r[0] : c->type == CELL_INT ? (double)c->i[0] : NAN;
}

static const char *text_of(const struct teller *t, const char *name)
{
	const struct frame_column *c = frame_column(t->f, name);
	return c && c->type == CELL_TEXT && c->t[0] ? c->t[0] : "";
}

static void say(struct teller *t, struct str *line)
{
	js_add_text(t->lines, line->s);
	str_addf(t->text, "  %s\n", line->s);
	str_clear(line);
}

static void add_date(struct str *s, double day)
{
	char buf[16];
	day_format(buf, (day_t)day);
	str_add(s, buf);
}

static void add_money(const struct teller *t, struct str *s, double v)
{
	str_addf(s, "%.2f%s%s", v, *t->currency ? " " : "", t->currency);
}

static void tell_past(struct teller *t)
{
	struct str line = {0};
	double     x = real_of(t, "frequency"), revenue = real_of(t, "revenue_minor");
	str_add(&line, "First bought on ");
	add_date(&line, real_of(t, "first_purchase"));
	if (x > 0) {
		str_addf(&line, ", then on %.0f more day%s, last on ", x, x == 1 ? "" : "s");
		add_date(&line, real_of(t, "last_purchase"));
		str_addf(&line, ": every %.0f days on average.", real_of(t, "recency") / x);
	} else {
		str_add(&line, " and not again since.");
	}
	say(t, &line);
	if (!isnan(revenue)) {
		str_add(&line, "Has spent ");
		add_money(t, &line, revenue / t->scale);
		str_addf(&line, " net in %.0f order rows", real_of(t, "orders"));
		if (real_of(t, "refunds") > 0)
			str_addf(&line, ", %.0f refund rows among them", real_of(t, "refunds"));
		str_add_char(&line, '.');
		say(t, &line);
	}
}

static void tell_alive(struct teller *t)
{
	struct str line = {0};
	double     x = real_of(t, "frequency"), silent = real_of(t, "days_since_last");
	str_addf(&line, "Silent for %.0f days", silent);
	if (x > 0 && real_of(t, "recency") > 0)
		str_addf(&line, ", %.1f times the usual gap", silent / (real_of(t, "recency") / x));
	str_addf(&line, ": still a customer with probability %.3f.", real_of(t, "p_alive"));
	say(t, &line);
	if (!(x > 0)) {
		str_add(&line, "One purchase says little about a rhythm: this probability leans on how the other one-time buyers did.");
		say(t, &line);
	}
}

static void tell_value(struct teller *t)
{
	struct str line = {0};
	double     orders = real_of(t, "expected_purchases"), each = real_of(t, "expected_value"), clv = real_of(t, "clv");
	str_addf(&line, "Expected purchases in the next %lld days: %.3f (no purchase at all with probability %.3f).", (long long)t->horizon, orders,
	         real_of(t, "p_no_purchase"));
	say(t, &line);
	if (isnan(clv)) {
		str_add(&line, "There is no money in this data: customers are ranked by discounted expected purchases.");
		say(t, &line);
		return;
	}
	str_add(&line, "Value: ");
	str_addf(&line, "%.3f orders x ", orders);
	add_money(t, &line, each);
	if (t->margin != 1)
		str_addf(&line, " x %.3g margin", t->margin);
	double plain = orders * each * t->margin;
	str_addf(&line, " x %.4f discount = ", plain > 0 ? clv / plain : 1);
	add_money(t, &line, clv);
	str_add(&line, "; 80 % of such customers end between ");
	add_money(t, &line, real_of(t, "clv_low"));
	str_add(&line, " and ");
	add_money(t, &line, real_of(t, "clv_high"));
	str_add_char(&line, '.');
	say(t, &line);
	if (*text_of(t, "set_aside")) {
		str_add(&line, "Refunds outweigh the repeat spend, so the spend of a purchase is that of the population.");
		say(t, &line);
	}
	str_add(&line, "At risk in the horizon: ");
	add_money(t, &line, real_of(t, "at_risk"));
	str_add(&line, "; believed lost already: ");
	add_money(t, &line, real_of(t, "already_lost"));
	str_add_char(&line, '.');
	say(t, &line);
}

static void tell_place(struct teller *t)
{
	struct str line = {0};
	str_addf(&line, "Rank %.0f, percentile %.1f (100 is best), tier %s, segment %s, cluster %.0f.", real_of(t, "rank"), real_of(t, "percentile"),
	         text_of(t, "tier"), text_of(t, "rfm_segment"), real_of(t, "cluster_id"));
	say(t, &line);
}

static enum rc no_such_customer(struct call *call, const char *id)
{
	char   *near = NULL;
	enum rc rc = query_get_text(call->store, call->arena, "statement/app_customer_near", &near, "t", id);
	if (rc)
		return rc;
	rc = err_set(RC_USAGE, "CMD-135", "there is no customer '%s' in the live run", id);
	return near ? err_do(rc, "did you mean '%s'?", near) : err_do(rc, "clv --batch show top_customers lists them");
}

static struct js *row_json(const struct frame *f)
{
	struct js *o = js_object();
	for (size_t c = 0; c < f->columns; c++) {
		const struct frame_column *k = &f->column[c];
		if (frame_missing(k, 0))
			js_set(o, k->name, js_null());
		else if (k->type == CELL_INT)
			js_set_int(o, k->name, k->i[0]);
		else if (k->type == CELL_REAL)
			js_set_real(o, k->name, k->r[0]);
		else
			js_set_text(o, k->name, k->t[0]);
	}
	return o;
}

enum rc story_answer(struct call *call)
{
	struct page   page;
	struct frame *unit;
	if (call->argc < 2)
		return err_do(err_set(RC_USAGE, "CMD-136", "the report 'customer' needs a customer id"), "clv --batch show customer ID");
	enum rc rc = report_load(call, "customer", call->argc - 1, call->argv + 1, &page);
	rc = rc ? rc : query_frame(call->store, call->arena, "statement/app_unit", &unit, "");
	if (rc)
		return rc;
	if (!page.frame->rows)
		return no_such_customer(call, call->argv[1]);
	struct teller t = { .f = page.frame, .lines = js_array(), .text = &call->answer->text, .margin = settings_real(call->settings, "margin"),
	                    .horizon = settings_int(call->settings, "horizon_days"),
	                    .currency = unit->column[0].t[0] ? unit->column[0].t[0] : "", .scale = unit->column[2].r[0] };
	struct str    head = {0};
	str_add(&head, "Customer ");
	str_add_visible(&head, text_of(&t, "customer_id"), strlen(text_of(&t, "customer_id")));
	str_addf(t.text, "%s\n", head.s);
	str_clear(&head);
	tell_past(&t);
	tell_alive(&t);
	tell_value(&t);
	tell_place(&t);
	call->answer->json = js_object();
	js_set_text(call->answer->json, "report", "customer");
	js_set(call->answer->json, "customer", row_json(page.frame));
	js_set(call->answer->json, "story", t.lines);
	return RC_OK;
}
