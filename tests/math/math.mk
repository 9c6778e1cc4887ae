# Unit tests of src/math, one test_X.c for X.c, all in one binary. The four lines:
#   suites += tests/math/test_math
#   tests_math_test_math_SOURCES = tests/math/test_X.c ...
#   tests_math_test_math_LDADD = libmath.a $(floor_N) $(suite_libs)    (N: the floor below)
#   EXTRA_DIST += files that the tests read
