/* Commands from argv or a script; progress lines; exit status. */
#ifndef CLV_BATCH_BATCH_H
#define CLV_BATCH_BATCH_H

#include "app/screen.h"

/* The whole command line: `clv --batch ...`, the workbench and --snapshot (by the screen's room), --version and --help. Returns the process exit status. */
int batch_main(int argc, char **argv, const struct screen *screen);

#endif
