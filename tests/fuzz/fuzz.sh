# Builds the fuzz target from the sources named and runs it from the corpus of the tree; new inputs are kept in ./fuzz-corpus.
set -u
made= sources=
for f; do
	case $f in
	*.h | *.def) ;;
	store_sql_data.c | ingest_mapping_data.c) made="$made $f" ;;
	*.c) sources="$sources $top_srcdir/$f" ;;
	esac
done
flags="-std=c17 -g -O1 -I. -I$top_srcdir/src -ffp-contract=off"
corpus=$top_srcdir/tests/fuzz/corpus
if "$FUZZ_CC" $flags -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -o fuzz-ingest \
	"$top_srcdir/tests/fuzz/fuzz.c" $made $sources $LIBS 2>fuzz-build.log; then
	mkdir -p fuzz-corpus
	./fuzz-ingest -max_total_time="$SECONDS_EACH" -max_len=4096 -timeout=10 -rss_limit_mb=2048 -artifact_prefix=./fuzz- -print_final_stats=1 \
		fuzz-corpus "$corpus" 2>fuzz.log
	status=$?
	grep -e 'number_of_executed_units' -e 'SUMMARY' -e '^fuzz:' fuzz.log
	echo "findings: $(find . -maxdepth 1 -name 'fuzz-crash-*' -o -maxdepth 1 -name 'fuzz-timeout-*' -o -maxdepth 1 -name 'fuzz-leak-*' | wc -l | tr -d ' ')"
	exit $status
fi
echo "$FUZZ_CC builds no libFuzzer target (Debian: clang; fuzz-build.log says why): the corpus alone"
"$CC" $flags -DFUZZ_MAIN -fsanitize=address,undefined -o fuzz-ingest "$top_srcdir/tests/fuzz/fuzz.c" $made $sources $LIBS || exit 1
./fuzz-ingest "$corpus"/*
