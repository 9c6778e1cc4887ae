noinst_LIBRARIES += libingest.a
libingest_a_SOURCES = \
  src/ingest/ahead.c src/ingest/ahead.h \
  src/ingest/attribute.c src/ingest/attribute.h \
  src/ingest/aside.c src/ingest/aside_decide.c src/ingest/aside.h src/ingest/aside_priv.h \
  src/ingest/book.c src/ingest/book.h \
  src/ingest/column.c src/ingest/column.h \
  src/ingest/columns_gate.c src/ingest/columns_gate.h \
  src/ingest/convert.c src/ingest/convert.h \
  src/ingest/csv.c src/ingest/csv.h \
  src/ingest/encode.c src/ingest/encode.h \
  src/ingest/expr.c src/ingest/expr_eval.c src/ingest/expr.h src/ingest/expr_priv.h \
  src/ingest/feed.c src/ingest/feed.h src/ingest/feed.def \
  src/ingest/gather.c src/ingest/gather.h src/ingest/gather_priv.h src/ingest/gather_store.c \
  src/ingest/hashes.c src/ingest/hashes.h \
  src/ingest/idmap.c src/ingest/idmap.h \
  src/ingest/import.c src/ingest/import.h \
  src/ingest/ingest_stage.c src/ingest/ingest_module.h \
  src/ingest/joined.c src/ingest/joined.h \
  src/ingest/judge.c src/ingest/judge.h \
  src/ingest/keyset.c src/ingest/keyset.h \
  src/ingest/known.c src/ingest/known.h \
  src/ingest/layout.c src/ingest/layout.h \
  src/ingest/load.c src/ingest/load.h src/ingest/load_fix.c src/ingest/load_priv.h src/ingest/replay.c \
  src/ingest/look.c src/ingest/look.h src/ingest/look_doubt.c src/ingest/look_priv.h \
  src/ingest/mapped.c src/ingest/mapped.h \
  src/ingest/mapping.c src/ingest/mapping.h src/ingest/mapping_priv.h \
  src/ingest/match.c src/ingest/match.h \
  src/ingest/missing.c src/ingest/missing.h \
  src/ingest/outcome.c src/ingest/outcome.h \
  src/ingest/overlap.c src/ingest/overlap.h \
  src/ingest/parse.c src/ingest/parse.h \
  src/ingest/profile.c src/ingest/profile.h \
  src/ingest/proposal.c src/ingest/proposal.h \
  src/ingest/quarantine.c src/ingest/quarantine.h \
  src/ingest/range.c src/ingest/range.h \
  src/ingest/reader.c src/ingest/reader.h \
  src/ingest/reading.c src/ingest/reading.h src/ingest/reading_priv.h src/ingest/role.def \
  src/ingest/reading_json.c src/ingest/reading_names.c src/ingest/reading_values.c \
  src/ingest/reason.c src/ingest/reason.h src/ingest/reason.def \
  src/ingest/records.c src/ingest/records.h \
  src/ingest/repeat.c src/ingest/repeat.h \
  src/ingest/returns.c src/ingest/returns.h \
  src/ingest/rowkey.c src/ingest/rowkey.h \
  src/ingest/rules.c src/ingest/rules.h \
  src/ingest/sample.c src/ingest/sample.h \
  src/ingest/sniff.c src/ingest/sniff.h \
  src/ingest/spool.c src/ingest/spool.h \
  src/ingest/split.c src/ingest/split.h \
  src/ingest/survey.c src/ingest/survey.h \
  src/ingest/terms.c src/ingest/terms_end.c src/ingest/terms.h \
  src/ingest/synth.c src/ingest/synth.h \
  src/ingest/zone.c src/ingest/zone.h
EXTRA_DIST += src/ingest/README
