# summary.sh BROKEN FOLDER...: sums the cases of all tests in the build folders into one line.
# BROKEN is a number of failures from elsewhere (builds that did not come about). Skipped and
# failed cases are named before; the exit status is 1 when anything failed or nothing passed.
broken=$1
shift
find "$@" -name '*.trs' | LC_ALL=C sort | xargs awk -v failed="$broken" '
BEGIN { passed = skipped = 0 }
!/^:test-result: / { next }
{
	verdict = $2
	text = $0
	sub(/^:test-result: [A-Z]+ ?/, "", text)
	test = FILENAME
	sub(/\.trs$/, "", test)
}
verdict == "PASS" || verdict == "XFAIL" { passed++; next }
verdict == "SKIP" {
	skipped++
	print "skipped: " test ": " text
	next
}
{
	failed++
	print "failed: " test ": " text
}
END {
	printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
	exit failed > 0 || passed == 0
}'
