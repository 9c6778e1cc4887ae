noinst_LIBRARIES += libdrift.a
libdrift_a_SOURCES =
