noinst_LIBRARIES += libmodels.a
libmodels_a_SOURCES = \
  src/models/bg.c \
  src/models/fit.c src/models/fit.h \
  src/models/forecast.c src/models/forecast.h src/models/forecast_priv.h \
  src/models/gg.c \
  src/models/history.c src/models/history.h \
  src/models/law.c src/models/law.h \
  src/models/models.c src/models/model.h src/models/models.def \
  src/models/naive.c \
  src/models/predict.c src/models/predict.h \
  src/models/totals.c
EXTRA_DIST += src/models/README
