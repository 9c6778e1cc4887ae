/* What the reader of contracts and its values share. */
#ifndef CLV_MODULE_CONTRACT_PRIV_H
#define CLV_MODULE_CONTRACT_PRIV_H

#include "base/yaml.h"
#include "module/contract.h"

struct contract_at {
	struct arena *a;
	const char   *path, *text;
	size_t        n;
};

/* Errors with a place. */
enum rc contract_fail(const struct contract_at *r, size_t line, size_t column, const char *id, const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* "there is no WHAT 'WORD'", with the nearest of known[0..n). */
enum rc contract_unknown(const struct contract_at *r, size_t line, size_t column, const char *what, const char *word, const char *const *known, size_t n);
enum rc contract_want(const struct contract_at *r, const struct ydoc *d, enum ydoc_kind kind, const char *what);

/* Values. Each fails with the place of d. */
enum rc contract_word(const struct contract_at *r, const struct ydoc *d, const char *what, const char *const *known, size_t n, int *out);
enum rc contract_bool(const struct contract_at *r, const struct ydoc *d, const char *what, bool *out);
enum rc contract_number(const struct contract_at *r, const struct ydoc *d, const char *what, double low, double high, double *out);
enum rc contract_days(const struct contract_at *r, const struct ydoc *d, const char *what, double *out);  /* "2", "2 days" */
enum rc contract_share(const struct contract_at *r, const struct ydoc *d, const char *what, double *out); /* "5 %", "0.05" */
enum rc contract_limit_read(const struct contract_at *r, const struct ydoc *d, const char *what, struct contract_limit *out);
enum rc contract_range_read(const struct contract_at *r, const struct ydoc *d, struct contract_range *out);

#endif
