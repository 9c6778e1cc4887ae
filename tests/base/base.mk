# Unit tests of src/base, one test_X.c for X.c, all in one binary. The four lines:
#   suites += tests/base/test_base
#   tests_base_test_base_SOURCES = tests/base/test_X.c ...
#   tests_base_test_base_LDADD = libbase.a $(floor_N) $(suite_libs)    (N: the floor below)
#   EXTRA_DIST += files that the tests read
