/* quality: run the checks of the accepted rows and of the features, and say what they found. Nothing is fitted or published. */
#include "config.h"

#include <string.h>

#include "app/command.h"
#include "pipeline/runner.h"
#include "store/query.h"

static const struct option options[] = {
	{ "table", 0, "TABLE", "only the checks of this table", NULL },
	{ NULL, 0, NULL, NULL, NULL },
};

static const char *cell_text(const struct frame *f, const char *column, size_t row)
{
	const struct frame_column *c = frame_column(f, column);
	return c && c->t && c->t[row] ? c->t[row] : "";
}

static int64_t cell_int(const struct frame *f, const char *column, size_t row)
{
	const struct frame_column *c = frame_column(f, column);
	return c && c->i && c->i[row] != FRAME_INT_MISSING ? c->i[row] : 0;
}

static struct js *check_json(const struct frame *f, size_t row)
{
	static const char *const texts[] = { "id", "table", "severity", "verdict", "threshold", "sentence" };
	struct js *o = js_object();
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		js_set_text(o, texts[i], cell_text(f, texts[i], row));
	int64_t hits = cell_int(f, "hits", row), total = cell_int(f, "total", row);
	js_set_int(o, "hits", hits);
	js_set_int(o, "total", total);
	js_set_real(o, "share", total ? (double)hits / (double)total : 0);
	const char *examples = cell_text(f, "examples", row);
	struct js  *list = NULL;
	if (js_read(examples, strlen(examples), "examples", &list))
		list = js_array();
	js_set(o, "examples", list);
	return o;
}

/* The ratios that decide, as exact integers: what is there of what should be. */
static void add_ratio(struct js *ratio, const struct frame *f, size_t row)
{
	const char *id = cell_text(f, "id", row);
	if (strncmp(id, "G3", 2) != 0)
		return;
	struct js *o = js_object();
	js_set_int(o, "ok", cell_int(f, "total", row) - cell_int(f, "hits", row));
	js_set_int(o, "of", cell_int(f, "total", row));
	js_set_text(o, "needs", cell_text(f, "threshold", row));
	js_set(ratio, id, o);
}

static int weight(const char *verdict)
{
	return !strcmp(verdict, "stop") ? 2 : !strcmp(verdict, "warn") ? 1 : 0;
}

static void add_line(struct str *t, const struct frame *f, size_t row)
{
	const char *sentence = cell_text(f, "sentence", row);
	str_addf(t, "  %-5s %-26s %-16s ", cell_text(f, "verdict", row), cell_text(f, "id", row), cell_text(f, "table", row));
	str_add_visible(t, sentence, strlen(sentence));
	str_add_char(t, '\n');
}

static enum rc run(struct call *call)
{
	static const char *const verdicts[] = { "pass", "warn", "stop" };
	struct runner_ask ask;
	struct frame     *f;
	struct js        *ran = NULL, *checks = js_array(), *ratio = js_object();
	struct str        lines = {0};
	const char       *table = call_option(call, "table");
	int               worst = 0;
	call_runner_ask(call, &ask);
	ask.to = "features";
	enum rc    refused = runner_run(call->store, call->settings, &ask, &ran);
	struct err kept = *err_get();
	js_free(ran);
	enum rc rc = refused == RC_OK || refused == RC_DATA ? query_frame(call->store, call->arena, "report/quality", &f, "") : refused;
	for (size_t i = 0; !rc && i < f->rows; i++) {
		if (table && strcmp(table, cell_text(f, "table", i)) != 0)
			continue;
		int w = weight(cell_text(f, "verdict", i));
		worst = w > worst ? w : worst;
		js_add(checks, check_json(f, i));
		add_ratio(ratio, f, i);
		add_line(&lines, f, i);
	}
	if (!rc) {
		call->answer->json = js_object();
		js_set_text(call->answer->json, "verdict", verdicts[worst]);
		js_set(call->answer->json, "checks", js_copy(checks));
		js_set(call->answer->json, "ratio", js_copy(ratio));
		str_addf(&call->answer->text, "verdict: %s\n", verdicts[worst]);
		str_add(&call->answer->text, lines.s ? lines.s : "");
	}
	str_clear(&lines);
	js_free(checks);
	js_free(ratio);
	if (!rc && refused) {
		err_restore(&kept);
		rc = refused;
	}
	return rc;
}

const struct command command_quality = {
	.name = "quality", .args = "", .about = "run the checks and gates; fits and publishes nothing",
	.details = "Exit 3 when a gate says stop. 'show quality' shows the stored results without running anything.",
	.options = options, .flags = COMMAND_WRITES, .run = run,
};
