/* Each rule is broken by one row and by no other rule's row; missing money breaks none. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "module/rule.h"

static const struct rule_row good = {
	.frequency = 2, .recency = 10, .t = 20, .monetary = 12.5, .first_purchase = 100, .last_purchase = 110, .spend_used = 1,
};

static uint32_t only(const char *id)
{
	for (size_t i = 0; i < rules_count; i++)
		if (!strcmp(rules[i].id, id))
			return UINT32_C(1) << i;
	cr_assert_fail("no rule %s", id);
	return 0;
}

#define BREAKS(rule, ...) do { \
	struct rule_row row = good; \
	__VA_ARGS__; \
	cr_assert_eq(rule_broken(&row), only(rule), "%s: %#x", rule, (unsigned)rule_broken(&row)); \
} while (0)

Test(rule, a_good_row_breaks_none)
{
	cr_assert_eq(rule_broken(&good), 0u);
	struct rule_row once = good;
	once.frequency = once.recency = once.monetary = 0;
	once.last_purchase = once.first_purchase;
	cr_assert_eq(rule_broken(&once), 0u, "no repeat: 0 is no spend of a repeat day");
	struct rule_row today = good;
	today.t = today.recency;
	cr_assert_eq(rule_broken(&today), 0u, "recency may equal T");
}

Test(rule, missing_money_is_fine_where_it_is_not_used)
{
	struct rule_row row = good;
	row.monetary = NAN;
	row.spend_used = 0;
	cr_assert_eq(rule_broken(&row), 0u);
	row.spend_used = 1;
	cr_assert_eq(rule_broken(&row), only("G5-spend"));
}

Test(rule, frequency)
{
	BREAKS("G5-frequency", row.frequency = -1);
	BREAKS("G5-frequency", row.frequency = 1.5);
	BREAKS("G5-frequency", row.frequency = INFINITY);
	BREAKS("G5-frequency", row.frequency = NAN);
}

Test(rule, recency)
{
	BREAKS("G5-recency", row.recency = -1);
	BREAKS("G5-recency", row.recency = NAN);
	BREAKS("G5-recency", row.recency = -INFINITY);
}

Test(rule, age)
{
	BREAKS("G5-T", row.t = NAN);
	BREAKS("G5-T", row.t = INFINITY);
	struct rule_row row = good;
	row.t = -1;
	cr_assert(rule_broken(&row) & only("G5-T"));
}

Test(rule, recency_after_age)
{
	BREAKS("G5-recency-T", row.t = row.recency - 1);
}

Test(rule, monetary)
{
	BREAKS("G5-monetary", row.monetary = INFINITY);
	BREAKS("G5-monetary", row.monetary = -0.01; row.spend_used = 0);
}

Test(rule, spend)
{
	BREAKS("G5-spend", row.monetary = 0);
}

Test(rule, dates)
{
	BREAKS("G5-dates", row.first_purchase = row.last_purchase + 1);
	BREAKS("G5-dates", row.last_purchase = NAN);
}
