/* Personal data on a screen: e-mail addresses and names of people, masked: enough is left to see what it is. */
#ifndef CLV_BASE_MASK_H
#define CLV_BASE_MASK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* Append s[0..n), made visible (str_add_visible), every e-mail address in it masked: "anna@example.org" as "a***@example.org". */
void mask_add(struct str *t, const char *s, size_t n);
/* The same, and of every word its first character alone: "Anna Smith" as "A*** S***". For values of columns that mask_is_personal knows. */
void mask_add_name(struct str *t, const char *s, size_t n);
/* The one of the two that the column's own name asks for. */
void mask_add_cell(struct str *t, const char *column, const char *s, size_t n);
/* Does a column hold names, addresses or phone numbers of people, by its own name? "customer_name", "Last Name", "E-Mail", "phone";
 * not "product_name". */
bool mask_is_personal(const char *column);

#endif
