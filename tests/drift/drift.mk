# Unit tests of src/drift, one test_X.c for X.c, all in one binary. The four lines:
#   suites += tests/drift/test_drift
#   tests_drift_test_drift_SOURCES = tests/drift/test_X.c ...
#   tests_drift_test_drift_LDADD = libdrift.a $(floor_N) $(suite_libs)    (N: the floor below)
#   EXTRA_DIST += files that the tests read
