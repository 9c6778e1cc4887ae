/* Columns held against columns: what is new, missing, renamed, of another type, in another order, and what that means under a policy. Pure: what
 * the columns are compared with is found in columns_gate.c. */
#include "config.h"

#include "ingest/layout.h"

#include <string.h>

#include "ingest/mapped.h"
#include "ingest/reading_priv.h"

static const char *const codes[LAYOUT_KINDS] = {
	"column-new", "column-missing", "column-renamed", "column-type", "column-form", "column-role", "column-order", "column-unread",
};

const char *layout_code(enum layout_kind kind)
{
	return codes[kind];
}

/* --- the columns of a file --------------------------------------------------------------------- */

/* The role that the column is read for; ROLES: none. */
static int role_of(const struct reading *r, int column)
{
	for (int role = 0; role < ROLES; role++)
		if (r->column[role] == column)
			return role;
	return ROLES;
}

static bool is_needed(const struct reading *r, int column)
{
	bool needed = role_of(r, column) < ROLES;

	for (int k = 0; k < r->keys; k++)
		needed = needed || r->key[k] == column;
	for (size_t i = 0; r->mapped != NULL && i < r->mapped->table->exprs.n; i++)
		needed = needed || (r->mapped->join[i] < 0 && r->mapped->column[i] == column);
	return needed;
}

/* The type with its form, where the form was found for the whole column. */
static const char *type_of(struct arena *a, const struct reading *r, int column)
{
	int role = role_of(r, column);
	const char *type = r->types != NULL ? r->types[column] : "";
	char date[16];

	if (role == ROLE_DATE) {
		date_format_write(date, &r->date_format);
		return arena_printf(a, "date %s", date);
	}
	if ((role == ROLE_AMOUNT || role == ROLE_PRICE || role == ROLE_QUANTITY) && r->form[role].point == ',')
		return arena_printf(a, "number %s", number_form_write(&r->form[role]));
	return type;
}

struct layout layout_of_reading(struct arena *a, const struct reading *r)
{
	size_t n = r->fields < SPLIT_FIELDS ? r->fields : SPLIT_FIELDS;
	struct layout l = { .column = arena_alloc(a, n + 1, sizeof *l.column), .n = n };

	for (size_t i = 0; i < n; i++) {
		int role = role_of(r, (int)i);

		l.column[i] = (struct layout_column){
			.name = r->names != NULL ? r->names[i].p : arena_printf(a, "%zu", i + 1), .role = role < ROLES ? role_word[role] : "",
			.type = type_of(a, r, (int)i), .needed = is_needed(r, (int)i),
		};
	}
	return l;
}

struct layout layout_of_names(struct arena *a, const struct sample_row *header)
{
	size_t n = header->fields < SPLIT_FIELDS ? header->fields : SPLIT_FIELDS;
	struct layout l = { .column = arena_alloc(a, n + 1, sizeof *l.column), .n = n };

	for (size_t i = 0; i < n; i++)
		l.column[i] = (struct layout_column){ .name = header->field[i].p, .role = "", .type = "" };
	return l;
}

/* --- comparing --------------------------------------------------------------------------------- */

struct pairing {
	struct arena        *a;
	const struct layout *was, *now;
	int                 *to;    /* to[i]: the column of now that has the name of column i of was; -1: none */
	bool                *taken; /* of now: known by its name, or as the new name of another */
	enum contract_columns policy;
	bool                 unread;
	const bool          *asked;
	struct layout_differences out;
};

static void pair_by_name(struct pairing *p)
{
	for (size_t i = 0; i < p->was->n; i++) {
		p->to[i] = -1;
		for (size_t k = 0; p->to[i] < 0 && k < p->now->n; k++)
			if (!p->taken[k] && strcmp(p->was->column[i].name, p->now->column[k].name) == 0)
				p->to[i] = (int)k;
		if (p->to[i] >= 0)
			p->taken[p->to[i]] = true;
	}
}

static int column_of_role(const struct layout *l, const char *role)
{
	for (size_t i = 0; *role != '\0' && i < l->n; i++)
		if (strcmp(l->column[i].role, role) == 0)
			return (int)i;
	return -1;
}

/* Money is read from an amount, or from quantity and price. */
static bool role_is_filled(const struct pairing *p, const char *role)
{
	bool money = strcmp(role, role_word[ROLE_AMOUNT]) == 0 || strcmp(role, role_word[ROLE_QUANTITY]) == 0 || strcmp(role, role_word[ROLE_PRICE]) == 0;

	if (column_of_role(p->now, role) >= 0)
		return true;
	return money && (column_of_role(p->now, role_word[ROLE_AMOUNT]) >= 0 || column_of_role(p->now, role_word[ROLE_PRICE]) >= 0);
}

/* Up to the form. */
static bool same_type(const char *a, const char *b)
{
	size_t n = strcspn(a, " "), m = strcspn(b, " ");

	return n == m && memcmp(a, b, n) == 0;
}

static bool is_plain_type(const char *t)
{
	return *t != '\0' && !same_type(t, "mixed");
}

static bool stops(const struct pairing *p, const struct layout_difference *d)
{
	if (d->needed || d->kind == LAYOUT_UNREAD)
		return true;
	switch (d->kind) {
	case LAYOUT_NEW:
	case LAYOUT_FORM:
		return p->policy == COLUMNS_STRICT;
	case LAYOUT_MISSING:
	case LAYOUT_RENAMED:
	case LAYOUT_TYPE:
		return p->policy != COLUMNS_LENIENT;
	default:
		return false;
	}
}

static void add(struct pairing *p, struct layout_difference d, bool spare)
{
	d.stops = !spare && stops(p, &d);
	p->out.at[p->out.n++] = d;
}

/* The column that a missing one may be called now: of its role, else of the nearest name among those that are new. */
static int renamed_to(const struct pairing *p, const struct layout_column *c)
{
	const char **names = arena_alloc(p->a, p->now->n + 1, sizeof *names);
	int         *at = arena_alloc(p->a, p->now->n + 1, sizeof *at), role = column_of_role(p->now, c->role);
	size_t       n = 0;

	if (role >= 0 && !p->taken[role])
		return role;
	for (size_t k = 0; k < p->now->n; k++) {
		const struct layout_column *f = &p->now->column[k];

		if (p->taken[k] || (is_plain_type(c->type) && is_plain_type(f->type) && !same_type(c->type, f->type)))
			continue;
		at[n] = (int)k;
		names[n++] = f->name;
	}
	const char *near = n > 0 ? str_nearest(c->name, names, n) : NULL;

	for (size_t k = 0; near != NULL && k < n; k++)
		if (names[k] == near)
			return at[k];
	return -1;
}

static void missing(struct pairing *p, const struct layout_column *c)
{
	int k = renamed_to(p, c);
	bool filled = *c->role != '\0' && role_is_filled(p, c->role);
	struct layout_difference d = {
		.kind = k >= 0 ? LAYOUT_RENAMED : LAYOUT_MISSING, .column = c->name, .was = c->name, .now = k >= 0 ? p->now->column[k].name : "",
		.role = c->role, .needed = c->needed && !filled && !c->spare,
	};

	if (k >= 0)
		p->taken[k] = true;
	add(p, d, c->spare);
}

/* A column that is there: does it hold what it held? */
static void compare_types(struct pairing *p, const struct layout_column *c, const struct layout_column *f)
{
	if (!is_plain_type(c->type) || !is_plain_type(f->type) || strcmp(c->type, f->type) == 0)
		return;
	if (same_type(c->type, f->type) && (strchr(c->type, ' ') == NULL || strchr(f->type, ' ') == NULL) && !same_type(c->type, "number"))
		return; /* the form of one is not known */
	add(p, (struct layout_difference){ .kind = same_type(c->type, f->type) ? LAYOUT_FORM : LAYOUT_TYPE, .column = c->name, .was = c->type, .now = f->type,
		.role = c->role }, c->spare);
}

/* The column is there, and another one is read in its place. */
static void compare_roles(struct pairing *p, const struct layout_column *c, const struct layout_column *f)
{
	int k = strcmp(c->role, f->role) != 0 ? column_of_role(p->now, c->role) : -1;
	int role = 0;

	if (p->unread || *c->role == '\0' || strcmp(c->role, f->role) == 0)
		return;
	while (role < ROLES - 1 && strcmp(role_word[role], c->role) != 0)
		role++;
	if (k >= 0 && strcmp(p->now->column[k].name, c->name) == 0)
		return; /* the name stands twice */
	if (k < 0 && role_is_filled(p, c->role))
		return; /* quantity and price gave way to an amount, or the other way round: the new columns tell */
	add(p, (struct layout_difference){ .kind = LAYOUT_ROLE, .column = c->name, .was = c->name, .now = k >= 0 ? p->now->column[k].name : "",
		.role = c->role, .needed = p->asked == NULL || !p->asked[role] }, false);
}

static void compare_order(struct pairing *p)
{
	int last = -1;

	for (size_t i = 0; !p->was->unordered && i < p->was->n; i++) {
		if (p->to[i] >= 0 && p->to[i] < last) {
			add(p, (struct layout_difference){ .kind = LAYOUT_ORDER, .column = p->was->column[i].name, .was = "", .now = "", .role = "" }, false);
			return;
		}
		last = p->to[i] >= 0 ? p->to[i] : last;
	}
}

struct layout_differences layout_compare(struct arena *a, const struct layout *was, const struct layout *now, enum contract_columns policy,
	bool unread, const bool asked[ROLES])
{
	struct pairing p = {
		.a = a, .was = was, .now = now, .policy = policy, .unread = unread, .asked = asked,
		.to = arena_alloc(a, was->n + 1, sizeof *p.to), .taken = arena_alloc(a, now->n + 1, sizeof *p.taken),
		.out.at = arena_alloc(a, 2 * was->n + now->n + 2, sizeof *p.out.at),
	};

	memset(p.taken, 0, (now->n + 1) * sizeof *p.taken);
	pair_by_name(&p);
	for (size_t i = 0; i < was->n; i++) {
		if (p.to[i] < 0) {
			missing(&p, &was->column[i]);
			continue;
		}
		compare_types(&p, &was->column[i], &now->column[p.to[i]]);
		compare_roles(&p, &was->column[i], &now->column[p.to[i]]);
	}
	for (size_t k = 0; k < now->n; k++)
		if (!p.taken[k])
			add(&p, (struct layout_difference){ .kind = LAYOUT_NEW, .column = now->column[k].name, .was = "", .now = now->column[k].name,
				.role = "" }, false);
	compare_order(&p);
	return p.out;
}

bool layout_stops(const struct layout_differences *d)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->at[i].stops)
			return true;
	return false;
}

size_t layout_common(const struct layout *a, const struct layout *b)
{
	size_t n = 0;

	for (size_t i = 0; i < a->n; i++) {
		bool found = false;

		for (size_t k = 0; !found && k < b->n; k++)
			found = strcmp(a->column[i].name, b->column[k].name) == 0;
		n += found;
	}
	return n;
}

/* --- in words ---------------------------------------------------------------------------------- */

static void say_one(struct str *t, const struct layout_difference *d)
{
	bool role = *d->role != '\0';

	switch (d->kind) {
	case LAYOUT_NEW:
		str_addf(t, "'%.80s' is new", d->column);
		break;
	case LAYOUT_MISSING:
		str_addf(t, "'%.80s' is missing", d->column);
		if (role)
			str_addf(t, ": %s was read from it", d->role);
		else if (d->needed)
			str_add(t, " and is needed");
		break;
	case LAYOUT_RENAMED:
		str_addf(t, "'%.80s' is missing, perhaps it is called '%.80s' now", d->was, d->now);
		break;
	case LAYOUT_TYPE:
		str_addf(t, "'%.80s' holds %s, and held %s", d->column, d->now, d->was);
		break;
	case LAYOUT_FORM:
		str_addf(t, "'%.80s' is written as %s, and was as %s", d->column, d->now, d->was);
		break;
	case LAYOUT_ROLE:
		if (*d->now != '\0')
			str_addf(t, "%s is read from '%.80s', and was from '%.80s', which is still there", d->role, d->now, d->was);
		else
			str_addf(t, "'%.80s' is there, and %s is not read from it any more", d->was, d->role);
		break;
	case LAYOUT_ORDER:
		str_addf(t, "the columns stand in another order, from '%.80s' on", d->column);
		break;
	default:
		str_addf(t, "it cannot be read: %.300s", d->now);
	}
}

void layout_say(struct str *t, const struct layout_differences *d, bool only_stops)
{
	enum { MOST = 6 };
	size_t told = 0, all = 0;

	for (size_t i = 0; i < d->n; i++) {
		if (only_stops && !d->at[i].stops)
			continue;
		if (all++ < MOST) {
			str_add(t, told++ > 0 ? "; " : "");
			say_one(t, &d->at[i]);
		}
	}
	if (all > told)
		str_addf(t, "; %zu more", all - told);
}

void layout_codes(struct str *t, const struct layout_differences *d)
{
	for (int kind = 0; kind < LAYOUT_KINDS; kind++)
		for (size_t i = 0; i < d->n; i++)
			if ((int)d->at[i].kind == kind && d->at[i].stops) {
				str_addf(t, "%s%s", t->n > 0 ? ";" : "", codes[kind]);
				break;
			}
}

struct js *layout_json(const struct layout *l)
{
	struct js *list = js_array();

	for (size_t i = 0; i < l->n; i++) {
		struct js *js = js_object();

		js_set_text(js, "name", l->column[i].name);
		js_set_text(js, "role", *l->column[i].role != '\0' ? l->column[i].role : NULL);
		js_set_text(js, "type", *l->column[i].type != '\0' ? l->column[i].type : NULL);
		js_set_bool(js, "needed", l->column[i].needed);
		js_add(list, js);
	}
	return list;
}

struct js *layout_differences_json(const struct layout_differences *d)
{
	struct js *list = js_array();

	for (size_t i = 0; i < d->n; i++) {
		struct js *js = js_object();

		js_set_text(js, "kind", codes[d->at[i].kind]);
		js_set_text(js, "column", d->at[i].column);
		js_set_text(js, "was", *d->at[i].was != '\0' ? d->at[i].was : NULL);
		js_set_text(js, "now", *d->at[i].now != '\0' ? d->at[i].now : NULL);
		js_set_bool(js, "stops", d->at[i].stops);
		js_add(list, js);
	}
	return list;
}
