noinst_LIBRARIES += libmath.a
libmath_a_SOURCES = \
  src/math/special.h \
  src/math/optim.h \
  src/math/dist.h \
  src/math/compare.h \
  src/math/cluster.h \
  src/math/metric.h
EXTRA_DIST += src/math/README
