noinst_LIBRARIES += libmath.a
libmath_a_SOURCES =
