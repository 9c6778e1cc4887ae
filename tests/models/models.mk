# Unit tests of src/models, one test_X.c for X.c, all in one binary. The four lines:
#   suites += tests/models/test_models
#   tests_models_test_models_SOURCES = tests/models/test_X.c ...
#   tests_models_test_models_LDADD = libmodels.a $(floor_N) $(suite_libs)    (N: the floor below)
#   EXTRA_DIST += files that the tests read
