noinst_LIBRARIES += libfeatures.a
libfeatures_a_SOURCES = \
  src/features/batch.c src/features/batch.h \
  src/features/features_module.c src/features/features_module.h \
  src/features/features_stage.c src/features/features_stage.h \
  src/features/horizon.c src/features/horizon.h \
  src/features/replay.c src/features/replay.h
EXTRA_DIST += src/features/README
