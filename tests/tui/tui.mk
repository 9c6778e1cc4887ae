# Unit tests of src/tui, one test_X.c for X.c, all in one binary.
suites += tests/tui/test_tui
tests_tui_test_tui_SOURCES = \
  tests/tui/draw_kit.h \
  tests/tui/test_approval.c \
  tests/tui/test_aside.c \
  tests/tui/test_dialog.c \
  tests/tui/test_field.c \
  tests/tui/test_forms.c \
  tests/tui/test_import_screen.c \
  tests/tui/test_keys_help.c \
  tests/tui/test_menu.c \
  tests/tui/test_overlays.c \
  tests/tui/test_palette.c \
  tests/tui/test_query.c \
  tests/tui/test_pane.c \
  tests/tui/bench.h \
  tests/tui/test_acts.c \
  tests/tui/test_list.c \
  tests/tui/test_table.c \
  tests/tui/test_workbench.c
tests_tui_test_tui_LDADD = $(floor_6) $(suite_libs)
overlay_files = tests/tui/golden/approval.txt tests/tui/golden/defer-errors.txt tests/tui/golden/error.txt \
  tests/tui/golden/keys.txt tests/tui/golden/sheet.txt
EXTRA_DIST += $(overlay_files)
