noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = \
  src/base/arena.c src/base/arena.h \
  src/base/day.c src/base/day.h \
  src/base/digest.c src/base/digest.h \
  src/base/file.c src/base/file.h \
  src/base/frame.c src/base/frame.h \
  src/base/json.c src/base/json.h \
  src/base/log.c src/base/log.h \
  src/base/map.c src/base/map.h \
  src/base/mask.c src/base/mask.h \
  src/base/mem.c src/base/mem.h \
  src/base/pack.c src/base/pack.h \
  src/base/queue.c src/base/queue.h \
  src/base/rc.c src/base/rc.h \
  src/base/rng.c src/base/rng.h \
  src/base/str.c src/base/str.h src/base/visible.c src/base/width.c \
  src/base/yaml.c src/base/yaml.h
EXTRA_DIST += src/base/README
