# Unit tests of src/module, one test_X.c for X.c, all in one binary. The four lines:
#   suites += tests/module/test_module
#   tests_module_test_module_SOURCES = tests/module/test_X.c ...
#   tests_module_test_module_LDADD = libmodule.a $(floor_N) $(suite_libs)    (N: the floor below)
#   EXTRA_DIST += files that the tests read
