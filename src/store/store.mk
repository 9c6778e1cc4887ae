noinst_LIBRARIES += libstore.a
libstore_a_SOURCES = \
  src/store/append.c src/store/append.h \
  src/store/check.c \
  src/store/filter.c src/store/filter_priv.h src/store/filter_sql.c src/store/filter_value.c \
  src/store/keep.c src/store/keep.h \
  src/store/list.c src/store/list.h src/store/list_parts.c src/store/list_priv.h \
  src/store/lock.c \
  src/store/match.c \
  src/store/migrate.c \
  src/store/order.c src/store/order_priv.h \
  src/store/page.c src/store/page.h \
  src/store/query.c src/store/query.h \
  src/store/report.c src/store/report_attribute.c src/store/report_priv.h \
  src/store/rows.c src/store/rows_priv.h \
  src/store/scan.c src/store/scan.h \
  src/store/sql.c src/store/sql.h \
  src/store/store.c src/store/store.h src/store/store_priv.h \
  src/store/typed.c \
  src/store/unpack.c
EXTRA_DIST += src/store/README
