/* Progress in words. */
#include "config.h"

#include "tui/ui.h"

#include <string.h>

#include "view/number.h"

const struct ui ui_plain = {0};

void ui_progress(const struct ui_job *job, struct str *out)
{
	struct number n;
	double        share = job->total > 0 ? (double)job->done / (double)job->total : -1;
	str_add(out, *job->stage ? job->stage : job->line);
	if (job->place)
		str_addf(out, " %zu/%zu", job->place, job->of);
	str_add(out, " ▶");
	if (job->pass > 1 && !job->cancelling)
		str_addf(out, " pass %u", job->pass);
	if (job->cancelling)
		str_add(out, " cancelling");
	else if (share >= 0)
		str_addf(out, " %s", number_percent(&n, share > 1 ? 1 : share, 0));
	else if (job->done > 0)
		str_addf(out, " %s %s", number_count(&n, (double)job->done), job->unit);
	if (!job->cancelling && share >= 0.05 && share < 1 && job->seconds >= 2)
		str_addf(out, " ETA %ss", number_count(&n, job->seconds / share - job->seconds));
}

const char *ui_stage_status(const struct ui_job *job, const char *stage, const struct ui_stage **ended)
{
	*ended = NULL;
	for (size_t i = job->stages; i > 0; i--)
		if (!strcmp(job->ended[i - 1].name, stage)) {
			*ended = &job->ended[i - 1];
			return job->ended[i - 1].status;
		}
	return !strcmp(job->stage, stage) ? "running" : NULL;
}
