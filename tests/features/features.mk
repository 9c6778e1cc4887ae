# Unit tests of src/features, one test_X.c for X.c, all in one binary. The four lines:
#   suites += tests/features/test_features
#   tests_features_test_features_SOURCES = tests/features/test_X.c ...
#   tests_features_test_features_LDADD = libfeatures.a $(floor_N) $(suite_libs)    (N: the floor below)
#   EXTRA_DIST += files that the tests read
