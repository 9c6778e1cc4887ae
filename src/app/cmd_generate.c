/* generate: a synthetic shop. */
#include "config.h"

#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "app/command.h"
#include "base/digest.h"
#include "base/file.h"
#include "ingest/synth.h"
#include "pipeline/runner.h"

static const struct option options[] = {
	{ "preset", 0, "NAME", "demo, tiny, cdnow, fashion, specialty, grocery, b2b; default tiny", NULL },
	{ "customers", 0, "N", "how many customers", NULL },
	{ "transactions", 0, "M", "scale purchase rates so that about M purchases come", NULL },
	{ "from", 0, "DATE", "first day", NULL },
	{ "to", 0, "DATE", "last day", NULL },
	{ "seed", 0, "S", "seed; default that of the settings", NULL },
	{ "drift", 0, "LIST", "value=FACTOR@DATE,rate=FACTOR@DATE", NULL },
	{ "dirt", 0, "LIST", "missing_id=SHARE,bad_date=SHARE,negative=SHARE,duplicate=SHARE", NULL },
	{ "out", 0, "DIR", "folder for transactions.csv and truth/truth.csv; default the working folder", NULL },
	{ "load", 0, NULL, "import the log into the store", NULL },
	{ NULL, 0, NULL, NULL, NULL },
};

static enum rc ask_of(const struct call *call, struct synth_ask *ask)
{
	const char *name = call_option(call, "preset");
	int64_t     seed = settings_int(call->settings, "seed");
	*ask = (struct synth_ask){ .preset = synth_preset(name ? name : "tiny"), .from = DAY_NONE, .to = DAY_NONE, .part_from = DAY_NONE,
	                           .part_to = DAY_NONE, .drift = call_option(call, "drift"), .dirt = call_option(call, "dirt"), .cancel = call->cancel };
	if (!ask->preset)
		return err_do(err_set(RC_USAGE, "GEN-105", "there is no such preset"), "demo, tiny, cdnow, fashion, specialty, grocery, b2b");
	enum rc rc = call_option_int(call, "customers", 1, 100000000, &ask->customers);
	rc = rc ? rc : call_option_int(call, "transactions", 1, 1000000000, &ask->transactions);
	rc = rc ? rc : call_option_int(call, "seed", 0, INT64_C(1) << 53, &seed);
	rc = rc ? rc : call_option_day(call, "from", &ask->from);
	rc = rc ? rc : call_option_day(call, "to", &ask->to);
	ask->seed = (uint64_t)seed;
	if (!rc && ask->transactions && ask->transactions < (ask->customers ? ask->customers : ask->preset->customers))
		rc = err_do(err_set(RC_USAGE, "GEN-106", "every customer buys at least once: fewer transactions than customers cannot be"), "ask for fewer --customers");
	return rc;
}

static struct js *file_json(const char *path, int64_t rows, const char *digest)
{
	struct js *o = js_object();
	js_set_text(o, "path", path);
	js_set_int(o, "rows", rows);
	js_set_text(o, "digest", digest);
	return o;
}

static enum rc load(struct call *call, const char *path)
{
	struct import_ask import = { .path = &path, .paths = 1, .on_bad = "quarantine", .negative = "refund" };
	struct runner_ask ask;
	struct run        run;
	struct js        *result = NULL;
	bool              changed;
	call_runner_ask(call, &ask);
	runner_prepare(&run, call->store, call->settings, call->arena, &ask);
	enum rc rc = import_files(&run, &import, &result, &changed);
	if (result)
		js_set(call->answer->json, "import", result);
	return rc;
}

/* A log that is there and is not this one stays: it may be somebody's own. */
static enum rc write_log(struct call *call, const struct synth_ask *ask, const char *log, const char *truth, struct synth_result *done)
{
	char  there[DIGEST_HEX];
	char *made = arena_printf(call->arena, "%s.new", log);
	if (!file_exists(log))
		return synth_write(ask, log, truth, done);
	enum rc rc = synth_write(ask, made, NULL, done);
	rc = rc ? rc : digest_file(log, there);
	if (!rc && strcmp(there, done->digest) != 0)
		rc = err_do(err_set(RC_USAGE, "GEN-107", "%s is there and is another log", log), "name another folder with --out");
	unlink(made);
	return rc ? rc : synth_write(ask, log, truth, done);
}

static enum rc generate(struct call *call)
{
	struct synth_ask    ask;
	struct synth_result done;
	const char         *folder = call_option(call, "out") ? call_option(call, "out") : ".";
	char               *log = arena_printf(call->arena, "%s/transactions.csv", folder);
	char               *truth = arena_printf(call->arena, "%s/truth/truth.csv", folder);
	enum rc             rc = ask_of(call, &ask);
	if (!rc && !*folder)
		rc = err_do(err_set(RC_USAGE, "CMD-148", "the folder's name is empty"), "name a folder");
	rc = rc ? rc : file_make_folder(arena_printf(call->arena, "%s/truth", folder));
	rc = rc ? rc : write_log(call, &ask, log, truth, &done);
	if (rc)
		return rc;
	struct js *files = js_array();
	js_add(files, file_json(log, done.rows, done.digest));
	call->answer->json = js_object();
	js_set(call->answer->json, "files", files);
	js_set(call->answer->json, "truth", file_json(truth, done.customers, done.truth_digest));
	js_set_int(call->answer->json, "customers", done.customers);
	js_set_int(call->answer->json, "dirty", done.dirty);
	str_addf(&call->answer->text, "%s: %lld rows of %lld customers, %lld dirtied\n%s: what the shop knows and a model must find\n", log,
	         (long long)done.rows, (long long)done.customers, (long long)done.dirty, truth);
	return RC_OK;
}

static enum rc run(struct call *call)
{
	enum rc rc = generate(call);
	if (!rc && call_has(call, "load"))
		rc = load(call, arena_printf(call->arena, "%s/transactions.csv", call_option(call, "out") ? call_option(call, "out") : "."));
	return rc;
}

const struct command command_generate = {
	.name = "generate", .args = "", .about = "a synthetic shop: a purchase log and the truth behind it",
	.details = "Customers buy by BG/NBD and spend by Gamma-Gamma. Equal arguments give equal bytes. --drift changes spend or rates from a day on; --dirt "
	           "plants faults in a share of the rows: each must trip its gate or monitor. With --load the log goes into the store.",
	.options = options, .flags = COMMAND_LOADS, .run = run,
};
