# CLV_NEED(HEADER, FUNCTION, LIBRARY, DEBIAN-PACKAGE, [OTHER-LIBRARIES])
# A required library. What is missing is collected in clv_missing, so that configure can name
# everything at once. LIBS stays as it was: the link lines name their libraries themselves.
AC_DEFUN([CLV_NEED], [
  clv_save_LIBS="$LIBS"
  clv_found=no
  AC_CHECK_HEADER([$1], [AC_SEARCH_LIBS([$2], [$3], [clv_found=yes], [], [$5])])
  AS_IF([test "x$clv_found" = xno], [clv_missing="$clv_missing $4"])
  LIBS="$clv_save_LIBS"
])

# CLV_LATER(HEADER, FUNCTION, LIBRARY, NAME)
# A library that this version does not link: config.h gets HAVE_NAME, so that the program can
# say what stands ready on the machine.
AC_DEFUN([CLV_LATER], [
  clv_save_LIBS="$LIBS"
  AC_CHECK_HEADER([$1], [AC_SEARCH_LIBS([$2], [$3],
    [AC_DEFINE([HAVE_$4], [1], [$3 was found when this was configured])])])
  LIBS="$clv_save_LIBS"
])

# CLV_MAYBE(HEADER, FUNCTION, LIBRARY, DEBIAN-PACKAGE, NAME, WHAT)
# A library that is linked where it is found: config.h gets HAVE_NAME, clv_optional its -l, and
# configure ends with a line about what the build goes without.
AC_DEFUN([CLV_MAYBE], [
  clv_save_LIBS="$LIBS"
  clv_found=no
  AC_CHECK_HEADER([$1], [AC_SEARCH_LIBS([$2], [$3], [clv_found=yes])])
  AS_IF([test "x$clv_found" = xyes],
    [AC_DEFINE([HAVE_$5], [1], [$3 is linked])
     clv_optional="$clv_optional -l$3"],
    [clv_without="$clv_without $6 (Debian: $4)"])
  LIBS="$clv_save_LIBS"
])
