#!/bin/sh
# make bench: the speed and memory that clv promises, beside the peers this machine has, in one run. Prints; judges nothing.
#   BENCH_ROWS="1000000 10000000"   sizes      BENCH_RUNS=3   runs of each command, medians are printed
set -u
rows=${BENCH_ROWS:-"1000000 10000000"}
runs=${BENCH_RUNS:-3}
work=$(mktemp -d "${TMPDIR:-/tmp}/clv-bench.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
unset CLV_STORE

say() {
	printf '%-46s %s\n' "$1" "$2"
}

# The public generator of the project's measurements where it is at hand, clv's own otherwise.
generator=${BENCH_GENERATOR:-$top_srcdir/../shared/bench/gen_transactions.c}
if [ -f "$generator" ] && cc -O2 -o gen "$generator" -lm; then
	make_log() { ./gen "$1" >"$2" 2>/dev/null; }
	say "logs" "gen_transactions, seed 1"
else
	make_log() { "$CLV" --batch --quiet generate --preset fashion --customers $(($1 / 8)) --transactions "$1" --out gen_out >/dev/null && mv gen_out/transactions.csv "$2"; }
	say "logs" "clv generate --preset fashion, seed 1"
fi
say "machine" "$(getconf _NPROCESSORS_ONLN) processors, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
peer=
command -v sqlite3 >/dev/null && peer=sqlite3
say "peers found" "${peer:-none}"
echo

cat >import_clv.sh <<'END'
rm -f i.clv*; exec "$CLV" --batch --quiet -s i.clv import "$1"
END
cat >import_sqlite.sh <<'END'
rm -f p.db; exec sqlite3 p.db ".mode csv" ".import $1 tx"
END
cat >import_contract.sh <<'END'
rm -f i.clv*; cp held.clv i.clv && exec "$CLV" --batch --quiet -s i.clv import "$1"
END
cat >import_duckdb.sh <<'END'
rm -f d.db; exec duckdb d.db -c "CREATE TABLE tx AS FROM read_csv('$1'); CREATE TABLE rfm AS SELECT customer_id, count(DISTINCT order_date) - 1 AS x,
  max(order_date) - min(order_date) AS t_x, sum(revenue) AS revenue FROM tx GROUP BY customer_id"
END
cat >run_clv.sh <<'END'
rm -rf r.clv* outputs; exec "$CLV" --batch --quiet -s r.clv run "$1"
END

# One way to import, and sqlite3's on the same file in turn.
import_beside() { # WHAT SCRIPT FILE GOAL
	if [ -n "$peer" ]; then
		set -- "$1" "$4" $("$MEASURE" "$runs" sh "$2" "$3" -- sh import_sqlite.sh "$3")
		say "$1: cpu, wall s, MiB" "$3 $4 $5"
		say "  sqlite3 .import:       cpu, wall s, MiB" "$6 $7 $8"
		say "  sqlite3 / clv: cpu, wall" "$9 ${10}   ($2)"
	else
		set -- "$1" $("$MEASURE" "$runs" sh "$2" "$3")
		say "$1: cpu, wall s, MiB" "$2 $3 $4"
	fi
}

for n in $rows; do
	log=log-$n.csv
	make_log "$n" "$log"
	cat "$log" >/dev/null
	printf '== %s rows, %s bytes\n' "$n" "$(wc -c <"$log" | tr -d ' ')"
	import_beside "import with RFM-T state" import_clv.sh "$log" "goal: wall at least 3"
	if command -v duckdb >/dev/null; then
		set -- $("$MEASURE" "$runs" sh import_clv.sh "$log" -- sh import_duckdb.sh "$log")
		say "duckdb import and RFM:   cpu, wall s, MiB" "$4 $5 $6"
		say "duckdb / clv: cpu, wall" "$7 $8   (goal: wall at least 2)"
	fi
	rm -f held.clv*
	"$CLV" --batch --quiet -s held.clv init >/dev/null &&
		"$CLV" --batch --quiet -s held.clv contract propose "$log" >held.yaml &&
		"$CLV" --batch --quiet -s held.clv contract accept held.yaml --by bench --reason "proposed from the log" >/dev/null
	import_beside "import judged by a contract" import_contract.sh "$log" "goal: wall at least 3"
	sed -e 's/,/","/g' -e 's/^/"/' -e 's/$/"/' "$log" >quoted.csv
	import_beside "import, every field quoted" import_clv.sh quoted.csv "goal: wall at least 1.5"
	rm -f quoted.csv held.*
	sh import_clv.sh "$log" >/dev/null
	for model in bgnbd pnbd gg; do
		"$CLV" --batch --quiet -s i.clv --json fit $model >fit.json
		say "fit $model: wall s of the fit, log-likelihood" \
			"$(sed -n 's/.*"seconds": *\([^,}]*\).*/\1/p' fit.json | head -n 1) $(sed -n 's/.*"loglik": *\([^,}]*\),"aic".*/\1/p' fit.json | head -n 1)"
	done
	set -- $("$MEASURE" 1 sh run_clv.sh "$log")
	say "CSV to ranked file: cpu, wall s, MiB" "$1 $2 $3   (goal at 1e7: 10 s cpu, 200 MiB)"
	set -- $("$SCORE" r.clv 5)
	say "12 months discounted with intervals, $1 customers" "$2 s cpu   (goal at 857 thousand: .30)"
	last=$("$CLV" --batch --quiet -s r.clv --format csv sql "SELECT max(rank) * 9 / 10 FROM mart_customer_value" | tail -n 1)
	set -- $("$MEASURE" 9 "$CLV" --batch --quiet -s r.clv show top_customers --limit 40 --offset "$last")
	say "show top_customers, a page at rank $last: cpu, wall s" "$1 $2   (goal at 1e6 customers: wall .050)"
	set -- $("$MEASURE" 9 "$CLV" --batch --quiet -s r.clv show top_customers --limit 40 --sort -recency)
	say "the first page of a sort by recency: cpu, wall s" "$1 $2   (goal at 1e6 customers: wall .300)"
	set -- $("$MEASURE" 9 "$CLV" --batch --quiet -s r.clv show top_customers --limit 40 --sort customer_id)
	say "the first page of a sort by customer_id: cpu, wall s" "$1 $2   (goal at 1e6 customers: wall .300)"
	set -- $("$MEASURE" 9 "$CLV" --batch --quiet -s r.clv show top_customers --limit 1 --where "clv>500 p<.3")
	say "the count of a filter on two columns: cpu, wall s" "$1 $2   (goal at 1e6 customers: wall .300)"
	set -- $("$MEASURE" 9 "$CLV" --batch --quiet -s r.clv show top_customers --limit 40 --offset "$last" --sort -recency)
	say "a page far down a sort by recency: cpu, wall s" "$1 $2   (goal at 1e6 customers: wall .300)"
	rm -rf r.clv* i.clv* p.db outputs "$log"
	echo
done

# The workbench, on a store of a million ranked customers and on an import of the largest log. BENCH_CUSTOMERS asks for another size.
if [ -x "${PAINT-}" ]; then
	customers=${BENCH_CUSTOMERS:-1000000}
	printf '== the workbench, %s customers\n' "$customers"
	"$CLV" --batch --quiet generate --preset fashion --customers "$customers" --transactions $((customers * 4)) --out big >/dev/null
	"$CLV" --batch --quiet -s big.clv run big/transactions.csv >/dev/null
	set -- $("$PAINT" big.clv 20)
	say "start to first frame, median of 20: s" "$1   (goal .10)"
	say "resident when everything is read: MiB" "$2   (goal 60)"
	set -- $("$PAINT" new.clv 200 big/transactions.csv)
	say "key to frame during an import: p50, p99 ms, keys" "$1 $2 $3   (goal p99 50)"
else
	say "the workbench" "not measured: libvterm is not installed"
fi
