/* Words for a missing value. Not here: what a missing value means for its row (judge.c). */
#include "config.h"

#include "ingest/missing.h"

#include <string.h>
#include <strings.h>

#define WORD(s) { s, sizeof s - 1 }

static const struct span standard[] = {
	WORD("NULL"), WORD("NaN"), WORD("NA"), WORD("N/A"), WORD("#N/A"), WORD("None"), WORD("-"),
};

static bool is_among(struct span s, const struct span *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (word[i].n == s.n && (*word[i].p | 0x20) == (*s.p | 0x20) && strncasecmp(word[i].p, s.p, s.n) == 0) /* most differ in the first letter */
			return true;
	return false;
}

bool missing_text(const struct missing *m, struct span s)
{
	if (s.n == 0)
		return true;
	if (m == NULL)
		return is_among(s, standard, sizeof standard / sizeof standard[0]);
	return s.n <= m->longest && is_among(s, m->word, m->n);
}
