# Unit tests of src/quality, one test_X.c for X.c, all in one binary. The four lines:
#   suites += tests/quality/test_quality
#   tests_quality_test_quality_SOURCES = tests/quality/test_X.c ...
#   tests_quality_test_quality_LDADD = libquality.a $(floor_N) $(suite_libs)    (N: the floor below)
#   EXTRA_DIST += files that the tests read
