# Unit tests of src/pipeline, one test_X.c for X.c, all in one binary. The stages are fakes; the real
# ones are driven by the batch scripts.
suites += tests/pipeline/test_pipeline
tests_pipeline_test_pipeline_SOURCES = tests/pipeline/fake.c tests/pipeline/fake.h
tests_pipeline_test_pipeline_SOURCES += tests/pipeline/test_dag.c tests/pipeline/test_plan.c tests/pipeline/test_runner.c
tests_pipeline_test_pipeline_SOURCES += tests/pipeline/test_kill.c tests/pipeline/test_worker.c
tests_pipeline_test_pipeline_LDADD = libpipeline.a $(floor_2) $(suite_libs)

# The worker once more without criterion, in every build: the thread sanitizer can watch this one.
check_PROGRAMS += tests/pipeline/test_threads
TESTS += tests/pipeline/test_threads
tests_pipeline_test_threads_SOURCES = tests/pipeline/test_threads.c
tests_pipeline_test_threads_LDADD = libpipeline.a $(floor_2) $(CLV_LIBS)
