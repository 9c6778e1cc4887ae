/* The rest of str.h: how many columns of a screen a character takes. A table of its own, so that no locale
 * and no C library has a say. It covers what stands in names and notes, not every script's finer rules. */
#include "config.h"

#include "base/str.h"

struct range { uint32_t first, last; };

/* Marks that sit on the character before them, in order. */
static const struct range combining[] = {
	{ 0x0300, 0x036F }, { 0x0483, 0x0489 }, { 0x0591, 0x05BD }, { 0x05BF, 0x05BF }, { 0x05C1, 0x05C2 },
	{ 0x05C4, 0x05C5 }, { 0x0610, 0x061A }, { 0x064B, 0x065F }, { 0x0670, 0x0670 }, { 0x06D6, 0x06DC },
	{ 0x0900, 0x0902 }, { 0x093C, 0x093C }, { 0x0941, 0x0948 }, { 0x094D, 0x094D }, { 0x0E31, 0x0E31 },
	{ 0x0E34, 0x0E3A }, { 0x0E47, 0x0E4E }, { 0x1AB0, 0x1AFF }, { 0x1DC0, 0x1DFF }, { 0x20D0, 0x20FF },
	{ 0x302A, 0x302D }, { 0x3099, 0x309A }, { 0xFE00, 0xFE0F }, { 0xFE20, 0xFE2F },
};

/* Two columns: East Asian wide and full width, and pictures. */
static const struct range wide[] = {
	{ 0x1100, 0x115F }, { 0x2E80, 0x303E }, { 0x3041, 0xA4CF }, { 0xA960, 0xA97F }, { 0xAC00, 0xD7A3 },
	{ 0xF900, 0xFAFF }, { 0xFE30, 0xFE6F }, { 0xFF00, 0xFF60 }, { 0xFFE0, 0xFFE6 }, { 0x1F300, 0x1F64F },
	{ 0x1F680, 0x1F6FF }, { 0x1F900, 0x1FAFF }, { 0x20000, 0x3FFFD },
};

static bool inside(const struct range *list, size_t n, uint32_t cp)
{
	for (size_t i = 0; i < n && cp >= list[i].first; i++)
		if (cp <= list[i].last)
			return true;
	return false;
}

int str_char_width(uint32_t cp)
{
	if (inside(combining, sizeof combining / sizeof combining[0], cp))
		return 0;
	return inside(wide, sizeof wide / sizeof wide[0], cp) ? 2 : 1;
}

size_t str_width(const char *s, size_t n)
{
	size_t w = 0;
	for (size_t i = 0; i < n;) {
		uint32_t cp;
		size_t   step = str_utf8_next(s + i, n - i, &cp);
		w += step ? (size_t)str_char_width(cp) : 1;
		i += step ? step : 1;
	}
	return w;
}
