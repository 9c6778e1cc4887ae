# Customers for the tests: reference data where they are there, and simulated ones.
models_shops = \
  tests/models/reference.c tests/models/reference.h \
  tests/models/simulate.c tests/models/simulate.h
suites += tests/models/test_models
tests_models_test_models_SOURCES = \
  $(models_shops) \
  tests/models/test_bootstrap.c \
  tests/models/test_calibrate.c \
  tests/models/test_choose.c \
  tests/models/test_curve.c \
  tests/models/test_diagnosis.c \
  tests/models/test_effect.c \
  tests/models/test_fit.c \
  tests/models/test_forecast.c \
  tests/models/test_history.c \
  tests/models/test_kit.c \
  tests/models/test_overview.c \
  tests/models/test_predict.c \
  tests/models/test_rank.c \
  tests/models/test_season.c \
  tests/models/test_stage.c \
  tests/models/test_validate.c \
  tests/models/test_values.c
tests_models_test_models_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/models
tests_models_test_models_LDADD = libmodels.a $(floor_2) $(suite_libs)

# make accuracy: what the models are worth, in some minutes. Never a test.
EXTRA_PROGRAMS += tests/models/accuracy
tests_models_accuracy_SOURCES = \
  tests/models/accuracy.c \
  tests/models/accuracy_effect.c tests/models/accuracy_effect.h \
  $(models_shops)
tests_models_accuracy_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/models
tests_models_accuracy_LDADD = libmodels.a $(floor_2) $(suite_libs)
CLEANFILES += tests/models/accuracy$(EXEEXT)

.PHONY: accuracy
accuracy: tests/models/accuracy$(EXEEXT)
	top_srcdir='$(abs_top_srcdir)' tests/models/accuracy$(EXEEXT)

# make sabotage: faults that the tests must find. Never a test itself.
EXTRA_DIST += tests/models/sabotage.sh
.PHONY: sabotage
sabotage:
	top_srcdir='$(abs_top_srcdir)' $(SHELL) $(srcdir)/tests/models/sabotage.sh
