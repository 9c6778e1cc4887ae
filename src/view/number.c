/* Numbers in words of the screen: separators, short forms, shares. No locale has a say. */
#include "config.h"

#include "view/number.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const char *missing(struct number *buf)
{
	memcpy(buf->s, "-", 2);
	return buf->s;
}

const char *number_fixed(struct number *buf, double v, int digits)
{
	char   plain[NUMBER_BYTES];
	size_t out = 0, whole;
	if (isnan(v))
		return missing(buf);
	if (!(fabs(v) < 1e15)) {
		snprintf(buf->s, sizeof buf->s, "%.3g", v);
		return buf->s;
	}
	snprintf(plain, sizeof plain, "%.*f", digits < 6 ? digits : 6, fabs(v));
	if (v < 0 && strspn(plain, "0.") < strlen(plain))
		buf->s[out++] = '-';
	whole = strcspn(plain, ".");
	for (size_t i = 0; plain[i]; i++) {
		if (i && i < whole && (whole - i) % 3 == 0)
			buf->s[out++] = ',';
		buf->s[out++] = plain[i];
	}
	buf->s[out] = '\0';
	return buf->s;
}

const char *number_count(struct number *buf, double v)
{
	return number_fixed(buf, v, 0);
}

const char *number_short(struct number *buf, double v)
{
	static const struct { double from, unit; const char *mark; int digits; } steps[] = {
		{ 999.5e9, 1e12, "T", 2 }, { 99.5e9, 1e9, "G", 0 }, { 999.5e6, 1e9, "G", 2 }, { 99.5e6, 1e6, "M", 0 },
		{ 999.5e3, 1e6, "M", 2 }, { 9999.5, 1e3, "k", 0 },
	};
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
		if (fabs(v) >= steps[i].from) {
			number_fixed(buf, v / steps[i].unit, steps[i].digits);
			if (strlen(buf->s) + 2 < sizeof buf->s)
				memcpy(buf->s + strlen(buf->s), steps[i].mark, 2);
			return buf->s;
		}
	return number_fixed(buf, v, 0);
}

const char *number_alike(struct number *buf, double v, double size)
{
	static const struct { double from, unit; const char *mark; int digits; } steps[] = {
		{ 999.5e9, 1e12, "T", 2 }, { 999.5e6, 1e9, "G", 2 }, { 999.5e3, 1e6, "M", 2 }, { 99999.5, 1e3, "k", 0 },
	};
	for (size_t i = 0; i < sizeof steps / sizeof steps[0] && !isnan(v); i++)
		if (fabs(size) >= steps[i].from) {
			number_fixed(buf, v / steps[i].unit, steps[i].digits);
			if (strlen(buf->s) + 2 < sizeof buf->s)
				memcpy(buf->s + strlen(buf->s), steps[i].mark, 2);
			return buf->s;
		}
	return number_fixed(buf, v, 0);
}

const char *number_percent(struct number *buf, double share, int digits)
{
	if (isnan(share))
		return missing(buf);
	number_fixed(buf, 100 * share, digits);
	memcpy(buf->s + strlen(buf->s), "%", 2);
	return buf->s;
}

const char *number_signed_percent(struct number *buf, double share, int digits)
{
	struct number plain;
	number_percent(&plain, share, digits);
	if (isnan(share))
		return missing(buf);
	bool nothing = !plain.s[strspn(plain.s, "0.%")]; /* what is rounded to 0 has no sign */
	snprintf(buf->s, sizeof buf->s, "%s%.40s", plain.s[0] != '-' && !nothing ? "+" : "", plain.s);
	return buf->s;
}

const char *number_chance(struct number *buf, double p)
{
	if (isnan(p))
		return missing(buf);
	if (p > 0 && p < 0.005) {
		memcpy(buf->s, "<.01", 5);
		return buf->s;
	}
	char plain[NUMBER_BYTES];
	snprintf(plain, sizeof plain, "%.2f", p);
	snprintf(buf->s, sizeof buf->s, "%s", plain[0] == '0' ? plain + 1 : plain);
	return buf->s;
}

const char *number_real(struct number *buf, double v)
{
	if (isnan(v))
		return missing(buf);
	if (fabs(v) >= 1000 && fabs(v) < 1e9)
		return number_fixed(buf, v, 0);
	snprintf(buf->s, sizeof buf->s, fabs(v) < 1e-3 || fabs(v) >= 1e9 ? "%.2g" : "%.4g", v);
	return buf->s;
}
