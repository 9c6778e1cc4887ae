/* Signals as flags and a descriptor for poll(): leaving, a new size, being stopped and going on. One user per process, since handlers reach only
 * what is global. */
#ifndef CLV_TUI_SIGNALS_PRIV_H
#define CLV_TUI_SIGNALS_PRIV_H

#include <signal.h>
#include <stdbool.h>

#include "base/rc.h"

/* Catch TERM, HUP, INT, QUIT, TSTP, CONT and WINCH; ignore PIPE. RC_IO: the system gives no descriptor. */
enum rc signals_open(void);
void    signals_close(void); /* as they were */

int  signals_fd(void);    /* readable when something came; signals_take empties it */
void signals_take(void);
int  signals_ending(void);      /* the first of TERM, HUP, INT, QUIT that came; 0: none */
bool signals_take_resize(void); /* each once */
bool signals_take_stop(void);
bool signals_take_continue(void);

/* Hold back TTOU and TTIN in this thread while the terminal is given back, and let them through again; async-signal-safe. */
void signals_hold(sigset_t *before_it);
void signals_release(const sigset_t *before_it);

/* Stop the process as ^Z does, and return when it goes on. */
void signals_stop(void);

#endif
