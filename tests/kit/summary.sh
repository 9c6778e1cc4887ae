# summary.sh BROKEN FOLDER...: sums the cases of all tests in the build folders into one line.
# BROKEN is a number of failures from elsewhere (builds that did not come about). Skipped and
# failed cases are named before, from the logs; the exit status is 1 when anything failed or
# nothing passed.
broken=$1
shift
for folder; do
	find "$folder" -name '*.trs' | LC_ALL=C sort | sed 's/trs$/log/' |
		xargs grep -hE '^(SKIP|FAIL|ERROR|XPASS): ' | sed "s|^|$folder: |"
done
find "$@" -name '*.trs' -exec cat {} + | awk -v failed="$broken" '
BEGIN { passed = skipped = 0 }
$1 != ":test-result:" { next }
$2 == "PASS" || $2 == "XFAIL" { passed++; next }
$2 == "SKIP" { skipped++; next }
{ failed++ }
END {
	printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
	exit failed > 0 || passed == 0
}'
