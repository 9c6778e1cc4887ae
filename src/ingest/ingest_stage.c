/* The stage `import` and this room's settings. The work is done in import.c. Owns no table of its own. */
#include "config.h"

#include "ingest/ingest_module.h"

#include "ingest/import.h"
#include "ingest/layout.h"
#include "ingest/missing.h"

static const char *const negatives[] = { "refund", "quarantine", "stop", NULL };
static const char *const returns[] = { "as-written", "net", "apart", NULL };
static const char *const duplicates[] = { "auto", "keep", "drop", NULL };
static const char *const conflicts[] = { "keep-first", "last-wins", NULL };
static const char *const columns[] = { "strict", "additive", "lenient", NULL };
static const char *const on_bads[] = { "quarantine", "stop", NULL };

static const struct setting ingest_settings[] = {
	{ .key = "currency", .type = SETTING_TEXT, .standard = "", .unit = "",
	  .help = "Currency of all amounts, three letters; unset: the first sign or code found in the data. Fixed by the first import." },
	{ .key = "decimals", .type = SETTING_INT, .standard = "2", .min = 0, .max = 4, .unit = "",
	  .help = "Decimals that amounts keep; rows with more are set aside. Fixed by the first import." },
	{ .key = "import.negative", .type = SETTING_CHOICE, .standard = "refund", .choices = negatives, .unit = "",
	  .help = "What a negative amount is: a refund, a row to set aside, or the end of the import." },
	{ .key = "import.on_bad", .type = SETTING_CHOICE, .standard = "quarantine", .choices = on_bads, .unit = "",
	  .help = "What a bad row does: it is set aside with its reasons, or it stops the import." },
	{ .key = "import.missing", .type = SETTING_LIST, .standard = MISSING_WORDS, .unit = "",
	  .help = "Words that stand for a missing value, in any case; blank always does." },
	{ .key = "import.missing_customer", .type = SETTING_LIST, .standard = MISSING_CUSTOMER_WORDS, .unit = "",
	  .help = "Further words that stand for a missing customer; [] where 0 is a customer like others." },
	{ .key = "import.returns", .type = SETTING_CHOICE, .standard = "as-written", .choices = returns, .unit = "",
	  .help = "Where a return's money counts: as-written, on its own day; net, on the day of its sale where that was found; apart, beside, in no sum." },
	{ .key = "import.match_amount", .type = SETTING_BOOL, .standard = "false", .unit = "",
	  .help = "Returns of files whose mapping does not say how they find their sale take an earlier sale of the customer with the same amount." },
	{ .key = "import.grace_days", .type = SETTING_INT, .standard = "-1", .min = -1, .max = 36500, .unit = "days",
	  .help = "How much older than the newest day of the store a new row may be; older ones are set aside as late-row; -1: any." },
	{ .key = "import.duplicates", .type = SETTING_CHOICE, .standard = "auto", .choices = duplicates, .unit = "",
	  .help = "A row that stands in its file before, byte for byte: auto counts it once where the file names orders, drop always, keep never." },
	{ .key = "import.on_conflict", .type = SETTING_CHOICE, .standard = "keep-first", .choices = conflicts, .unit = "",
	  .help = "A row whose key is known with another customer, day or amount: it is set aside, or it takes the other's place." },
	{ .key = "import.attributes", .type = SETTING_LIST, .standard = "", .unit = "",
	  .help = "Columns that are kept as attributes of the customers, the last value of each; those that a file has not are told and passed over." },
	{ .key = "import.columns", .type = SETTING_CHOICE, .standard = "lenient", .choices = columns, .unit = "",
	  .help = "Columns other than those of the source's last file, where no contract says: strict, additive or lenient (clv-contract.5). A needed one that is gone always stops the file." },
	{ .key = "import.keep_aside", .type = SETTING_BOOL, .standard = "false", .unit = "",
	  .help = "Keep a copy of a file that is set aside whole, in STORE.aside; from standard input one is always kept." },
	{ .key = "import.encoding", .type = SETTING_TEXT, .standard = "utf-8", .unit = "",
	  .help = "Encoding of files without a byte order mark; auto: UTF-8 if every byte of the file is, else windows-1252, told in the result." },
	{ .key = "import.zone", .type = SETTING_TEXT, .standard = "UTC", .unit = "",
	  .help = "Whose calendar days count for times with a UTC offset: UTC, as-written, an offset like +02:00, or a zone like Europe/Berlin." },
	{ .key = "import.max_field", .type = SETTING_INT, .standard = "1048576", .min = 64, .max = 1073741824, .unit = "bytes",
	  .help = "Longest field; rows with a longer one are set aside." },
	{ .key = "import.max_row", .type = SETTING_INT, .standard = "4194304", .min = 1024, .max = 1073741824, .unit = "bytes",
	  .help = "Longest row; longer ones are set aside, and an open quote is given up after that many bytes." },
	{ .key = "import.max_ratio", .type = SETTING_INT, .standard = "200", .min = 1, .max = 1000000, .unit = "",
	  .help = "Unpacked bytes of .gz and .zst data for each packed one, beyond the first 64 MiB; more is refused as a bomb." },
	{ .key = "gate.accepted_percent", .type = SETTING_INT, .standard = "95", .min = 0, .max = 100, .unit = "%",
	  .help = "Share of a file's rows that must be usable; below it the file is refused." },
	{ .key = NULL },
};

static enum rc run_import(struct run *run)
{
	struct js *result = NULL;
	bool    changed = false;
	enum rc rc = RC_OK;

	if (run->input != NULL)
		rc = import_files(run, run->input, &result, &changed);
	if (result != NULL)
		run->facts = result;
	if (rc != RC_OK)
		return rc;
	return import_state(run->store, run->output_fingerprint);
}

static const struct stage import_stage = {
	.name = "import",
	.about = "files of purchases into the store, and the running state of each customer",
	.version = 1,
	.reads = (const char *const[]){ NULL },
	/* raw_transaction stands for raw_block, whose rows it shows. */
	.writes = (const char *const[]){
		"raw_file",
		"raw_transaction",
		"raw_customer",
		"raw_key",
		"raw_match",
		"raw_return",
		"raw_replaced",
		"raw_left_out",
		"quar_row",
		"quar_reason",
		"quar_file",
		"raw_layout",
		"raw_column",
		"attribute",
		"attribute_value",
		"customer_attribute",
		"raw_feed",
		"raw_feed_check",
		NULL,
	},
	.settings = (const char *const[]){
		"currency",
		"decimals",
		"import.negative",
		"import.on_bad",
		"import.missing",
		"import.missing_customer",
		"import.duplicates",
		"import.on_conflict",
		"import.returns",
		"import.match_amount",
		"import.grace_days",
		"import.attributes",
		"import.columns",
		"import.keep_aside",
		"import.encoding",
		"import.zone",
		"import.max_field",
		"import.max_row",
		"import.max_ratio",
		"gate.accepted_percent",
		NULL,
	},
	.run = run_import,
};

const struct module ingest_module = {
	.name = "ingest",
	.about = "purchases from files: read, judged row by row, stored with what was set aside",
	.stages = (const struct stage *const[]){ &import_stage, NULL },
	.settings = ingest_settings,
};
