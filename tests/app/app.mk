# Unit tests of src/app, one test_X.c for X.c, all in one binary. The four lines:
#   suites += tests/app/test_app
#   tests_app_test_app_SOURCES = tests/app/test_X.c ...
#   tests_app_test_app_LDADD = libapp.a $(floor_N) $(suite_libs)    (N: the floor below)
#   EXTRA_DIST += files that the tests read
