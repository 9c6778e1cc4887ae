/* Commands from argv or a script; progress lines; exit status. */
#ifndef CLV_BATCH_BATCH_H
#define CLV_BATCH_BATCH_H

/* The whole of `clv --batch ...`, and of --version and --help. Returns the process exit status. */
int batch_main(int argc, char **argv);

#endif
