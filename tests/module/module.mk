# Unit tests of src/module, one test_X.c for X.c, all in one binary.
suites += tests/module/test_module
tests_module_test_module_SOURCES =
tests_module_test_module_SOURCES += tests/module/test_setting.c tests/module/test_run.c tests/module/test_audit.c
tests_module_test_module_SOURCES += tests/module/test_seal.c
tests_module_test_module_SOURCES += tests/module/test_pass.c tests/module/test_purchase.c tests/module/test_rule.c
tests_module_test_module_SOURCES += tests/module/test_transaction.c
tests_module_test_module_SOURCES += tests/module/test_contract.c tests/module/test_contract_diff.c
tests_module_test_module_LDADD = libmodule.a $(floor_1) $(suite_libs)
EXTRA_DIST += tests/kit/scratch.h tests/kit/asked.h
