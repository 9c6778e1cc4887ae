noinst_LIBRARIES += libmodule.a
libmodule_a_SOURCES =
