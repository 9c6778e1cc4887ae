/* Log lines: the level, one line each, nothing that steers. */
#include "config.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>

#include "base/log.h"

Test(log, lines_are_levelled_and_safe, .init = cr_redirect_stderr)
{
	log_line(LOG_INFO, "stage=%s", "hidden");
	log_line(LOG_WARN, "file=%s", "a\033[31m\nb\xFF");
	log_set_level(LOG_DEBUG);
	log_line(LOG_DEBUG, "share=%.1f", 0.5);
	log_set_level(LOG_ERROR);
	log_line(LOG_WARN, "hidden=1");
	log_line(LOG_ERROR, "n=%d", 3);
	fflush(stderr);
	cr_assert_stderr_eq_str("clv: level=warn file=a\\x1B[31m\\x0Ab\\xFF\n"
				"clv: level=debug share=0.5\n"
				"clv: level=error n=3\n");
}
