# All tests. Every entry of TESTS writes TAP, so that cases are counted, not files:
#   suites       criterion binaries, one per room, run through tests/kit/suite.sh
#   HOUSE_TESTS  checks of the sources themselves, in the plain build only
#   BATCH_TESTS  scripts that drive the program; they run in every build
# A script is named X.sh, sources tests/kit/tap.sh and finds the program as $CLV.
suites      =
suite_libs  = $(CLV_LIBS) -lcriterion

HOUSE_TESTS = tests/house/embed.sh tests/house/floors.sh tests/house/headers.sh tests/house/listed.sh \
  tests/house/man_pages.sh tests/house/self_test.sh tests/house/sql_headers.sh tests/house/sql_in_c.sh tests/house/style.sh

BATCH_TESTS = tests/batch/accept.sh \
  tests/batch/attributes.sh \
  tests/batch/bad_csv.sh \
  tests/batch/batches.sh \
  tests/batch/busy.sh \
  tests/batch/calibration.sh \
  tests/batch/cohort.sh \
  tests/batch/contract.sh \
  tests/batch/covariates.sh \
  tests/batch/demo.sh \
  tests/batch/exits.sh \
  tests/batch/feeds.sh \
  tests/batch/gates.sh \
  tests/batch/generate.sh \
  tests/batch/hostile.sh \
  tests/batch/kill.sh \
  tests/batch/main_job.sh \
  tests/batch/profile.sh \
  tests/batch/quarantine.sh \
  tests/batch/reading.sh \
  tests/batch/reference.sh \
  tests/batch/returns.sh \
  tests/batch/season.sh \
  tests/batch/sources.sh

include tests/base/base.mk
include tests/math/math.mk
include tests/store/store.mk
include tests/module/module.mk
include tests/ingest/ingest.mk
include tests/quality/quality.mk
include tests/features/features.mk
include tests/models/models.mk
include tests/drift/drift.mk
include tests/pipeline/pipeline.mk
include tests/view/view.mk
include tests/app/app.mk
include tests/tui/tui.mk
include tests/screens/screens.mk
include tests/terminal/terminal.mk

if RUN_SUITES
check_PROGRAMS += $(suites)
TESTS += $(suites)
else
TESTS += tests/kit/suites_skipped.sh
endif
if PLAIN_BUILD
TESTS += $(HOUSE_TESTS)
endif
TESTS += $(BATCH_TESTS) $(FUZZ_TESTS) $(SCREEN_TESTS) $(TERMINAL_TESTS)

TEST_EXTENSIONS = .sh
tap_driver      = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
LOG_DRIVER      = $(tap_driver)
LOG_COMPILER    = $(SHELL) $(top_srcdir)/tests/kit/suite.sh
SH_LOG_DRIVER   = $(tap_driver)
SH_LOG_COMPILER = $(SHELL)

AM_TESTS_ENVIRONMENT = \
  top_srcdir='$(abs_top_srcdir)'; export top_srcdir; \
  top_builddir='$(abs_top_builddir)'; export top_builddir; \
  CLV='$(abs_top_builddir)/clv$(EXEEXT)'; export CLV; \
  CC='$(CC)'; export CC; AWK='$(AWK)'; export AWK; \
  SUITES='$(suites)'; export SUITES; \
  SUITES_SKIPPED='$(SUITES_SKIPPED)'; export SUITES_SKIPPED; \
  UBSAN_OPTIONS=print_stacktrace=1; export UBSAN_OPTIONS;

EXTRA_DIST += tests/batch/common.sh tests/kit/tap.sh tests/kit/suite.sh tests/kit/leaks.supp tests/kit/suites_skipped.sh tests/kit/summary.sh \
  $(HOUSE_TESTS) $(BATCH_TESTS)
