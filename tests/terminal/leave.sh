# The stories of tests/terminal/leave.c.
set -- story leave
. "$top_srcdir/tests/terminal/common.sh"
"$driver" leave
