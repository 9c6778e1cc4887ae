noinst_LIBRARIES += libfeatures.a
libfeatures_a_SOURCES =
