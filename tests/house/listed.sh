# What is in the tree is in a make fragment, and the other way round: C files, tests, SQL, data.
top=${top_srcdir:-.}
. "$top/tests/kit/tap.sh"
cd "$top" || exit 99

# The words of a fragment without its comments, %D% expanded.
words() { # FRAGMENT
	sed -e 's/#.*//' -e "s|%D%|$(dirname "$1")|g" "$1" | tr -s ' \t=\\' '\n'
}

# Faults of both directions between two sorted lists of paths.
differences() { # IN-TREE LISTED WHERE
	{ printf '%s\n' "$1" | sed 's/^/t /'; printf '%s\n' "$2" | sed 's/^/l /'; } |
	awk -v where="$3" 'NF < 2 { next }
		$1 == "t" { tree[$2] = 1 }
		$1 == "l" { if (!($2 in tree)) print $2 ": listed in " where ", not in the tree"; listed[$2]++ }
		END {
			for (f in tree) if (!(f in listed)) print f ": not listed in " where
			for (f in listed) if (listed[f] > 1) print f ": listed twice in " where
		}' | LC_ALL=C sort
}

sources() { # FOLDER PATTERN...
	for mk in "$1"/*/*.mk; do
		room=$(dirname "$mk")
		[ "$mk" = "$room/$(basename "$room").mk" ] || echo "$mk: not named after its room"
		differences "$(find "$room" -name '*.[ch]' -o -name '*.def')" \
			"$(words "$mk" | grep -E "^$room/.*\.([ch]|def)\$")" "$mk"
	done
	for room in "$1"/*/; do
		room=${room%/}
		[ -n "$(find "$room" -name '*.[ch]')" ] || continue
		[ -f "$room/$(basename "$room").mk" ] || [ "$room" = tests/kit ] || echo "$room: has no fragment"
	done
}

scripts() {
	differences "$(find tests -name '*.sh' ! -path tests/house/fresh_root.sh)" \
		"$(for mk in tests/tests.mk tests/*/*.mk; do words "$mk"; done |
			grep -E '^tests/.*\.sh$' | LC_ALL=C sort -u)" "tests/tests.mk"
}

sql() {
	listed=$(words share/sql/sql.mk | grep '\.sql$')
	differences "$(find share/sql -name '*.sql')" "$listed" share/sql/sql.mk
	[ "$listed" = "$(printf '%s\n' "$listed" | LC_ALL=C sort)" ] || echo "share/sql/sql.mk: not sorted"
}

# Without these an unpacked distribution fails its own checks.
others() {
	listed=$(for mk in Makefile.am [bd]*/*.mk share/*/*.mk tests/*.mk tests/*/*.mk; do words "$mk"; done | LC_ALL=C sort -u)
	find data doc share tests/*/golden tests/fuzz/corpus -type f ! -name '*.mk' ! -name README |
	LC_ALL=C sort | while read -r file; do
		printf '%s\n' "$listed" | grep -qxF -e "$file" -e "${file#tests/}" || echo "$file: not listed in any fragment"
	done
}

tap_none "C files and their fragments agree" "$(sources src)"
tap_none "unit tests and their fragments agree" "$(sources tests)"
tap_none "test scripts are listed" "$(scripts)"
tap_none "SQL files are listed" "$(sql)"
tap_none "other files are listed" "$(others)"
tap_done
