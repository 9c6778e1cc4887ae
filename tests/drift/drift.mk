# Unit tests of src/drift, one test_X.c for X.c, all in one binary.
suites += tests/drift/test_drift
tests_drift_test_drift_SOURCES = \
  tests/drift/town.c tests/drift/town.h \
  tests/drift/test_accuracy.c \
  tests/drift/test_decision.c \
  tests/drift/test_drift_stage.c \
  tests/drift/test_measure.c \
  tests/drift/test_picture.c \
  tests/drift/test_review.c \
  tests/drift/test_sample.c
tests_drift_test_drift_LDADD = libdrift.a $(floor_2) $(suite_libs)
