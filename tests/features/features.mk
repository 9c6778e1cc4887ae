# Unit tests of src/features, one test_X.c for X.c, all in one binary.
suites += tests/features/test_features
tests_features_test_features_SOURCES = tests/features/log.c tests/features/log.h \
  tests/features/test_features.c tests/features/test_horizon.c
tests_features_test_features_LDADD = libfeatures.a $(floor_2) $(suite_libs)
EXTRA_DIST += tests/kit/shop.h
