# The stories of tests/terminal/look.c.
set -- story look
. "$top_srcdir/tests/terminal/common.sh"
{
	echo $header
	good_rows 300
	printf 'evil\033]0;owned\007\302\233,2025-03-01,99999\n'
	printf 'evil\033]0;owned\007\302\233,2025-04-01,99999\nexe\342\200\256gpj,2025-03-01,88888\nexe\342\200\256gpj,2025-04-01,88888\n'
} >hostile.csv
clv -s hostile.clv run hostile.csv >/dev/null || tap_fail "the hostile shop"
"$driver" look
