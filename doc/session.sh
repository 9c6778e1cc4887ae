# The first session of README.md: runs the program in an empty folder and prints what a reader would
# see, as a Markdown code block. The clock is fixed, so that the same program prints the same.
program=$CLV
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
unset CLV_STORE
CLV_TEST=1 CLV_NOW=2026-01-15T09:00:00Z
export CLV_TEST CLV_NOW

# Reports as on a terminal.
clv() {
	case $* in
	*--format*) "$program" "$@" ;;
	*' show '*) "$program" "$@" --format table ;;
	*) "$program" "$@" ;;
	esac
}

note() {
	printf '\n# %s\n' "$*"
}

# Shows a command as it is typed, and what it says; it has to end with STATUS.
ends() { # STATUS COMMAND
	printf '$ %s\n' "$2"
	eval "$2" 2>&1
	status=$?
	[ $status = "$1" ] || { echo "session.sh: exit $status, not $1: $2" >&2; exit 1; }
}

show() {
	ends 0 "$1"
}

session() {
	note "a purchase log, here of a generated shop"
	show "clv --batch generate --preset demo --seed 7 --out shop"
	show "head -n 3 shop/transactions.csv"
	note "from the file to ranked customers"
	show "clv --batch -s shop.clv run shop/transactions.csv"
	note "what would run if later money counted less, and why"
	show "clv --batch -s shop.clv run --set discount_rate=0.15 --dry-run"
	note "who is worth what, with an 80 % interval"
	show "clv --batch -s shop.clv show top_customers --limit 5 --columns rank,customer_id,frequency,days_since_last,p_alive,clv,clv_low,clv_high"
	note "one number taken apart"
	show "clv --batch -s shop.clv show customer $(clv --batch -s shop.clv --format csv show top_customers --limit 1 --columns customer_id | tail -n 1)"
	note "what the model is worth: on months that it did not see, beside naive rules"
	show "clv --batch -s shop.clv show leaderboard --where 'target:revenue metric:(aggregate_error,mae,spearman,precision_top20)'"
	note "valuable customers who are slipping away"
	show "clv --batch -s shop.clv show at_risk --where 'p_alive<.5' --limit 3"
	note "six bad rows in a hundred: the file is refused, the results stay"
	show "head -n 101 shop/transactions.csv | sed '2,7s/,20/,2x/' >bad.csv"
	ends 3 "clv --batch -s shop.clv run bad.csv"
	note "a shop whose last six months differ: found, and nothing is retrained before a person decides"
	show "clv --batch -s demo.clv demo | tail -n 8"
	show "clv --batch -s demo.clv show drift --where verdict:alarm --columns feature,n_ref,n_cur,q,effect,sentence"
}

session >session.txt || exit 1
echo '```console'
sed -e 1d -e 's/ *$//' session.txt
echo '```'
