noinst_LIBRARIES += libmodels.a
libmodels_a_SOURCES = \
  src/models/bg.c \
  src/models/bgbb.c \
  src/models/bootstrap.c src/models/bootstrap.h \
  src/models/calibrate.c src/models/calibrate.h \
  src/models/cells.c src/models/cells.h \
  src/models/choose.c src/models/choose.h \
  src/models/cluster_stage.c \
  src/models/cnbd.c \
  src/models/curve.c src/models/curve.h src/models/curve_priv.h \
  src/models/curve_holdout.c \
  src/models/diagnosis.c src/models/diagnosis.h \
  src/models/diagnosis_save.c \
  src/models/differ.c src/models/differ.h \
  src/models/design.c src/models/design.h src/models/design_given.c src/models/design_read.c \
  src/models/effect.c src/models/effect.h \
  src/models/fit.c src/models/fit_json.c src/models/fit.h \
  src/models/fit_stage.c \
  src/models/forecast.c src/models/forecast.h src/models/forecast_priv.h \
  src/models/gg.c \
  src/models/ggomnbd.c \
  src/models/history.c src/models/history.h \
  src/models/law.c src/models/law.h \
  src/models/lifetime.c src/models/lifetime_law.c src/models/lifetime_priv.h \
  src/models/models.c src/models/model.h src/models/models.def \
  src/models/models_module.c src/models/models_module.h \
  src/models/naive.c \
  src/models/nbd.c \
  src/models/past.c src/models/past.h \
  src/models/pnbd.c \
  src/models/overview.c src/models/overview.h \
  src/models/overview_stage.c \
  src/models/predict.c src/models/predict.h \
  src/models/rank.c src/models/rank.h \
  src/models/rank_stage.c \
  src/models/registry.c src/models/registry.h \
  src/models/regular.c src/models/regular.h \
  src/models/score_stage.c \
  src/models/season.c src/models/season.h \
  src/models/seasonal.c src/models/seasonal.h \
  src/models/solve.c src/models/solve.h \
  src/models/totals.c \
  src/models/validate.c src/models/validate.h
EXTRA_DIST += src/models/README
