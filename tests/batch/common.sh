# Sourced by batch scripts: a scratch folder, the program, and small readers of its JSON.
. "$top_srcdir/tests/kit/tap.sh"
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 99
unset CLV_STORE
reference=${CLV_REFERENCE:-$top_srcdir/../shared/reference}

clv() {
	"$CLV" --batch --quiet "$@"
}

# The value of the first "KEY": in a one-line JSON text on stdin.
json_of() { # KEY
	sed -n 's/.*"'"$1"'": *"\{0,1\}\([^",}]*\)"\{0,1\}.*/\1/p' | head -n 1
}

# The whole first "KEY": number or word, from the left.
first_of() { # KEY
	grep -o '"'"$1"'": *[^,}]*' | head -n 1 | sed 's/^[^:]*: *//; s/"//g'
}

# One cell: the answer of a query with one row and one column.
cell() { # STORE SQL
	clv -s "$1" --format csv sql "$2" | tail -n 1
}

# A plain log of N good rows (customers of three rows each) on stdout, without a header.
good_rows() { # N
	awk -v n="$1" 'BEGIN { for (i = 0; i < n; i++) printf "G%04d,2025-%02d-%02d,%d.50\n", i / 3, 1 + i % 3 * 4, 1 + i % 27, 10 + i % 17 }'
}

header=customer_id,order_date,revenue
