# Unit tests of src/math, one test_X.c for X.c, all in one binary. test_reference.c reads published and recomputed
# values from a CSV file when it is there (see its first comment) and is skipped otherwise.
suites += tests/math/test_math
tests_math_test_math_SOURCES = \
  tests/math/near.h \
  tests/math/test_cluster.c \
  tests/math/test_compare.c \
  tests/math/test_dist.c \
  tests/math/test_isotonic.c \
  tests/math/test_ks.c \
  tests/math/test_metric.c \
  tests/math/test_optim.c \
  tests/math/test_quad.c \
  tests/math/test_reference.c \
  tests/math/test_sketch.c \
  tests/math/test_sort.c \
  tests/math/test_special.c \
  tests/math/test_special_accuracy.c tests/math/test_special_beta.c \
  tests/math/test_special_integral.c \
  tests/math/test_special_law.c \
  tests/math/test_table.c
tests_math_test_math_LDADD = libmath.a $(floor_0) $(suite_libs)
