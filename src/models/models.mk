noinst_LIBRARIES += libmodels.a
libmodels_a_SOURCES =
