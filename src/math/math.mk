noinst_LIBRARIES += libmath.a
libmath_a_SOURCES = \
  src/math/cluster.c src/math/cluster.h \
  src/math/compare.c src/math/compare.h \
  src/math/dist.c src/math/dist.h \
  src/math/gsl.c src/math/gsl_priv.h \
  src/math/isotonic.c src/math/isotonic.h \
  src/math/ks.c \
  src/math/metric.c src/math/metric.h \
  src/math/optim.c src/math/optim.h \
  src/math/quad.c src/math/quad.h \
  src/math/sketch.c src/math/sketch.h \
  src/math/sort.c \
  src/math/special.c src/math/special.h src/math/special_priv.h \
  src/math/special_beta.c \
  src/math/special_integral.c \
  src/math/special_law.c \
  src/math/standing.c src/math/standing.h \
  src/math/sum_priv.h \
  src/math/table.c
EXTRA_DIST += src/math/README
