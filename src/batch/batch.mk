noinst_LIBRARIES += libbatch.a
libbatch_a_SOURCES =
