/* sql: a person's own query, read-only. */
#include "config.h"

#include "app/command.h"
#include "app/render.h"
#include "base/log.h"
#include "store/query.h"

static const struct option options[] = {
	{ "limit", 'n', "N", "at most N rows; default 10000", NULL },
	{ "raw", 0, NULL, "CSV: do not neutralise cells that a spreadsheet would run", NULL },
	{ NULL, 0, NULL, NULL, NULL },
};

static enum rc run(struct call *call)
{
	int64_t       limit = 10000;
	bool          more = false;
	struct frame *f;
	enum rc       rc = call_option_int(call, "limit", 1, 100000000, &limit);
	rc = rc ? rc : query_frame_typed(call->store, call->arena, call->argv[0], (size_t)limit, &f, &more);
	if (rc)
		return rc;
	call->answer->frame = f;
	call->answer->raw = call_has(call, "raw");
	if (more)
		log_line(LOG_WARN, "there are more than %lld rows; --limit N shows more of them", (long long)limit);
	call->answer->json = render_json(f);
	js_set_bool(call->answer->json, "more", more);
	return RC_OK;
}

const struct command command_sql = {
	.name = "sql", .args = "\"SELECT ...\"", .about = "a query of your own; nothing but reading is allowed",
	.details = "Views made for people: mart_customer_value, dim_customer, decision_now. clv-sql(5) lists tables, columns and units.",
	.options = options, .min_args = 1, .max_args = 1, .run = run,
};
