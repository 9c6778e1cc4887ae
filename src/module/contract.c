/* Compiles the YAML of a contract into its checks. Not here: its values (contract_value.c), what follows from a check (contract_judge.c). Owns no
 * table. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "module/contract_priv.h"
#include "module/entity.h"

enum { PATTERN_MOST = 256, FIRST_CHECKS = 64 }; /* the room for checks doubles: a power of two */

static struct contract_check new_check(enum contract_term term, const char *id, int field, const struct ydoc *d)
{
	return (struct contract_check){
		.term = term, .id = id, .field = field, .severity = term <= TERM_REFERENCES ? SEVERITY_QUARANTINE : SEVERITY_WARN, .is = "",
		.warn_if = { .share = (double)NAN, .count = -1 }, .error_if = { .share = (double)NAN, .count = -1 },
		.line = d->line, .column = d->column, .missing = (double)NAN, .mean = (double)NAN, .quantiles = (double)NAN,
		.warn_after = (double)NAN, .error_after = (double)NAN,
	};
}

static enum rc add_check(const struct contract_at *r, struct contract *c, const struct contract_check *k)
{
	if (c->checks == CONTRACT_CHECKS)
		return contract_fail(r, k->line, k->column, "CON-106", "more than %d checks", CONTRACT_CHECKS);
	if (c->checks >= FIRST_CHECKS && (c->checks & (c->checks - 1)) == 0) {
		struct contract_check *more = arena_alloc(r->a, 2 * c->checks, sizeof *more);

		memcpy(more, c->check, c->checks * sizeof *more);
		c->check = more;
	}
	c->check[c->checks++] = *k;
	return RC_OK;
}

/* What checks have in common */

static enum rc read_severity(const struct contract_at *r, const struct ydoc *d, struct contract_check *k)
{
	static const char *const known[] = { "warn", "quarantine", "stop" };
	int word = 0;
	enum rc rc = contract_word(r, d, "severity", known, 3, &word);

	if (rc == RC_OK && word == SEVERITY_QUARANTINE && k->term > TERM_REFERENCES)
		return err_do(contract_fail(r, d->line, d->column, "CON-107", "%s is asked of the whole: there is no row to set aside", contract_term_name(k->term)),
			"give warn or stop");
	k->severity = (enum contract_severity)word;
	return rc;
}

/* severity, warn_if, error_if; *taken is false for another entry. */
static enum rc read_common(const struct contract_at *r, const struct ydoc *d, size_t i, struct contract_check *k, bool *taken)
{
	const struct ydoc *v = &d->child[i];

	*taken = true;
	if (strcmp(d->key[i], "severity") == 0)
		return read_severity(r, v, k);
	if (strcmp(d->key[i], "warn_if") == 0)
		return contract_limit_read(r, v, "warn_if", &k->warn_if);
	if (strcmp(d->key[i], "error_if") == 0)
		return contract_limit_read(r, v, "error_if", &k->error_if);
	*taken = false;
	return RC_OK;
}

/* A limit that could never be reached is a mistake. */
static enum rc check_limits(const struct contract_at *r, const struct ydoc *d, const struct contract_check *k)
{
	if (k->severity == SEVERITY_WARN && k->error_if.said)
		return err_do(contract_fail(r, d->line, d->column, "CON-107", "%s has severity warn: error_if would do nothing", k->id),
			"give severity: stop, or only warn_if");
	return RC_OK;
}

/* Checks of a field */

static enum rc read_accepted(const struct contract_at *r, const struct ydoc *d, struct contract_check *k)
{
	size_t n = d->kind == YDOC_SEQUENCE ? d->count : 1;
	const char **value;
	struct str all = { 0 };

	if (d->kind == YDOC_MAPPING || n == 0)
		return contract_fail(r, d->line, d->column, "CON-102", "accepted should be a list of values, [paid, sent]");
	if (n > CONTRACT_VALUES)
		return contract_fail(r, d->line, d->column, "CON-106", "more than %d accepted values", CONTRACT_VALUES);
	value = arena_alloc(r->a, n, sizeof *value);
	for (size_t i = 0; i < n; i++) {
		const struct ydoc *v = d->kind == YDOC_SEQUENCE ? &d->child[i] : d;
		enum rc rc = contract_want(r, v, YDOC_SCALAR, "an accepted value");

		if (rc != RC_OK) {
			str_clear(&all);
			return rc;
		}
		value[i] = v->text;
		str_addf(&all, "%s%s", i > 0 ? ", " : "", v->text);
	}
	k->value = value;
	k->values = n;
	k->is = arena_text(r->a, all.s);
	str_clear(&all);
	return RC_OK;
}

static enum rc read_type(const struct contract_at *r, const struct ydoc *d, struct contract_field *f)
{
	static const char *const known[] = { "text", "number", "day" };
	int word = 0;
	enum rc rc = contract_word(r, d, "type", known, 3, &word);

	f->type = (enum contract_type)(word + 1);
	return rc;
}

static enum rc read_pattern(const struct contract_at *r, const struct ydoc *d)
{
	enum rc rc = contract_want(r, d, YDOC_SCALAR, "pattern");

	if (rc == RC_OK && (*d->text == '\0' || strlen(d->text) > PATTERN_MOST))
		rc = contract_fail(r, d->line, d->column, "CON-103", "a pattern has 1 to %d bytes", PATTERN_MOST);
	return rc;
}

static enum rc read_entity(const struct contract_at *r, const struct ydoc *d, const char **out)
{
	const char *near;
	enum rc rc = contract_want(r, d, YDOC_SCALAR, "entity");

	if (rc != RC_OK)
		return rc;
	*out = d->text;
	if (entity_columns(r->a, d->text, NULL) != NULL)
		return RC_OK;
	near = entity_nearest(d->text);
	rc = contract_fail(r, d->line, d->column, "CON-101", "there is no entity called '%s'", d->text);
	return near != NULL ? err_do(rc, "did you mean %s?", near) : err_do(rc, "'sources list' shows what there is");
}

/* Whose ids are kept is what can be referred to. */
static enum rc read_reference(const struct contract_at *r, const struct ydoc *d, const char **out)
{
	enum rc rc = read_entity(r, d, out);

	if (rc == RC_OK && strcmp(*out, "customers") != 0)
		return err_do(contract_fail(r, d->line, d->column, "CON-107", "the ids of %s are not kept: nothing can refer to them", *out), "only customers can be referred to");
	return rc;
}

/* The value of a check, in its short form or behind `is`. *asked is false for `required: false` and the like. */
static enum rc read_is(const struct contract_at *r, const struct ydoc *d, struct contract_field *f, struct contract_check *k, bool *asked)
{
	enum rc rc = RC_OK;

	*asked = true;
	if (d->kind == YDOC_SCALAR)
		k->is = d->text;
	switch (k->term) {
	case TERM_REQUIRED:
	case TERM_UNIQUE:
		rc = contract_bool(r, d, contract_term_name(k->term), asked);
		k->is = "";
		return rc;
	case TERM_TYPE:
		rc = read_type(r, d, f);
		*asked = f->type != TYPE_TEXT;
		return rc;
	case TERM_ACCEPTED:
		return read_accepted(r, d, k);
	case TERM_RANGE:
		return contract_range_read(r, d, &k->range);
	case TERM_PATTERN:
		return read_pattern(r, d);
	case TERM_REFERENCES:
		return read_reference(r, d, &k->entity);
	default:
		return rc;
	}
}

static bool needs_is(enum contract_term t)
{
	return t != TERM_REQUIRED && t != TERM_UNIQUE;
}

static enum rc read_row_check(const struct contract_at *r, const struct ydoc *d, struct contract *c, int field, enum contract_term term)
{
	static const char *const known[] = { "is", "severity", "warn_if", "error_if" };
	struct contract_field *f = &c->field[field];
	struct contract_check k = new_check(term, arena_printf(r->a, "%s.%s", f->name, contract_term_name(term)), field, d);
	bool asked = true, is = d->kind != YDOC_MAPPING, taken;
	enum rc rc = is ? read_is(r, d, f, &k, &asked) : RC_OK;

	for (size_t i = 0; rc == RC_OK && d->kind == YDOC_MAPPING && i < d->count; i++) {
		if (strcmp(d->key[i], "is") == 0) {
			is = true;
			rc = read_is(r, &d->child[i], f, &k, &asked);
			continue;
		}
		rc = read_common(r, d, i, &k, &taken);
		if (rc == RC_OK && !taken)
			rc = contract_unknown(r, d->key_line[i], d->key_column[i], "entry of a check called", d->key[i], known, 4);
	}
	if (rc == RC_OK && !is && needs_is(term))
		rc = contract_fail(r, d->line, d->column, "CON-105", "%s needs is: what should hold", k.id);
	if (rc == RC_OK && term == TERM_REQUIRED) {
		f->required = asked;
		f->optional = !asked;
	}
	if (rc == RC_OK)
		rc = check_limits(r, d, &k);
	return rc == RC_OK && asked ? add_check(r, c, &k) : rc;
}

static enum rc read_distribution(const struct contract_at *r, const struct ydoc *d, struct contract *c, int field)
{
	static const char *const known[] = { "missing", "mean", "quantiles", "severity" };
	struct contract_check k = new_check(TERM_DISTRIBUTION, arena_printf(r->a, "%s.distribution", c->field[field].name), field, d);
	bool taken;
	enum rc rc = contract_want(r, d, YDOC_MAPPING, "distribution");

	for (size_t i = 0; rc == RC_OK && i < d->count; i++) {
		double *to = strcmp(d->key[i], "missing") == 0 ? &k.missing : strcmp(d->key[i], "mean") == 0 ? &k.mean
			: strcmp(d->key[i], "quantiles") == 0 ? &k.quantiles : NULL;

		taken = false;
		if (to != NULL)
			rc = contract_share(r, &d->child[i], d->key[i], to);
		else if (strcmp(d->key[i], "severity") == 0)
			rc = read_common(r, d, i, &k, &taken);
		else
			rc = contract_unknown(r, d->key_line[i], d->key_column[i], "entry of distribution called", d->key[i], known, 4);
	}
	if (rc == RC_OK && isnan(k.missing) && isnan(k.mean) && isnan(k.quantiles))
		rc = contract_fail(r, d->line, d->column, "CON-105", "%s needs missing, mean or quantiles", k.id);
	return rc == RC_OK ? add_check(r, c, &k) : rc;
}

/* Fields */

static const struct ydoc *entry_of(const struct ydoc *d, const char *key)
{
	for (size_t i = 0; i < d->count; i++)
		if (strcmp(d->key[i], key) == 0)
			return &d->child[i];
	return NULL;
}

static enum rc check_field_keys(const struct contract_at *r, const struct ydoc *d)
{
	const char *known[TERM_DISTRIBUTION + 1];
	enum rc rc = RC_OK;

	for (int t = 0; t <= TERM_DISTRIBUTION; t++)
		known[t] = contract_term_name((enum contract_term)t);
	for (size_t i = 0; rc == RC_OK && i < d->count; i++) {
		bool found = false;

		for (int t = 0; t <= TERM_DISTRIBUTION; t++)
			found = found || strcmp(known[t], d->key[i]) == 0;
		if (!found)
			rc = contract_unknown(r, d->key_line[i], d->key_column[i], "check of a field called", d->key[i], known, TERM_DISTRIBUTION + 1);
	}
	return rc;
}

/* A range of days is one of a field of days, and a field of days has no numbers. */
static enum rc check_range(const struct contract_at *r, const struct contract_field *f, const struct contract_check *k)
{
	if (k->term != TERM_RANGE || f->type == TYPE_UNSAID || (f->type == TYPE_DAY) == k->range.days)
		return RC_OK;
	return contract_fail(r, k->line, k->column, "CON-107", "%s is of type %s, and its range is of %s", f->name, contract_type_name(f->type),
		k->range.days ? "days" : "numbers");
}

static enum rc read_field(const struct contract_at *r, const struct ydoc *d, struct contract *c, int field)
{
	size_t first = c->checks;
	enum rc rc = RC_OK;

	if (d->kind == YDOC_SCALAR && *d->text == '\0')
		return RC_OK; /* a column that is only named */
	rc = contract_want(r, d, YDOC_MAPPING, c->field[field].name);
	if (rc == RC_OK)
		rc = check_field_keys(r, d);
	for (int t = 0; rc == RC_OK && t < TERM_DISTRIBUTION; t++) {
		const struct ydoc *v = entry_of(d, contract_term_name((enum contract_term)t));

		if (v != NULL)
			rc = read_row_check(r, v, c, field, (enum contract_term)t);
	}
	if (rc == RC_OK && entry_of(d, "distribution") != NULL)
		rc = read_distribution(r, entry_of(d, "distribution"), c, field);
	for (size_t i = first; rc == RC_OK && i < c->checks; i++)
		rc = check_range(r, &c->field[field], &c->check[i]);
	return rc;
}

static enum rc read_fields(const struct contract_at *r, const struct ydoc *d, struct contract *c)
{
	enum rc rc = contract_want(r, d, YDOC_MAPPING, "fields");

	if (rc == RC_OK && d->count > CONTRACT_FIELDS)
		rc = contract_fail(r, d->line, d->column, "CON-106", "more than %d fields", CONTRACT_FIELDS);
	if (rc != RC_OK)
		return rc;
	c->field = arena_alloc(r->a, d->count + 1, sizeof *c->field);
	for (size_t i = 0; rc == RC_OK && i < d->count; i++) {
		c->field[c->fields++] = (struct contract_field){ .name = d->key[i], .line = d->key_line[i], .column = d->key_column[i] };
		rc = read_field(r, &d->child[i], c, (int)i);
	}
	return rc;
}

/* Checks of the whole */

static enum rc read_freshness(const struct contract_at *r, const struct ydoc *d, struct contract *c)
{
	static const char *const known[] = { "warn_after", "error_after" };
	struct contract_check k = new_check(TERM_FRESHNESS, "freshness", -1, d);
	enum rc rc = RC_OK;

	if (d->kind == YDOC_SCALAR)
		rc = contract_days(r, d, "freshness", &k.warn_after);
	else
		rc = contract_want(r, d, YDOC_MAPPING, "freshness");
	for (size_t i = 0; rc == RC_OK && d->kind == YDOC_MAPPING && i < d->count; i++) {
		if (strcmp(d->key[i], "warn_after") == 0)
			rc = contract_days(r, &d->child[i], "warn_after", &k.warn_after);
		else if (strcmp(d->key[i], "error_after") == 0)
			rc = contract_days(r, &d->child[i], "error_after", &k.error_after);
		else
			rc = contract_unknown(r, d->key_line[i], d->key_column[i], "entry of freshness called", d->key[i], known, 2);
	}
	if (rc == RC_OK && isnan(k.warn_after) && isnan(k.error_after))
		rc = contract_fail(r, d->line, d->column, "CON-105", "freshness needs warn_after or error_after");
	if (rc == RC_OK && k.warn_after > k.error_after)
		rc = contract_fail(r, d->line, d->column, "CON-103", "warn_after is later than error_after");
	k.severity = isnan(k.error_after) ? SEVERITY_WARN : SEVERITY_STOP;
	return rc == RC_OK ? add_check(r, c, &k) : rc;
}

static enum rc volume_entry(const struct contract_at *r, const struct ydoc *d, size_t i, struct contract_check *k)
{
	static const char *const known[] = { "z", "train", "detect", "points", "severity" };
	const struct { const char *key; int *to; double low, high; } numbers[] = {
		{ "train", &k->train, 1, 366 }, { "detect", &k->detect, 1, 31 }, { "points", &k->points, 3, 366 },
	};
	double v = 0;
	bool   taken;

	if (strcmp(d->key[i], "z") == 0)
		return contract_number(r, &d->child[i], "z", 1, 100, &k->z);
	if (strcmp(d->key[i], "severity") == 0)
		return read_common(r, d, i, k, &taken);
	for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++) {
		if (strcmp(numbers[n].key, d->key[i]) != 0)
			continue;
		enum rc rc = contract_number(r, &d->child[i], d->key[i], numbers[n].low, numbers[n].high, &v);

		if (rc == RC_OK && v != floor(v))
			rc = contract_fail(r, d->child[i].line, d->child[i].column, "CON-103", "%s is '%s', and should be whole", d->key[i], d->child[i].text);
		*numbers[n].to = (int)v;
		return rc;
	}
	return contract_unknown(r, d->key_line[i], d->key_column[i], "entry of volume called", d->key[i], known, 5);
}

static enum rc read_volume(const struct contract_at *r, const struct ydoc *d, struct contract *c)
{
	struct contract_check k = new_check(TERM_VOLUME, "volume", -1, d);
	enum rc rc = RC_OK;

	k.z = 3.5;
	k.train = 14;
	k.detect = 2;
	k.points = 7;
	if (d->kind != YDOC_SCALAR || *d->text != '\0')
		rc = contract_want(r, d, YDOC_MAPPING, "volume");
	for (size_t i = 0; rc == RC_OK && i < d->count; i++)
		rc = volume_entry(r, d, i, &k);
	return rc == RC_OK ? add_check(r, c, &k) : rc;
}

static enum rc read_sql(const struct contract_at *r, const struct ydoc *d, const char *name, struct contract *c)
{
	static const char *const known[] = { "about", "sql", "severity", "warn_if", "error_if" };
	struct contract_check k = new_check(TERM_SQL, arena_printf(r->a, "sql:%s", name), -1, d);
	bool taken;
	enum rc rc = contract_want(r, d, YDOC_MAPPING, name);

	k.about = name;
	for (size_t i = 0; rc == RC_OK && i < d->count; i++) {
		if (strcmp(d->key[i], "sql") == 0 || strcmp(d->key[i], "about") == 0) {
			rc = contract_want(r, &d->child[i], YDOC_SCALAR, d->key[i]);
			*(*d->key[i] == 's' ? &k.sql : &k.about) = d->child[i].text;
			continue;
		}
		rc = read_common(r, d, i, &k, &taken);
		if (rc == RC_OK && !taken)
			rc = contract_unknown(r, d->key_line[i], d->key_column[i], "entry of a check called", d->key[i], known, 5);
	}
	if (rc == RC_OK && (k.sql == NULL || *k.sql == '\0'))
		rc = contract_fail(r, d->line, d->column, "CON-105", "the check %s needs sql: a query that answers the rows that fail", name);
	if (rc == RC_OK)
		rc = check_limits(r, d, &k);
	return rc == RC_OK ? add_check(r, c, &k) : rc;
}

static enum rc read_checks(const struct contract_at *r, const struct ydoc *d, struct contract *c)
{
	enum rc rc = contract_want(r, d, YDOC_MAPPING, "checks");

	for (size_t i = 0; rc == RC_OK && i < d->count; i++)
		rc = read_sql(r, &d->child[i], d->key[i], c);
	return rc;
}

/* The whole */

static enum rc read_policy(const struct contract_at *r, const struct ydoc *d, struct contract *c)
{
	static const char *const known[] = { "strict", "additive", "lenient" };
	int word = 0;
	enum rc rc = contract_word(r, d, "policy for columns", known, 3, &word);

	c->columns = (enum contract_columns)(word + COLUMNS_STRICT);
	return rc;
}

static enum rc read_entry(const struct contract_at *r, const struct ydoc *d, size_t i, struct contract *c)
{
	static const char *const known[] = { "contract", "entity", "about", "columns", "fields", "freshness", "volume", "checks" };
	const struct ydoc *v = &d->child[i];
	const char *key = d->key[i];

	if (strcmp(key, "contract") == 0 || strcmp(key, "about") == 0) {
		*(*key == 'c' ? &c->name : &c->about) = v->text;
		return contract_want(r, v, YDOC_SCALAR, key);
	}
	if (strcmp(key, "entity") == 0)
		return read_entity(r, v, &c->entity);
	if (strcmp(key, "columns") == 0)
		return read_policy(r, v, c);
	if (strcmp(key, "fields") == 0)
		return read_fields(r, v, c);
	if (strcmp(key, "freshness") == 0)
		return read_freshness(r, v, c);
	if (strcmp(key, "volume") == 0)
		return read_volume(r, v, c);
	if (strcmp(key, "checks") == 0)
		return read_checks(r, v, c);
	return contract_unknown(r, d->key_line[i], d->key_column[i], "entry of a contract called", key, known, sizeof known / sizeof *known);
}

static enum rc read_contract(const struct contract_at *r, const struct ydoc *d, struct contract *c)
{
	enum rc rc = contract_want(r, d, YDOC_MAPPING, "a contract");

	for (size_t i = 0; rc == RC_OK && i < d->count; i++)
		rc = read_entry(r, d, i, c);
	if (rc == RC_OK && (c->name == NULL || c->entity == NULL))
		rc = contract_fail(r, d->line, d->column, "CON-105", "a contract needs contract (its name) and entity");
	return rc;
}

enum rc contract_parse(struct arena *a, const char *path, const char *text, size_t n, struct contract **out)
{
	struct contract *c = arena_alloc(a, 1, sizeof *c);
	struct contract_at r = { .a = a, .path = arena_text(a, path), .text = arena_span(a, text, n), .n = n };
	struct ydoc *root;
	enum rc rc = ydoc_read(a, r.path, r.text, n, &root);

	*c = (struct contract){ .path = r.path, .text = r.text, .bytes = n, .about = "" };
	c->check = arena_alloc(a, FIRST_CHECKS, sizeof *c->check);
	if (rc == RC_OK)
		rc = read_contract(&r, root, c);
	if (rc != RC_OK)
		return rc;
	digest_of(text, n, c->digest);
	*out = c;
	return RC_OK;
}

enum rc contract_read(struct arena *a, const char *path, struct contract **out)
{
	char  *text;
	size_t n;
	enum rc rc = file_read(a, path, CONTRACT_BYTES, &text, &n);

	return rc == RC_OK ? contract_parse(a, path, text, n, out) : rc;
}
