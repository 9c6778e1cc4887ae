# The stories of tests/terminal/work.c.
set -- story work
. "$top_srcdir/tests/terminal/common.sh"
clv -s demo.clv demo >/dev/null || tap_fail "the demo shop"
{ echo $header; good_rows 900; printf 'A,13.02.2025,2\nB,14.02.2025,3\nC,never,3\nD,2025-01-01,y\n'; } >aside.csv
clv -s aside.clv import aside.csv >/dev/null || tap_fail "rows set aside"
"$driver" work
