# Unit tests of src/store, one test_X.c for X.c, all in one binary. The four lines:
#   suites += tests/store/test_store
#   tests_store_test_store_SOURCES = tests/store/test_X.c ...
#   tests_store_test_store_LDADD = libstore.a $(floor_N) $(suite_libs)    (N: the floor below)
#   EXTRA_DIST += files that the tests read
