noinst_LIBRARIES += libapp.a
libapp_a_SOURCES = \
  src/app/asides.c src/app/asides.h \
  src/app/cmd_audit.c \
  src/app/cmd_config.c \
  src/app/cmd_contract.c \
  src/app/cmd_demo.c \
  src/app/cmd_doctor.c \
  src/app/cmd_drift.c \
  src/app/cmd_evaluate.c \
  src/app/cmd_export.c \
  src/app/cmd_fit.c \
  src/app/cmd_generate.c \
  src/app/cmd_help.c \
  src/app/cmd_import.c \
  src/app/cmd_init.c \
  src/app/cmd_look.c \
  src/app/cmd_models.c \
  src/app/cmd_predict.c \
  src/app/cmd_profile.c \
  src/app/cmd_quality.c \
  src/app/cmd_quarantine.c \
  src/app/cmd_review.c \
  src/app/cmd_run.c \
  src/app/cmd_show.c \
  src/app/cmd_sources.c src/app/cmd_sql.c \
  src/app/command.c src/app/command.h src/app/commands.def \
  src/app/contracts.c src/app/contracts.h \
  src/app/export.c src/app/export.h \
  src/app/help.c src/app/help.h \
  src/app/imports.c src/app/imports.h \
  src/app/privacy.c src/app/privacy.h \
  src/app/project.c src/app/project.h \
  src/app/render.c src/app/render.h \
  src/app/report.c src/app/report.h \
  src/app/screen.h \
  src/app/story.c src/app/story.h
EXTRA_DIST += src/app/README
