/* Addresses and names masked, hostile text visible, and which columns are personal. */
#include "config.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/mask.h"

static void check(void (*add)(struct str *t, const char *s, size_t n), const char *s, const char *want)
{
	struct str t = {0};
	add(&t, s, strlen(s));
	cr_expect_str_eq(t.s ? t.s : "", want);
	str_clear(&t);
}

Test(mask, addresses_wherever_they_stand)
{
	check(mask_add, "", "");
	check(mask_add, "anna@example.org", "a***@example.org");
	check(mask_add, "7,anna.b+c@shop.example.org,12.50", "7,a***@shop.example.org,12.50");
	check(mask_add, "<a@b.cd> or \"x_y@z.com\".", "<a***@b.cd> or \"x***@z.com\".");
	check(mask_add, "\xc3\xa9ve@example.org", "\xc3\xa9***@example.org");
	check(mask_add, "a@b@c.de", "a@b***@c.de");
}

Test(mask, what_is_no_address_stays)
{
	check(mask_add, "@", "@");
	check(mask_add, "a@", "a@");
	check(mask_add, "@home.now", "@home.now");
	check(mask_add, "3 pcs @ 2.50", "3 pcs @ 2.50");
	check(mask_add, "a@b", "a@b");
	check(mask_add, "a@b.", "a@b.");
}

Test(mask, hostile_text_is_visible)
{
	check(mask_add, "\x1b[2J a@b.cd\n", "\\x1B[2J a***@b.cd\\x0A");
	check(mask_add_name, "\x1b[;Anna \xff", "\\x1B[;A*** \\xFF***");
}

Test(mask, names_keep_their_initials)
{
	check(mask_add_name, "Anna  Smith-Jones", "A***  S***-J***");
	check(mask_add_name, "\xc3\x89va", "\xc3\x89***");
	check(mask_add_name, "+49 30 123456", "+4*** 3*** 1***");
	check(mask_add_name, "anna@example.org", "a***@example.org");
}

Test(mask, columns_of_people)
{
	static const char *const yes[] = { "name", "Customer Name", "E-Mail", "email_address", "last_name", "LastName", "phone", "Street" };
	static const char *const no[] = { "", "product_name", "file name", "customer_id", "revenue", "emirate", "ip_address", "country" };
	for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++)
		cr_expect(mask_is_personal(yes[i]), "%s", yes[i]);
	for (size_t i = 0; i < sizeof no / sizeof no[0]; i++)
		cr_expect(!mask_is_personal(no[i]), "%s", no[i]);
}
