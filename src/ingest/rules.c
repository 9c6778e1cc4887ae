/* What rows are judged by. Owns the facts `currency` and `decimals` of the store. Not here: the judgement (judge.c). */
#include "config.h"

#include "ingest/rules.h"

#include <string.h>

#include "base/str.h"
#include "module/contract.h"
#include "store/query.h"

static enum rc negative_of(const char *word, enum negative *out)
{
	if (strcmp(word, "refund") == 0)
		*out = NEGATIVE_REFUND;
	else if (strcmp(word, "quarantine") == 0)
		*out = NEGATIVE_QUARANTINE;
	else if (strcmp(word, "stop") == 0)
		*out = NEGATIVE_STOP;
	else
		return err_do(err_set(RC_USAGE, "CSV-129", "--negative takes no '%s'", word), "give refund, quarantine or stop");
	return RC_OK;
}

static enum rc duplicates_of(const char *word, enum duplicates *out)
{
	if (strcmp(word, "auto") == 0)
		*out = DUPLICATES_AUTO;
	else if (strcmp(word, "keep") == 0)
		*out = DUPLICATES_KEEP;
	else if (strcmp(word, "drop") == 0)
		*out = DUPLICATES_DROP;
	else
		return err_do(err_set(RC_USAGE, "CSV-129", "--duplicates takes no '%s'", word), "give auto, keep or drop");
	return RC_OK;
}

static enum rc on_conflict_of(const char *word, enum on_conflict *out)
{
	*out = strcmp(word, "last-wins") == 0 ? CONFLICT_LAST_WINS : CONFLICT_KEEP_FIRST;
	if (*out == CONFLICT_LAST_WINS || strcmp(word, "keep-first") == 0)
		return RC_OK;
	return err_do(err_set(RC_USAGE, "CSV-129", "--on-conflict takes no '%s'", word), "give keep-first or last-wins");
}

static enum rc on_bad_of(const char *word, bool *stop)
{
	*stop = strcmp(word, "stop") == 0;
	if (*stop || strcmp(word, "quarantine") == 0)
		return RC_OK;
	return err_do(err_set(RC_USAGE, "CSV-129", "--on-bad takes no '%s'", word), "give quarantine or stop");
}

static struct missing missing_of(struct run *run, const char *key)
{
	const char *const *words;
	size_t n = settings_list(run->settings, key, &words);
	struct missing m = { .word = arena_alloc(run->arena, n + 1, sizeof *m.word), .n = n };

	for (size_t i = 0; i < n; i++) {
		m.word[i] = (struct span){ words[i], (uint32_t)strlen(words[i]) };
		m.longest = m.word[i].n > m.longest ? m.word[i].n : m.longest;
	}
	return m;
}

static enum rc currency_of(struct run *run, struct currency *out)
{
	const char *text = run_text(run, "currency");

	*out = (struct currency){ "" };
	if (*text == '\0' || currency_read(text, strlen(text), out))
		return RC_OK;
	return err_do(err_set(RC_CONFIG, "CSV-132", "currency is '%s', which is no currency", text), "give three letters, for example EUR");
}

/* What the store was begun with holds for ever: amounts in it are minor units of exactly that. */
static enum rc check_facts(struct run *run, struct store *store, struct rules *r)
{
	char *currency = NULL;
	int64_t decimals = r->decimals;
	enum rc rc = query_get_int(store, "statement/ingest_fact_get", &decimals, "t", "decimals");

	if (rc == RC_OK)
		rc = query_get_text(store, run->arena, "statement/ingest_fact_get", &currency, "t", "currency");
	if (rc != RC_OK)
		return rc;
	if (decimals != r->decimals)
		return err_do(err_set(RC_CONFIG, "CSV-133", "decimals is %d, but this store keeps %lld", r->decimals, (long long)decimals),
			"take the setting back, or begin a new store");
	if (currency == NULL || *currency == '\0')
		return RC_OK;
	struct currency kept;

	if (!currency_read(currency, strlen(currency), &kept))
		return err_set(RC_DAMAGED, "CSV-131", "the store's currency cannot be read");
	if (r->currency.code[0] != '\0' && !currency_same(&r->currency, &kept))
		return err_do(err_set(RC_CONFIG, "CSV-133", "currency is %s, but this store keeps %s", r->currency.code, currency),
			"take the setting back, or begin a new store");
	r->currency = kept;
	return RC_OK;
}

enum rc rules_make(struct run *run, struct store *store, const struct import_ask *ask, struct rules *out, bool *stop_on_bad)
{
	struct rules r = {
		.decimals = (int)run_int(run, "decimals"),
		.max_field = (size_t)run_int(run, "import.max_field"),
		.max_row = (size_t)run_int(run, "import.max_row"),
		.today = clock_today(),
		.missing = missing_of(run, "import.missing"),
		.missing_customer = missing_of(run, "import.missing_customer"),
	};
	struct contract *contract = NULL;
	enum rc rc = negative_of(ask->negative != NULL ? ask->negative : run_text(run, "import.negative"), &r.negative);

	if (rc == RC_OK)
		rc = on_bad_of(ask->on_bad != NULL ? ask->on_bad : run_text(run, "import.on_bad"), stop_on_bad);
	if (rc == RC_OK)
		rc = duplicates_of(ask->duplicates != NULL ? ask->duplicates : run_text(run, "import.duplicates"), &r.duplicates);
	if (rc == RC_OK)
		rc = on_conflict_of(ask->on_conflict != NULL ? ask->on_conflict : run_text(run, "import.on_conflict"), &r.on_conflict);
	if (rc == RC_OK)
		rc = zone_read(run->arena, ask->zone != NULL ? ask->zone : run_text(run, "import.zone"), &r.zone);
	if (rc == RC_OK)
		rc = currency_of(run, &r.currency);
	if (rc == RC_OK && store != NULL)
		rc = check_facts(run, store, &r);
	if (rc == RC_OK && store != NULL && ask->contract == NULL)
		rc = contract_live(store, run->arena, "orders", &contract);
	r.contract = ask->contract != NULL ? ask->contract : contract;
	if (rc == RC_OK)
		*out = r;
	return rc;
}

enum rc rules_fix(struct store *store, const struct rules *r, const struct currency *seen)
{
	const char *currency = r->currency.code[0] != '\0' ? r->currency.code : seen->code;
	enum rc rc;
	char decimals[8] = { (char)('0' + r->decimals), '\0' };

	rc = query_run(store, "statement/ingest_fact_set", "tt", "decimals", decimals);
	if (rc == RC_OK && *currency != '\0')
		rc = query_run(store, "statement/ingest_fact_set", "tt", "currency", currency);
	return rc;
}
