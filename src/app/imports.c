/* What import, validate and run share. */
#include "config.h"

#include "app/imports.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "app/privacy.h"
#include "base/file.h"
#include "ingest/mapping.h"
#include "module/audit.h"
#include "pipeline/runner.h"

/* The options of an import, which those of looks and of import itself stand before. */
#define IMPORT_OPTIONS \
	{ "preset", 0, "NAME", "a known layout: plain, cdnow, online-retail, online-retail-ii, olist, b2c", NULL }, \
	{ "mapping", 0, "FILE", "a mapping (see sources): which column of which file is what", NULL }, \
	{ "customer", 0, "COLUMN", "the customer column, by name or number from 1", NULL }, \
	{ "date", 0, "COLUMN", "the date column", NULL }, \
	{ "amount", 0, "COLUMN", "the amount column", NULL }, \
	{ "quantity", 0, "COLUMN", "the quantity column, with --price", NULL }, \
	{ "price", 0, "COLUMN", "the unit price column, with --quantity", NULL }, \
	{ "currency-column", 0, "COLUMN", "the currency column", NULL }, \
	{ "order", 0, "COLUMN", "the order number column", NULL }, \
	{ "encoding", 0, "NAME", "utf-8, latin-1, windows-1252, utf-16; auto: found and told; never guessed unasked", NULL }, \
	{ "delimiter", 0, "C", "one character, or tab", NULL }, \
	{ "quote", 0, "C", "the quote character, or none; default \"", NULL }, \
	{ "skip-lines", 0, "N", "lines before the header", NULL }, \
	{ "date-format", 0, "FORMAT", "YYYY-MM-DD, DD/MM/YYYY, MM/DD/YYYY, YYYYMMDD ..., excel, excel-1904", NULL }, \
	{ "numbers", 0, "FORM", "by example: 1234.56, 1,234.56, 1.234,56, '1 234,56', 1'234.56", NULL }, \
	{ "zone", 0, "ZONE", "whose days count for times with an offset: UTC, as-written, +02:00, Europe/Berlin", NULL }, \
	{ "on-bad", 0, "quarantine|stop", "what a bad row does; default quarantine", NULL }, \
	{ "key", 0, "COLUMNS", "what makes a row the one it is, separated by commas: a known row counts once, in whatever file it comes", NULL }, \
	{ "on-conflict", 0, "keep-first|last-wins", "a row whose key is known with other content: set aside, or it takes the other's place", NULL }, \
	{ "duplicates", 0, "auto|keep|drop", "rows that stand in a file twice; auto: once where the file names orders", NULL }, \
	{ "attributes", 0, "COLUMNS", "kept of each customer, the last value: columns by name or number, separated by commas", NULL }, \
	{ "negative", 0, "refund|quarantine|stop", "what a negative amount is; default refund", NULL }

const struct option imports_contract_options[] = {
	{ "by", 0, "NAME", "accept: who", NULL },
	{ "reason", 0, "TEXT", "accept: why", NULL },
	{ "digest", 0, "HEX", "accept: only the text that diff showed, by its digest or the beginning of it", NULL },
	PRIVACY_OPTION,
	IMPORT_OPTIONS,
	{ NULL, 0, NULL, NULL, NULL },
};

const struct option imports_range_options[] = {
	{ "replace-range", 0, "FROM..TO", "rows of these days in earlier files of the same source without a key give way to the file's", NULL },
	{ "by", 0, "NAME", "with --replace-range: who decides", NULL },
	{ "reason", 0, "TEXT", "with --replace-range: why", NULL },
	{ "dry-run", 0, NULL, "with --replace-range: say what would give way, change nothing", NULL },
	IMPORT_OPTIONS,
	{ NULL, 0, NULL, NULL, NULL },
};

static enum rc one_of(const struct call *call, const char *name, const char *const *list, const char **out)
{
	const char *v = call_option(call, name);
	if (!v)
		return RC_OK;
	struct str all = {0};
	for (; *list; list++) {
		if (!strcmp(*list, v)) {
			*out = *list;
			str_clear(&all);
			return RC_OK;
		}
		str_add(&all, all.n ? ", " : "");
		str_add(&all, *list);
	}
	enum rc rc = err_set(RC_USAGE, "CMD-108", "--%s takes one of %s, not '%s'", name, all.s, v);
	str_clear(&all);
	return rc;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* What a folder or a pattern stands for: 0, or glob's answer. */
static int find_names(struct arena *a, const char *path, bool folder, glob_t *found)
{
	static const char *const ends[] = { "*.csv", "*.csv.gz", "*.csv.zst" };
	int no = folder ? GLOB_NOMATCH : glob(path, GLOB_NOSORT, NULL, found);
	for (size_t i = 0; folder && i < sizeof ends / sizeof ends[0]; i++) {
		int k = glob(arena_printf(a, "%s/%s", path, ends[i]), GLOB_NOSORT | (i ? GLOB_APPEND : 0), NULL, found);
		no = k && k != GLOB_NOMATCH ? k : no && k ? GLOB_NOMATCH : 0;
	}
	return no;
}

/* A name that is there stays itself; a folder stands for its *.csv files, packed or not, and a pattern for what it matches, in byte order
 * whatever the locale. A name that is not there stays, so that the import says so. */
static enum rc expand(struct arena *a, const char *const *path, size_t paths, const char *const **out, size_t *n)
{
	const char **list = NULL;
	size_t       k = 0, cap = 0;
	for (size_t i = 0; i < paths; i++) {
		bool        folder = file_is_folder(path[i]), pattern = !file_exists(path[i]) && strpbrk(path[i], "*?[") != NULL;
		glob_t      found = {0};
		size_t      m = 1;
		if (folder || pattern) {
			int no = find_names(a, path[i], folder, &found);
			if (no) {
				globfree(&found);
				return err_do(err_set(RC_IO, "FILE-120", folder ? "the folder %s has no *.csv files" : "no file matches %s", path[i]),
				              "check the name");
			}
			m = found.gl_pathc;
			qsort(found.gl_pathv, m, sizeof *found.gl_pathv, by_bytes);
		}
		if (k + m > cap) {
			const char **grown = arena_alloc(a, (k + m) * 2 + 8, sizeof *grown);
			if (k)
				memcpy(grown, list, k * sizeof *list);
			list = grown;
			cap = (k + m) * 2 + 8;
		}
		for (size_t f = 0; f < m; f++)
			list[k++] = folder || pattern ? arena_text(a, found.gl_pathv[f]) : path[i];
		if (folder || pattern)
			globfree(&found);
	}
	*out = list;
	*n = k;
	return RC_OK;
}

/* A mapping that is shipped, or one of their own. What the mapping says about negative amounts stands before the settings. */
static enum rc mapping_of(const struct call *call, struct import_ask *out)
{
	const char     *preset = call_option(call, "preset"), *file = call_option(call, "mapping"), *name = file ? file : preset;
	struct mapping *m = NULL;
	if (preset && file)
		return err_do(err_set(RC_USAGE, "CMD-173", "--preset and --mapping are both given"), "give one of them");
	if (!name)
		return RC_OK;
	enum rc rc = mapping_read(call->arena, name, &m);
	if (rc)
		return rc;
	out->mapping = m;
	if (!call_option(call, "negative"))
		out->negative = NULL;
	return RC_OK;
}

/* The option, or the list of the setting. */
static const char *attributes_of(const struct call *call)
{
	const char        *option = call_option(call, "attributes"), *const *list;
	const size_t       n = settings_list(call->settings, "import.attributes", &list);
	const char        *text = NULL;
	for (size_t i = 0; !option && i < n; i++)
		text = text ? arena_printf(call->arena, "%s,%s", text, list[i]) : list[i];
	return option ? option : text;
}

enum rc imports_ask(const struct call *call, const char *const *path, size_t paths, struct import_ask *out)
{
	static const char *const bad[] = { "quarantine", "stop", NULL };
	static const char *const negative[] = { "refund", "quarantine", "stop", NULL };
	*out = (struct import_ask){
		.encoding = call_option(call, "encoding"), .delimiter = call_option(call, "delimiter"),
		.date_format = call_option(call, "date-format"), .customer = call_option(call, "customer"),
		.date = call_option(call, "date"), .amount = call_option(call, "amount"), .quantity = call_option(call, "quantity"),
		.price = call_option(call, "price"), .currency = call_option(call, "currency-column"), .quote = call_option(call, "quote"),
		.order = call_option(call, "order"), .duplicates = call_option(call, "duplicates"),
		.key = call_option(call, "key"), .on_conflict = call_option(call, "on-conflict"),
		.skip_lines = call_option(call, "skip-lines"), .numbers = call_option(call, "numbers"), .zone = call_option(call, "zone"),
		.attributes = attributes_of(call), .attributes_any = !call_option(call, "attributes"),
		.on_bad = settings_text(call->settings, "import.on_bad"), .negative = settings_text(call->settings, "import.negative"),
	};
	enum rc rc = one_of(call, "on-bad", bad, &out->on_bad);
	rc = rc ? rc : mapping_of(call, out);
	rc = rc ? rc : one_of(call, "negative", negative, &out->negative);
	if (rc)
		return rc;
	return expand(call->arena, path, paths, &out->path, &out->paths);
}

enum rc imports_range(const struct call *call, struct import_ask *ask, struct import_range *out)
{
	const char *text = call_option(call, "replace-range"), *dots = text ? strstr(text, "..") : NULL;
	*out = (struct import_range){ .by = call_option(call, "by"), .why = call_option(call, "reason") };
	ask->dry = call_has(call, "dry-run");
	if (!text && (out->by || out->why || ask->dry))
		return err_do(err_set(RC_USAGE, "CMD-191", "--by, --reason and --dry-run belong to --replace-range"), "leave them away, or give --replace-range FROM..TO");
	if (!text)
		return RC_OK;
	if (!dots || !day_parse_iso(text, (size_t)(dots - text), &out->from) || !day_parse_iso(dots + 2, strlen(dots + 2), &out->to) || out->from > out->to)
		return err_do(err_set(RC_USAGE, "CMD-192", "--replace-range takes no '%s'", text), "give the first and the last day: 2024-03-01..2024-03-31");
	if (!ask->dry && (audit_blank(out->by) || audit_blank(out->why)))
		return err_do(err_set(RC_USAGE, "CMD-193", "rows give way by a decision, which needs a name and a reason"), "give --by NAME and --reason TEXT, or --dry-run");
	if (ask->paths != 1)
		return err_do(err_set(RC_USAGE, "CMD-194", "--replace-range takes one file, and %zu are given", ask->paths), "import them one by one");
	out->by = out->by ? out->by : "";
	out->why = out->why ? out->why : "";
	ask->range = out;
	return RC_OK;
}

static void add_range(struct str *t, const struct js *r, bool dry)
{
	const struct js *files = js_get(r, "files");
	if (!r)
		return;
	str_addf(t, "%s to %s: %lld rows of earlier files %s\n", js_text_of(js_get(r, "from")), js_text_of(js_get(r, "to")),
	         (long long)js_int_of(js_get(r, "rows")), dry ? "would give way; nothing was changed" : "gave way; 'show replaced' tells of them");
	for (size_t i = 0; i < js_count(files); i++) {
		const char *name = js_text_of(js_get(js_at(files, i), "file"));
		str_addf(t, "  %lld of ", (long long)js_int_of(js_get(js_at(files, i), "rows")));
		str_add_visible(t, name, strlen(name));
		str_add_char(t, '\n');
	}
}

static void add_reasons(struct str *t, const struct js *reasons)
{
	for (size_t i = 0; i < js_count(reasons); i++) {
		const char *code = js_key_at(reasons, i);
		str_addf(t, "    %-22s %lld\n", code, (long long)js_int_of(js_get(reasons, code)));
	}
}

static void add_reading(struct str *t, const struct js *reading)
{
	if (!js_count(reading))
		return;
	str_add(t, "  reading:");
	for (size_t i = 0; i < js_count(reading); i++) {
		const char *key = js_key_at(reading, i), *value = js_text_of(js_get(reading, key));
		if (!value)
			continue;
		str_addf(t, "%s %s = ", i ? "," : "", key);
		str_add_visible(t, value, strlen(value));
	}
	str_add_char(t, '\n');
}

static void add_returns(struct str *t, const struct js *r)
{
	if (r)
		str_addf(t, "returns in the store: %lld, %.2f in all; matched with their sale %lld, partly %lld, without a sale %lld\n",
		         (long long)js_int_of(js_get(r, "rows")), js_real_of(js_get(r, "amount")), (long long)js_int_of(js_get(r, "matched")),
		         (long long)js_int_of(js_get(r, "partly")), (long long)js_int_of(js_get(r, "unmatched")));
}

void imports_text(struct str *t, const struct js *result)
{
	const struct js *files = js_get(result, "files");
	for (size_t i = 0; i < js_count(files); i++) {
		const struct js *f = js_at(files, i);
		const char      *name = js_text_of(js_get(f, "file")), *status = js_text_of(js_get(f, "status"));
		str_add_visible(t, name ? name : "", name ? strlen(name) : 0);
		str_addf(t, ": %s\n", js_bool_of(js_get(f, "known")) ? js_get(result, "range") ? "known already; its rows stay" : "known already; nothing was changed"
			: status && !strcmp(status, "aside") ? "set aside whole, nothing of it counts" : status ? status : "");
		if (!strcmp(status ? status : "", "feed"))
			str_addf(t, "  read %lld = used %lld + left out %lld + not usable %lld + blank %lld", (long long)js_int_of(js_get(f, "read")),
			         (long long)js_int_of(js_get(f, "accepted")), (long long)js_int_of(js_get(f, "left_out_rows")),
			         (long long)js_int_of(js_get(f, "unusable")), (long long)js_int_of(js_get(f, "blank")));
		else
			str_addf(t, "  read %lld = accepted %lld + quarantined %lld + duplicate %lld + blank %lld",
		         (long long)js_int_of(js_get(f, "read")), (long long)js_int_of(js_get(f, "accepted")),
		         (long long)js_int_of(js_get(f, "quarantined")), (long long)js_int_of(js_get(f, "duplicate")),
		         (long long)js_int_of(js_get(f, "blank")));
		if (js_int_of(js_get(f, "gave_way")) > 0)
			str_addf(t, " + gave way to another file %lld", (long long)js_int_of(js_get(f, "gave_way")));
		str_add_char(t, '\n');
		add_reasons(t, js_get(f, "reasons"));
		add_reading(t, js_get(f, "reading"));
		const struct js *notes = js_get(f, "notes");
		for (size_t k = 0; k < js_count(notes); k++) {
			const char *note = js_text_of(js_at(notes, k));
			str_add(t, "  note: ");
			str_add_visible(t, note ? note : "", note ? strlen(note) : 0);
			str_add_char(t, '\n');
		}
	}
	add_range(t, js_get(result, "range"), js_bool_of(js_get(result, "dry")));
	add_returns(t, js_get(result, "returns"));
}

enum rc imports_check(const char *const *path, size_t paths)
{
	for (size_t i = 0; i < paths; i++)
		if (strcmp(path[i], "-") && !file_exists(path[i]) && !strpbrk(path[i], "*?["))
			return err_do(err_set(RC_IO, "FILE-121", "there is no file %s", path[i]), "check the name");
	return RC_OK;
}

enum rc imports_look(struct call *call, enum rc (*look)(struct run *run, const struct import_ask *ask, struct js **result))
{
	struct import_ask ask;
	struct runner_ask base;
	struct run        run;
	enum rc           rc = imports_ask(call, call->argv, call->argc, &ask);
	if (rc)
		return rc;
	call_runner_ask(call, &base);
	runner_prepare(&run, NULL, call->settings, call->arena, &base);
	rc = look(&run, &ask, &call->answer->json);
	if (!rc)
		privacy_apply(call);
	return rc;
}
