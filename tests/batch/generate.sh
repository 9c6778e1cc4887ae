# The demo shop's generator: byte-identical for equal arguments; each switch trips what it must.
. "$top_srcdir/tests/batch/common.sh"

clv --json generate --preset tiny --seed 1 --out a >a.json
clv --json --threads 1 generate --preset tiny --seed 1 --out b >b.json
clv generate --preset tiny --seed 2 --out c >/dev/null
tap_exit "equal arguments, equal bytes" 0 cmp a/transactions.csv b/transactions.csv
tap_exit "another seed, other bytes" 1 cmp -s a/transactions.csv c/transactions.csv
tap_exit "the shipped log is the tiny preset, seed 1" 0 cmp a/transactions.csv "$top_srcdir/data/tiny.csv"
tap_is "its digest" "$(first_of digest <a.json)" "$(cat "$top_srcdir/data/tiny.b2")"
tap_is "the digest is that of the file" "$(first_of digest <a.json)" "$(b2sum -l 256 a/transactions.csv | cut -d' ' -f1)"
clv generate --preset fashion --customers 3000 --transactions 12000 --seed 5 --out d >/dev/null
rows=$(($(wc -l <d/transactions.csv) - 1))
tap_is "about as many transactions as asked" "$([ $rows -gt 11400 ] && [ $rows -lt 12600 ] && echo yes)" yes
tap_exit "dirt: missing ids over the gate" 3 sh -c "'$CLV' --batch --quiet generate --preset tiny --customers 300 --dirt missing_id=0.2 --out e && '$CLV' --batch validate e/transactions.csv"
clv generate --preset tiny --customers 300 --dirt missing_id=0.01,bad_date=0.01,negative=0.02,duplicate=0.02 --out f >/dev/null
clv --json validate f/transactions.csv >f.json
tap_is "dirt: missing ids are counted" "$(first_of missing-customer <f.json)" "$(grep -c '^,' f/transactions.csv)"
tap_is "dirt: bad dates are counted" "$(first_of bad-date <f.json)" "$(grep -c 2025-13-45 f/transactions.csv)"
tap_exit "a bad switch" 2 "$CLV" --batch generate --drift value=2 --out g
tap_exit "no store was made" 1 test -e clv.clv
tap_done
