/* Accuracy: not before the horizon has passed, then what came, customer by customer. */
#include "config.h"

#include "drift/accuracy.h"

#include <math.h>

#include "../kit/asked.h"
#include "town.h"

#define START 15000

static const char *of(struct city *c, const char *path)
{
	char sql[256];
	snprintf(sql, sizeof(sql), "SELECT json_extract(report, '$.accuracy.%s') FROM drift_run ORDER BY made DESC LIMIT 1", path);
	return city_text(c, sql);
}

static void open(struct city *c, struct town *t)
{
	city_open(c, t);
	cr_assert_eq(settings_override(c->settings, "horizon_days", "90", "--set"), RC_OK);
}

Test(accuracy, says_the_day_from_which_it_can_be_known)
{
	struct town t = town_new(&(struct town_ask) { .seed = 31, .customers = 800, .from = START, .to = START + 600 });
	struct city c;
	open(&c, &t);
	city_run(&c, START + 400);
	cr_assert_str_eq(of(&c, "status"), "not_matured");
	cr_assert_str_eq(of(&c, "matures_on"), "2012-05-30");
	cr_assert_eq(scratch_int(&c.scratch, "SELECT matures_on FROM drift_run"), START + 490);
	/* The horizon of the predictions is that of their time, whatever the setting is now. */
	cr_assert_eq(settings_override(c.settings, "horizon_days", "30", "--set"), RC_OK);
	city_run(&c, START + 489);
	cr_assert_str_eq(of(&c, "status"), "not_matured");
	city_close(&c);
	town_free(&t);
}

Test(accuracy, holds_what_came_against_what_was_predicted)
{
	struct town t = town_new(&(struct town_ask) { .seed = 31, .customers = 800, .from = START, .to = START + 600 });
	struct city c;
	open(&c, &t);
	city_run(&c, START + 400);
	city_run(&c, START + 500);
	cr_assert_str_eq(of(&c, "status"), "matured");
	long long customers = scratch_int(&c.scratch, "SELECT count(*) FROM score_customer WHERE made = 12");
	cr_assert_eq(atoll(of(&c, "customers")), customers);
	long long days = asked_int(c.scratch.store, "SELECT count(*) FROM raw_transaction WHERE day BETWEEN 15401 AND 15490 "
		"AND customer IN (SELECT customer FROM score_customer WHERE made = 12)");
	cr_assert_gt(days, 50);
	cr_assert_eq(atoll(of(&c, "purchases.realised")), days);
	double minor = (double)asked_int(c.scratch.store, "SELECT sum(amount_minor) FROM raw_transaction WHERE day BETWEEN 15401 AND 15490 "
		"AND customer IN (SELECT customer FROM score_customer WHERE made = 12)");
	cr_assert_float_eq(atof(of(&c, "revenue.realised")), minor / 100, 1e-6);
	cr_assert_float_eq(atof(of(&c, "purchases.aggregate")), atof(of(&c, "purchases.predicted")) / (double)days - 1, 1e-9);
	cr_assert_str_eq(of(&c, "backtest.purchases.rmse"), "1.5");
	/* The window is closed: the next run repeats it, rows or no rows. */
	const char *rmse = of(&c, "purchases.rmse");
	scratch_sql(&c.scratch, "DELETE FROM score_customer WHERE made = 12");
	city_run(&c, START + 520);
	cr_assert_str_eq(of(&c, "purchases.rmse"), rmse);
	city_close(&c);
	town_free(&t);
}

Test(accuracy, says_when_the_predictions_are_gone)
{
	struct town t = town_new(&(struct town_ask) { .seed = 31, .customers = 300, .from = START, .to = START + 600 });
	struct city c;
	open(&c, &t);
	city_run(&c, START + 400);
	scratch_sql(&c.scratch, "DELETE FROM score_customer WHERE made = 12");
	city_run(&c, START + 500);
	cr_assert_str_eq(of(&c, "status"), "matured");
	cr_assert_str_eq(of(&c, "note"), "the predictions of that day are not stored any more");
	city_close(&c);
	town_free(&t);
}
