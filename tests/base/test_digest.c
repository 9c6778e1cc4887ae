/* SHA-256 against published vectors (FIPS 180-2), and lists of texts that must not collide. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/digest.h"

Test(digest, published_vectors)
{
	static const char two_blocks[] = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
	char hex[DIGEST_HEX];

	digest_of("", 0, hex);
	cr_assert_str_eq(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	digest_of("abc", 3, hex);
	cr_assert_str_eq(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	digest_of(two_blocks, sizeof two_blocks - 1, hex);
	cr_assert_str_eq(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

Test(digest, a_million_bytes_in_pieces)
{
	struct digest *d = digest_new();
	char hex[DIGEST_HEX];

	for (int i = 0; i < 1000000 / 125; i++) {
		char piece[125];

		memset(piece, 'a', sizeof piece);
		digest_add(d, piece, sizeof piece);
	}
	digest_add(d, NULL, 0);
	digest_end(d, hex);
	cr_assert_str_eq(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void of_texts(const char *a, const char *b, char hex[DIGEST_HEX])
{
	struct digest *d = digest_new();

	digest_add_text(d, a);
	digest_add_text(d, b);
	digest_end(d, hex);
}

Test(digest, lists_of_texts_do_not_collide)
{
	static const char *const pairs[][2] = {
		{ "ab", "c" }, { "a", "bc" }, { "abc", "" }, { "", "abc" }, { "abc", NULL }, { NULL, "abc" }, { NULL, NULL },
		{ "", "" }, { "", NULL },
	};
	const size_t n = sizeof pairs / sizeof pairs[0];
	char hex[9][DIGEST_HEX];

	for (size_t i = 0; i < n; i++) {
		of_texts(pairs[i][0], pairs[i][1], hex[i]);
		for (size_t j = 0; j < i; j++)
			cr_assert_str_neq(hex[i], hex[j]);
	}
	cr_assert_str_eq(hex[0], "43ee655579de01ca739b3f95c1c2d3f46d353b2c0df818064ea594506cdb2617");
}

Test(digest, files)
{
	char path[] = "/tmp/clv-digest-XXXXXX", hex[DIGEST_HEX];
	int fd = mkstemp(path);

	cr_assert_eq(write(fd, "abc", 3), 3);
	close(fd);
	cr_assert_eq(digest_file(path, hex), RC_OK);
	cr_assert_str_eq(hex, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
	unlink(path);
	cr_assert_eq(digest_file(path, hex), RC_IO);
	cr_assert_eq(digest_file("/tmp", hex), RC_IO);
}
