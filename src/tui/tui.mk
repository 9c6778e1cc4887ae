noinst_LIBRARIES += libtui.a
libtui_a_SOURCES = \
  src/tui/acts.c src/tui/acts.def src/tui/acts_priv.h \
  src/tui/approval.c src/tui/approval_priv.h \
  src/tui/approval_open.c \
  src/tui/aside.c src/tui/aside_form.c src/tui/aside_priv.h \
  src/tui/audit_words.c src/tui/audit_words_priv.h \
  src/tui/customers.c \
  src/tui/dialog.c src/tui/dialog_priv.h \
  src/tui/draw.c src/tui/draw_priv.h \
  src/tui/engine_priv.h \
  src/tui/field.c src/tui/field_priv.h \
  src/tui/files.c src/tui/files_priv.h \
  src/tui/forms.c src/tui/forms_priv.h \
  src/tui/import_screen.c \
  src/tui/input.c src/tui/input_priv.h \
  src/tui/keys.c src/tui/keys.def \
  src/tui/keys_help.c src/tui/keys_help_priv.h \
  src/tui/list.c \
  src/tui/list_copy.c \
  src/tui/list_filter.c \
  src/tui/list_menu.c \
  src/tui/loop.c src/tui/loop_priv.h \
  src/tui/menu.c src/tui/menu_priv.h \
  src/tui/overlay.c \
  src/tui/palette.c src/tui/palette_priv.h \
  src/tui/palette_open.c \
  src/tui/pane.c src/tui/pane.h src/tui/panes.def \
  src/tui/pane_clusters.c \
  src/tui/pane_customers.c \
  src/tui/pane_column.c src/tui/pane_column_priv.h src/tui/pane_data.c \
  src/tui/pane_drift.c \
  src/tui/pane_fit.c src/tui/pane_fit_parts.c src/tui/fit_priv.h \
  src/tui/pane_home.c \
  src/tui/pane_runs.c \
  src/tui/pane_sql.c \
  src/tui/picker.c src/tui/picker_priv.h \
  src/tui/project.c \
  src/tui/prompt.c \
  src/tui/query.c src/tui/query_priv.h \
  src/tui/reader.c \
  src/tui/rescue.c src/tui/rescue_priv.h \
  src/tui/rows.c \
  src/tui/screen_curses.c src/tui/terminal_priv.h \
  src/tui/sheet.c src/tui/sheet_priv.h \
  src/tui/signals.c src/tui/signals_priv.h \
  src/tui/snapshot.c src/tui/snapshot.h \
  src/tui/table.c src/tui/table_priv.h \
  src/tui/text.c \
  src/tui/told.c \
  src/tui/told_lists.c \
  src/tui/tui.c src/tui/tui.h \
  src/tui/ui.c src/tui/ui.h \
  src/tui/ways.c \
  src/tui/workbench.c src/tui/workbench.h src/tui/workbench_priv.h \
  src/tui/workbench_job.c \
  src/tui/workbench_read.c
EXTRA_DIST += src/tui/README
