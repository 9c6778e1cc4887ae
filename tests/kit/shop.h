/* A store with purchases in it, filled as an import would: rows in the order given, states of customers, a file's record.
 * And a run on it, to call stages and gates with. */
#ifndef CLV_TESTS_SHOP_H
#define CLV_TESTS_SHOP_H

#include "scratch.h"

#include "base/day.h"
#include "base/mem.h"
#include "base/str.h"
#include "module/purchase.h"
#include "module/run.h"
#include "module/setting.h"
#include "module/transaction.h"
#include "store/append.h"
#include "store/query.h"
#include "store/store.h"

struct shop_row { int32_t who; day_t day; int64_t minor; }; /* who: any label from 0; minor MONEY_NONE: no amount */

struct shop {
	struct scratch   scratch;
	struct store    *store;
	struct arena    *arena;
	struct settings *settings;
	struct run       run;
	const struct setting *tables[4];
};

static inline void shop_open(struct shop *s, const struct setting *a, const struct setting *b)
{
	*s = (struct shop){ .scratch = scratch_new(), .arena = arena_new(), .tables = { a, a ? b : NULL } };
	cr_assert_eq(store_open(s->scratch.store, STORE_CREATE, &s->store), RC_OK, "%s", err_get()->why);
	s->settings = settings_new(s->tables);
	s->run = (struct run){ .store = s->store, .settings = s->settings, .arena = s->arena, .as_of = DAY_NONE };
}

static inline void shop_close(struct shop *s)
{
	js_free(s->run.facts);
	settings_free(s->settings);
	arena_free(s->arena);
	store_close(s->store);
	scratch_free(&s->scratch);
}

/* Numbers in order of appearance; number[] has room for the largest label. Returns how many. */
static inline int32_t shop_numbers(const struct shop_row *row, size_t n, int32_t *number, int32_t *label)
{
	int32_t count = 0;
	for (size_t i = 0; i < n; i++)
		if (!number[row[i].who]) {
			label[++count] = row[i].who;
			number[row[i].who] = count;
		}
	return count;
}

static inline int shop_by_day(const void *a, const void *b)
{
	const struct shop_row *x = a, *y = b;
	return (x->day > y->day) - (x->day < y->day);
}

static inline void shop_put_customers(struct shop *s, const struct shop_row *row, size_t n, const int32_t *number, const int32_t *label, int32_t count)
{
	struct shop_row *sorted = mem_new(n + 1, sizeof *sorted);
	struct purchase *p = mem_new((size_t)count + 1, sizeof *p);
	memcpy(sorted, row, n * sizeof *row);
	qsort(sorted, n, sizeof *sorted, shop_by_day);
	for (int32_t c = 0; c <= count; c++)
		purchase_init(&p[c]);
	for (size_t i = 0; i < n; i++)
		cr_assert(purchase_add(&p[number[sorted[i].who]], sorted[i].day, sorted[i].minor));
	for (int32_t c = 1; c <= count; c++) {
		char        id[16];
		const char *text = id;
		const int64_t v[] = { c, p[c].first == DAY_NONE ? INT64_MIN : p[c].first, p[c].last == DAY_NONE ? INT64_MIN : p[c].last, p[c].open,
			p[c].days, p[c].sales, p[c].refunds, p[c].open_minor, p[c].first_minor, p[c].before_minor, p[c].total_minor, p[c].open_sale };
		static const char *const name[] = { "customer", "first_day", "last_day", "open_day", "days", "sales", "refunds", "open_minor",
			"first_minor", "before_minor", "total_minor", "open_sale" };
		struct append_column column[13] = { { .name = "customer_id", .type = APPEND_TEXT, .data = &text } };
		snprintf(id, sizeof id, "c%d", label[c]);
		for (int i = 0; i < 12; i++)
			column[i + 1] = (struct append_column){ .name = name[i], .type = APPEND_I64, .data = &v[i] };
		cr_assert_eq(store_append(s->store, "raw_customer", column, 13, 1), RC_OK, "%s", err_get()->why);
	}
	free(sorted);
	free(p);
}

static inline void shop_put_file(struct shop *s, int64_t rows, bool has_money)
{
	const char *text[] = { "log.csv", "0", "accepted", "UTF-8", ",", "{}", "2000-01-01T00:00:00Z" };
	static const char *const name[] = { "name", "digest", "status", "encoding", "delimiter", "reading", "imported_at" };
	const int64_t one = has_money, zero = 0;
	const double none = 0;
	struct append_column column[16];
	int n = 0;
	for (; n < 7; n++)
		column[n] = (struct append_column){ .name = name[n], .type = APPEND_TEXT, .data = &text[n] };
	column[n++] = (struct append_column){ .name = "bytes", .type = APPEND_I64, .data = &zero };
	column[n++] = (struct append_column){ .name = "has_money", .type = APPEND_I64, .data = &one };
	column[n++] = (struct append_column){ .name = "read_rows", .type = APPEND_I64, .data = &rows };
	column[n++] = (struct append_column){ .name = "accepted", .type = APPEND_I64, .data = &rows };
	column[n++] = (struct append_column){ .name = "quarantined", .type = APPEND_I64, .data = &zero };
	column[n++] = (struct append_column){ .name = "duplicate", .type = APPEND_I64, .data = &zero };
	column[n++] = (struct append_column){ .name = "blank", .type = APPEND_I64, .data = &zero };
	column[n++] = (struct append_column){ .name = "seconds", .type = APPEND_F64, .data = &none };
	cr_assert_eq(store_append(s->store, "raw_file", column, (size_t)n, 1), RC_OK, "%s", err_get()->why);
}

/* Rows as one accepted file, once a store. The customer with label 7 gets the id "c7". */
static inline void shop_fill(struct shop *s, const struct shop_row *row, size_t n)
{
	int32_t most = 0;
	bool    money = n > 0;
	for (size_t i = 0; i < n; i++) {
		most = row[i].who > most ? row[i].who : most;
		money = money && row[i].minor != MONEY_NONE;
	}
	int32_t *number = mem_new((size_t)most + 1, sizeof *number), *label = mem_new((size_t)most + 2, sizeof *label);
	int32_t  count = shop_numbers(row, n, number, label);
	int32_t *customer = mem_new(n + 1, sizeof *customer), *day = mem_new(n + 1, sizeof *day);
	int64_t *minor = mem_new(n + 1, sizeof *minor);
	for (size_t i = 0; i < n; i++) {
		customer[i] = number[row[i].who];
		day[i] = row[i].day;
		minor[i] = row[i].minor;
	}
	cr_assert_eq(store_begin(s->store), RC_OK);
	cr_assert_eq(transaction_save(s->store, 1, &(struct transaction_columns){ customer, day, minor, NULL, 1 }, n), RC_OK, "%s", err_get()->why);
	shop_put_customers(s, row, n, number, label, count);
	shop_put_file(s, (int64_t)n, money);
	cr_assert_eq(store_commit(s->store), RC_OK);
	free(number);
	free(label);
	free(customer);
	free(day);
	free(minor);
}

/* A stage of a module as execution `made`, committed when it does not fail. */
static inline enum rc shop_stage(struct shop *s, const struct stage *stage, int64_t made, day_t as_of)
{
	js_free(s->run.facts);
	s->run.facts = NULL;
	s->run.stage = stage;
	s->run.made = made;
	s->run.as_of = as_of;
	s->run.rows_in = s->run.rows_out = 0;
	cr_assert_eq(store_begin(s->store), RC_OK);
	enum rc rc = stage->run(&s->run);
	if (rc)
		store_rollback(s->store);
	else
		cr_assert_eq(store_commit(s->store), RC_OK);
	return rc;
}

/* All rows of a query as text, cells by ',' and rows by '\n'; in an arena. */
static inline const char *shop_text(struct shop *s, const char *sql)
{
	sqlite3      *db;
	sqlite3_stmt *stmt;
	struct str    t = { 0 };
	cr_assert_eq(sqlite3_open(s->scratch.store, &db), SQLITE_OK);
	cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK, "%s: %s", sql, sqlite3_errmsg(db));
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(stmt); i++) {
			const char *cell = (const char *)sqlite3_column_text(stmt, i);
			str_addf(&t, "%s%s", i ? "," : "", cell ? cell : "-");
		}
		str_add_char(&t, '\n');
	}
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	char *text = str_take(&t), *kept = arena_text(s->arena, text);
	free(text);
	return kept;
}

#endif
