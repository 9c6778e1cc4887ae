/* Levelled key=value lines on stderr. Nothing that came from data is printed unescaped. The sink and the
 * level are the only globals beside the last error. */
#ifndef CLV_BASE_LOG_H
#define CLV_BASE_LOG_H

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

void log_set_level(enum log_level level);           /* default LOG_WARN */
void log_line(enum log_level level, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
