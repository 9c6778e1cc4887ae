# Every SQL file, sorted within its folder, one line each. They are embedded into the program:
# embed.awk turns them into one C file of byte arrays.
SQL_FILES  =
SQL_FILES += share/sql/report/at_risk.sql
SQL_FILES += share/sql/report/audit.sql
SQL_FILES += share/sql/report/calibration.sql
SQL_FILES += share/sql/report/cluster_rank.sql
SQL_FILES += share/sql/report/clusters.sql
SQL_FILES += share/sql/report/cohorts.sql
SQL_FILES += share/sql/report/compare.sql
SQL_FILES += share/sql/report/customer.sql
SQL_FILES += share/sql/report/drift.sql
SQL_FILES += share/sql/report/features.sql
SQL_FILES += share/sql/report/files.sql
SQL_FILES += share/sql/report/leaderboard.sql
SQL_FILES += share/sql/report/lifecycle.sql
SQL_FILES += share/sql/report/model_fit.sql
SQL_FILES += share/sql/report/months.sql
SQL_FILES += share/sql/report/moves.sql
SQL_FILES += share/sql/report/quality.sql
SQL_FILES += share/sql/report/quarantine.sql
SQL_FILES += share/sql/report/reasons.sql
SQL_FILES += share/sql/report/reviews.sql
SQL_FILES += share/sql/report/runs.sql
SQL_FILES += share/sql/report/segments.sql
SQL_FILES += share/sql/report/stages.sql
SQL_FILES += share/sql/report/summary.sql
SQL_FILES += share/sql/report/tiers.sql
SQL_FILES += share/sql/report/top_customers.sql
SQL_FILES += share/sql/report/totals.sql
SQL_FILES += share/sql/schema/0001_store.sql
SQL_FILES += share/sql/schema/0002_raw.sql
SQL_FILES += share/sql/schema/0003_quality.sql
SQL_FILES += share/sql/schema/0004_features.sql
SQL_FILES += share/sql/schema/0005_models.sql
SQL_FILES += share/sql/schema/0006_drift.sql
SQL_FILES += share/sql/statement/audit_append.sql
SQL_FILES += share/sql/statement/audit_head.sql
SQL_FILES += share/sql/statement/audit_walk.sql
SQL_FILES += share/sql/statement/champion_digest.sql
SQL_FILES += share/sql/statement/champion_get.sql
SQL_FILES += share/sql/statement/champion_set.sql
SQL_FILES += share/sql/statement/module_pass_feat_backtest.sql
SQL_FILES += share/sql/statement/module_pass_feat_customer.sql
SQL_FILES += share/sql/statement/module_pass_gate.sql
SQL_FILES += share/sql/statement/module_pass_window.sql
SQL_FILES += share/sql/statement/report_top_customers_total.sql
SQL_FILES += share/sql/view/decision_now.sql
SQL_FILES += share/sql/view/dim_customer.sql
SQL_FILES += share/sql/view/mart_customer_value.sql
SQL_FILES += share/sql/view/run_live_made.sql
SQL_FILES += share/sql/view/store_unit.sql

nodist_libstore_a_SOURCES = store_sql_data.c

store_sql_data.c: $(SQL_FILES) share/sql/embed.awk share/sql/sql.mk
	$(AM_V_GEN)for f in $(SQL_FILES); do echo "$$f"; done | \
	  LC_ALL=C $(AWK) -v top="$(top_srcdir)" -f $(top_srcdir)/share/sql/embed.awk >$@.tmp && mv $@.tmp $@

EXTRA_DIST += share/sql/embed.awk $(SQL_FILES)
CLEANFILES += store_sql_data.c store_sql_data.c.tmp
