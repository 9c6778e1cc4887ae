/* Applies a contract's checks to the rows of a file. Not here: what the contract says (module/contract), what follows at the end of the file
 * (terms_end.c). Owns no table. */
#include "config.h"

#include "ingest/terms.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mask.h"
#include "base/mem.h"
#include "base/str.h"
#include "ingest/judge.h"
#include "ingest/keyset.h"
#include "module/purchase.h"
#include "store/query.h"

_Static_assert((int)REASON_CONTRACT_REFERENCE - (int)REASON_CONTRACT_REQUIRED == TERM_REFERENCES, "a reason for each kind of row check");

enum { FEW = 8 }; /* accepted values that are compared one by one */

struct bound {
	int                field;      /* of the contract */
	enum role          role;       /* ROLES: none */
	int                column;     /* of the file; -1: none */
	const struct expr *expr;       /* of the mapping; NULL: none */
	struct number_form form;
	size_t             first, checks; /* of contract->check */
	struct map       **value;      /* accepted values of each check, where they are many */
	struct keyset    **seen;       /* values so far of each check of kind unique */
};

/* Binding */

/* The amount is there when it is made of quantity and price, too. */
static bool has_role(const struct reading *r, enum role role)
{
	return role < ROLES && (reading_has(r, role) || (role == ROLE_AMOUNT && reading_has_money(r)));
}

static const struct mapping_column *find_column(const struct reading *r, const char *name)
{
	const struct mapping_table *t = r->mapped != NULL ? r->mapped->table : NULL;

	for (size_t i = 0; t != NULL && i < t->columns; i++)
		if (strcmp(t->column[i].name, name) == 0)
			return &t->column[i];
	return NULL;
}

static int header_column(const struct reading *r, const struct span *names, const char *name)
{
	for (uint32_t i = 0; names != NULL && i < r->fields; i++)
		if (names[i].n == strlen(name) && memcmp(names[i].p, name, names[i].n) == 0)
			return (int)i;
	return -1;
}

/* Numbers of a column that has no role are written like the amounts. */
static struct number_form form_of(const struct reading *r, enum role role)
{
	enum role like = role == ROLE_QUANTITY || role == ROLE_PRICE ? role : reading_has(r, ROLE_AMOUNT) ? ROLE_AMOUNT : ROLE_PRICE;
	struct number_form form = r->form[like];

	if (form.point == '\0')
		form = (struct number_form){ '.', false, 0 };
	return form;
}

/* Where the values of a field are; false: the file has no such field. */
static bool find_values(const struct reading *r, const struct span *names, const char *name, struct bound *b)
{
	const struct mapping_column *mapped = find_column(r, name);

	b->role = ROLES;
	b->column = -1;
	if (mapped != NULL) {
		b->role = reading_role(name);
		b->expr = mapped->expr;
	} else if ((b->column = header_column(r, names, name)) >= 0) {
		for (int role = 0; r->mapped == NULL && role < ROLES; role++)
			if (r->column[role] == b->column)
				b->role = (enum role)role;
	} else if (has_role(r, reading_role(name))) {
		b->role = reading_role(name);
		b->column = r->mapped == NULL ? r->column[b->role] : -1;
		b->expr = r->mapped != NULL ? r->mapped->role[b->role] : NULL;
	} else {
		return false;
	}
	b->form = form_of(r, b->role);
	return true;
}

/* Texts to look among, and sets to remember in. */
static void make_sets(struct terms *t, struct bound *b)
{
	b->value = mem_new(b->checks, sizeof *b->value);
	b->seen = mem_new(b->checks, sizeof *b->seen);
	for (size_t i = 0; i < b->checks; i++) {
		const struct contract_check *c = &t->contract->check[b->first + i];

		if (c->term == TERM_UNIQUE) {
			b->seen[i] = keyset_new();
			t->unique = true;
		}
		if (c->term != TERM_ACCEPTED || c->values <= FEW)
			continue;
		b->value[i] = map_new();
		for (size_t k = 0; k < c->values; k++)
			map_set(b->value[i], c->value[k], strlen(c->value[k]), 1);
	}
}

static void bind_field(struct terms *t, const struct reading *r, const struct span *names, int field)
{
	const struct contract *c = t->contract;
	struct bound b = { .field = field };

	while (b.first < c->checks && c->check[b.first].field != field)
		b.first++;
	while (b.first + b.checks < c->checks && c->check[b.first + b.checks].field == field)
		b.checks++;
	t->has[field] = find_values(r, names, c->field[field].name, &b);
	if (!t->has[field] || b.checks == 0)
		return;
	make_sets(t, &b);
	if (c->check[b.first + b.checks - 1].term == TERM_DISTRIBUTION)
		t->spread[field].spread = spread_new();
	t->bound[t->bounds++] = b;
}

/* The ids of the customers feed. */
static enum rc load_customers(struct terms *t, struct store *s)
{
	struct query *q = NULL;
	bool     row = true;
	enum rc  rc = query_open(s, "statement/ingest_contract_customers", &q);

	while (rc == RC_OK && (rc = query_step(q, &row)) == RC_OK && row) {
		const char *id = query_text(q, 0);
		enum keyset_found found;
		uint64_t none = 0;

		if (t->customers == NULL)
			t->customers = keyset_new();
		rc = keyset_put(t->customers, keyset_hash(0, id, strlen(id)), &none, &found);
	}
	query_close(q);
	return rc;
}

static bool refers(const struct contract *c)
{
	for (size_t i = 0; i < c->checks; i++)
		if (c->check[i].term == TERM_REFERENCES)
			return true;
	return false;
}

enum rc terms_bind(struct arena *a, struct store *s, const struct rules *rules, const struct reading *r, const struct span *names, struct terms **out)
{
	const struct contract *c = rules->contract;
	struct terms *t = arena_alloc(a, 1, sizeof *t);

	*t = (struct terms){ .contract = c, .rules = rules };
	t->bound = arena_alloc(a, c->fields + 1, sizeof *t->bound);
	t->found = arena_alloc(a, c->checks + 1, sizeof *t->found);
	t->spread = arena_alloc(a, c->fields + 1, sizeof *t->spread);
	t->has = arena_alloc(a, c->fields + 1, sizeof *t->has);
	for (size_t i = 0; i < c->fields; i++)
		bind_field(t, r, names, (int)i);
	*out = t;
	return s != NULL && refers(c) ? load_customers(t, s) : RC_OK;
}

void terms_clear(struct terms *t)
{
	for (size_t i = 0; t != NULL && i < t->bounds; i++) {
		for (size_t k = 0; k < t->bound[i].checks; k++) {
			map_free(t->bound[i].value[k]);
			keyset_free(t->bound[i].seen[k]);
		}
		free(t->bound[i].value);
		free(t->bound[i].seen);
	}
	for (size_t i = 0; t != NULL && i < t->contract->fields; i++)
		spread_free(t->spread[i].spread);
	if (t == NULL)
		return;
	keyset_free(t->customers);
	t->customers = NULL;
	t->bounds = 0;
}

/* Values */

static struct span text_of(const struct bound *b, const struct record *r, const struct mapped_row *m)
{
	if (b->expr != NULL)
		return span_trim(mapped_value(m, b->expr));
	return b->column >= 0 ? span_trim(r->field[b->column]) : (struct span){ "", 0 };
}

static bool is_missing(const struct terms *t, struct span c)
{
	return c.n <= t->rules->missing.longest && missing_text(&t->rules->missing, c);
}

static const double tens[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9 };

/* The money that the row was judged to have, else the text as a number. */
static bool number_of(const struct terms *t, const struct bound *b, struct span c, const struct verdict *v, double *out)
{
	struct currency currency = { "" };
	struct decimal  d;

	if (b->role == ROLE_AMOUNT && v->minor != MONEY_NONE) {
		*out = (double)v->minor / tens[t->rules->decimals];
		return true;
	}
	if (decimal_read(c.p, c.n, &b->form, &d, &currency) != NUMBER_OK)
		return false;
	*out = (double)d.digits / tens[d.scale];
	return true;
}

#define NO_DAY (REASON_BIT(REASON_MISSING_DATE) | REASON_BIT(REASON_BAD_DATE))

/* The day that the row was judged to have, else the text as YYYY-MM-DD, perhaps with a time behind it. */
static bool day_of(const struct bound *b, struct span c, const struct verdict *v, double *out)
{
	static const struct date_format iso = { .order = DATE_YMD, .separator = '-' };
	struct date_time t;

	if (b->role == ROLE_DATE) {
		*out = v->day;
		return (v->reasons & NO_DAY) == 0;
	}
	if (!date_time_read(c.p, c.n, &iso, &t))
		return false;
	*out = t.day;
	return true;
}

/* A value as a number, or as a day. */
static bool real_of(const struct terms *t, const struct bound *b, bool day, struct span c, const struct verdict *v, double *out)
{
	return day ? day_of(b, c, v, out) : number_of(t, b, c, v, out);
}

/* Checks */

static bool is_accepted(const struct contract_check *c, const struct map *many, struct span s)
{
	if (many != NULL)
		return map_get(many, s.p, s.n, NULL);
	for (size_t i = 0; i < c->values; i++)
		if (strncmp(c->value[i], s.p, s.n) == 0 && c->value[i][s.n] == '\0')
			return true;
	return false;
}

static bool holds(const struct terms *t, const struct bound *b, size_t i, struct span s, const struct verdict *v)
{
	const struct contract_check *c = &t->contract->check[b->first + i];
	double x;

	switch (c->term) {
	case TERM_TYPE:
		return real_of(t, b, t->contract->field[b->field].type == TYPE_DAY, s, v, &x);
	case TERM_ACCEPTED:
		return is_accepted(c, b->value[i], s);
	case TERM_RANGE:
		return real_of(t, b, c->range.days, s, v, &x) && x >= c->range.low && x <= c->range.high;
	case TERM_PATTERN:
		return contract_matches(c->is, s.p, s.n);
	case TERM_REFERENCES:
		return keyset_get(t->customers, keyset_hash(0, s.p, s.n), &(uint64_t){ 0 });
	default:
		return true;
	}
}

static void keep_example(struct term_found *f, const char *field, struct span s)
{
	struct str shown = { 0 };

	mask_add_cell(&shown, field, s.p, s.n < 4 * TERMS_SHOWN ? s.n : 4 * TERMS_SHOWN);
	str_copy_visible(f->example, sizeof f->example, shown.s != NULL ? shown.s : "", shown.n);
	str_clear(&shown);
}

/* A failing row: counted, the first one shown; the reason where the check sets rows aside. */
static uint64_t fails(struct terms *t, size_t check, struct span s)
{
	const struct contract_check *c = &t->contract->check[check];
	struct term_found *f = &t->found[check];

	if (f->failing++ == 0) {
		keep_example(f, t->contract->field[c->field].name, s);
		t->unplaced = true;
	}
	return c->severity == SEVERITY_QUARANTINE ? REASON_BIT(REASON_CONTRACT_REQUIRED + (int)c->term) : 0;
}

static void add_spread(struct terms *t, const struct bound *b, bool missing, struct span s, const struct verdict *v)
{
	struct term_spread *p = &t->spread[b->field];
	double x;

	p->rows++;
	p->missing += missing;
	if (missing || b->role == ROLE_DATE || !number_of(t, b, s, v, &x))
		return;
	p->numbers++;
	p->sum += x;
	spread_add(p->spread, x);
}

/* Of a row by itself. */
static bool is_asked(const struct terms *t, enum contract_term term)
{
	return term < TERM_UNIQUE || (term == TERM_REFERENCES && t->customers != NULL);
}

static uint64_t judge_field(struct terms *t, const struct bound *b, struct span s, const struct verdict *v)
{
	bool missing = is_missing(t, s) && !(b->role == ROLE_AMOUNT && v->minor != MONEY_NONE);
	uint64_t bits = 0;

	for (size_t i = 0; i < b->checks; i++) {
		size_t check = b->first + i;
		enum contract_term term = t->contract->check[check].term;

		if (term == TERM_DISTRIBUTION)
			add_spread(t, b, missing, s, v);
		if (!is_asked(t, term) || (missing && term != TERM_REQUIRED))
			continue;
		t->found[check].looked++;
		if (term == TERM_REQUIRED ? missing : !holds(t, b, i, s, v))
			bits |= fails(t, check, s);
	}
	return bits;
}

uint64_t terms_judge(struct terms *t, const struct record *r, const struct mapped_row *m, const struct verdict *v)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < t->bounds; i++)
		bits |= judge_field(t, &t->bound[i], text_of(&t->bound[i], r, m), v);
	return bits;
}

static enum rc see(struct terms *t, const struct bound *b, size_t i, struct span s, struct verdict *v)
{
	enum keyset_found found;
	uint64_t none = 0;
	enum rc rc = keyset_put(b->seen[i], keyset_hash(0, s.p, s.n), &none, &found);

	t->found[b->first + i].looked++;
	if (rc == RC_OK && found != KEYSET_NEW)
		v->reasons |= fails(t, b->first + i, s);
	return rc;
}

enum rc terms_unique(struct terms *t, const struct record *r, const struct mapped_row *m, struct verdict *v)
{
	enum rc rc = RC_OK;

	if (!t->unique)
		return RC_OK;
	for (size_t i = 0; i < t->bounds; i++) {
		const struct bound *b = &t->bound[i];

		for (size_t k = 0; rc == RC_OK && k < b->checks; k++) {
			if (b->seen[k] == NULL)
				continue;
			struct span s = text_of(b, r, m);

			if (!is_missing(t, s))
				rc = see(t, b, k, s, v);
		}
	}
	return rc;
}

void terms_place(struct terms *t, int64_t line)
{
	if (!t->unplaced)
		return;
	for (size_t i = 0; i < t->contract->checks; i++)
		if (t->found[i].failing > 0 && t->found[i].line == 0)
			t->found[i].line = line;
	t->unplaced = false;
}
