noinst_LIBRARIES += libmodule.a
libmodule_a_SOURCES =
libmodule_a_SOURCES += src/module/purchase.c src/module/purchase.h
