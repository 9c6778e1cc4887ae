/* The list of reasons for which a row is set aside, with code and sentence. Not here: who decides (judge.c). */
#include "config.h"

#include "ingest/reason.h"

#include <assert.h>

static const struct { const char *code, *sentence; } list[REASONS] = {
#define REASON(name, code_, sentence_) [REASON_##name] = { .code = code_, .sentence = sentence_ },
#include "ingest/reason.def"
#undef REASON
};

_Static_assert(REASONS <= 64, "a row's reasons are the bits of one uint64_t");

const char *reason_code(enum reason r)
{
	return list[r].code;
}

const char *reason_sentence(enum reason r)
{
	return list[r].sentence;
}

void reason_add_codes(struct str *out, uint64_t bits)
{
	size_t start = out->n;

	for (int r = 0; r < REASONS; r++) {
		if ((bits & REASON_BIT(r)) == 0)
			continue;
		if (out->n > start)
			str_add_char(out, ';');
		str_add(out, list[r].code);
	}
}

enum reason reason_first(uint64_t bits)
{
	assert(bits != 0);
	return (enum reason)__builtin_ctzll(bits);
}
