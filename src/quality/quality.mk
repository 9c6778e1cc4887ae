noinst_LIBRARIES += libquality.a
libquality_a_SOURCES =
