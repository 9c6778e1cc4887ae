# Stories on a pty, with libvterm as the terminal. Where it is missing the scripts say that they were skipped. The driver is never built
# with a sanitizer: what is tested is the program behind the pty.
TERMINAL_TESTS = tests/terminal/kinds.sh tests/terminal/leave.sh tests/terminal/look.sh tests/terminal/monkey.sh \
  tests/terminal/work.sh
if HAVE_VTERM
check_PROGRAMS += tests/terminal/monkey tests/terminal/story
endif
tests_terminal_story_SOURCES = tests/kit/terminal.c tests/kit/terminal.h tests/terminal/story.c tests/terminal/story.h \
  tests/terminal/kinds.c tests/terminal/leave.c tests/terminal/look.c tests/terminal/work.c
tests_terminal_story_CFLAGS   = $(CLV_PLAIN_CFLAGS)
tests_terminal_story_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests
tests_terminal_story_LDFLAGS  =
tests_terminal_story_LDADD    = -lvterm
tests_terminal_monkey_SOURCES = tests/kit/terminal.c tests/kit/terminal.h tests/terminal/monkey.c
tests_terminal_monkey_CFLAGS   = $(CLV_PLAIN_CFLAGS)
tests_terminal_monkey_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests
tests_terminal_monkey_LDFLAGS  =
tests_terminal_monkey_LDADD    = -lvterm
EXTRA_DIST += tests/terminal/common.sh $(TERMINAL_TESTS)
