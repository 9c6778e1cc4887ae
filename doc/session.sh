# The first session of README.md: runs the program in an empty folder and prints what a reader would
# see, as a Markdown code block. The clock is fixed, so that the same program prints the same.
clv=$CLV
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
unset CLV_STORE
CLV_TEST=1 CLV_NOW=2026-01-15T09:00:00Z
export CLV_TEST CLV_NOW

clv() {
	"$clv" "$@"
}

note() {
	printf '\n# %s\n' "$*"
}

# Shows a command as it is typed and what it says; a report is shown as on a terminal.
show() {
	printf '$ %s\n' "$*"
	case $* in
	*' show '* | *' sql '*) eval "$* --format table" 2>&1 ;;
	*) eval "$*" 2>&1 ;;
	esac
}

cut_to() { # WIDTH
	cut -c "1-$1"
}

echo '```console'
{
	note a shop of one\'s own making: a log of purchases, and the truth behind it
	show clv --batch generate --preset demo --seed 7 --out shop
	printf '$ head -n 3 shop/transactions.csv\n'
	head -n 3 shop/transactions.csv
	note from the file to ranked customers
	show clv --batch -s shop.clv run shop/transactions.csv
	note the same again: nothing is stale, nothing runs
	show clv --batch -s shop.clv run
	note who is worth what
	show clv --batch -s shop.clv show top_customers --limit 5 --columns rank,customer_id,frequency,days_since_last,p_alive,clv,clv_low,clv_high,tier
	id=$(clv --batch -s shop.clv --format csv show top_customers --limit 1 --columns customer_id | tail -n 1)
	show clv --batch -s shop.clv show customer "$id"
	note what the model is worth: on a part of the history that it did not see, beside naive rules
	show clv --batch -s shop.clv show leaderboard
	note valuable customers who are slipping away
	show clv --batch -s shop.clv show top_customers --where "'clv>300 p_alive<.5'" --sort -at_risk --limit 3 --columns rank,customer_id,days_since_last,p_alive,clv,at_risk
	note the files for others, and the proof
	printf '$ ls outputs\n'
	ls outputs
	show clv --batch -s shop.clv audit verify
} | sed '1{/^$/d;}'
echo '```'
