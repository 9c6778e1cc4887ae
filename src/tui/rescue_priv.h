/* The terminal after a crash, and what libraries say on stderr while the screen is up. One user per process. */
#ifndef CLV_TUI_RESCUE_PRIV_H
#define CLV_TUI_RESCUE_PRIV_H

#include <stddef.h>

#include "base/str.h"

/* Remember the terminal's modes, and keep fd 2 off the screen when it is the terminal. Before the screen is taken. */
void rescue_begin(void);
/* From here on SEGV, BUS, FPE, ILL, ABRT and a sanitizer's end give the terminal back before they go their way: bytes are
 * written, at most 512, and the modes set. */
void rescue_arm(const char *bytes, size_t n);
/* After the screen was given back. What was said on fd 2 meanwhile is appended, made visible, its end at most. */
void rescue_end(struct str *said);

#endif
