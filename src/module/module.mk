noinst_LIBRARIES += libmodule.a
libmodule_a_SOURCES =
libmodule_a_SOURCES += src/module/purchase.c src/module/purchase.h
libmodule_a_SOURCES += src/module/module.h src/module/setting.c src/module/setting.h src/module/run.c src/module/run.h
libmodule_a_SOURCES += src/module/audit.c src/module/audit.h src/module/champion.c src/module/champion.h
libmodule_a_SOURCES += src/module/rule.c src/module/rule.h
libmodule_a_SOURCES += src/module/cohort.c src/module/cohort.h src/module/pass.c src/module/pass.h
libmodule_a_SOURCES += src/module/backtest.c src/module/backtest.h
