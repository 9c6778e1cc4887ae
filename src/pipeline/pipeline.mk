noinst_LIBRARIES += libpipeline.a
libpipeline_a_SOURCES =
libpipeline_a_SOURCES += src/pipeline/modules.def src/pipeline/modules.c
libpipeline_a_SOURCES += src/pipeline/dag.c src/pipeline/dag.h src/pipeline/plan.c src/pipeline/plan.h
libpipeline_a_SOURCES += src/pipeline/ledger.c src/pipeline/ledger.h
libpipeline_a_SOURCES += src/pipeline/runner.c src/pipeline/runner.h src/pipeline/runner_priv.h
libpipeline_a_SOURCES += src/pipeline/judge.c src/pipeline/execute.c src/pipeline/result.c
libpipeline_a_SOURCES += src/pipeline/worker.c src/pipeline/worker.h
