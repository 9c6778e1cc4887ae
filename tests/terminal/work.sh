# The stories of tests/terminal/work.c.
set -- story work
. "$top_srcdir/tests/terminal/common.sh"
"$driver" work
