# Exit statuses and messages of the command line: a mistyped word is never an empty success.
. "$top_srcdir/tests/batch/common.sh"

tap_exit "no command, no store, no file" 9 "$CLV" --batch -s none.clv
tap_is "makes no store" "$(ls none.clv 2>/dev/null)" ""
tap_exit "unknown command" 2 "$CLV" --batch improt x.csv
tap_exit "unknown option" 2 "$CLV" --batch -s t.clv show --lmit 3 top_customers
tap_exit "unknown shared option" 2 "$CLV" --btach
tap_exit "missing argument" 2 "$CLV" --batch import
tap_exit "too many arguments" 2 "$CLV" --batch init a b
tap_exit "an option without its value" 2 "$CLV" --batch import x.csv --delimiter
tap_exit "unknown setting" 2 "$CLV" --batch --set cluster.kk=3 config print
tap_exit "setting out of range" 2 "$CLV" --batch --set cluster.k=1000 config print
tap_exit "a store that is not there" 9 "$CLV" --batch -s none2.clv show runs
tap_exit "a file that is not there" 9 "$CLV" --batch -s t.clv import none.csv
tap_is "makes no store" "$(ls t.clv 2>/dev/null)" ""
tap_exit "init" 0 "$CLV" --batch -s t.clv init
tap_exit "init again" 0 "$CLV" --batch -s t.clv init
tap_exit "unknown report" 2 "$CLV" --batch -s t.clv show top_custmers
tap_exit "writing under --readonly" 2 "$CLV" --batch --readonly -s t.clv init
tap_exit "typed SQL that writes" 2 "$CLV" --batch -s t.clv sql "DELETE FROM raw_file"
tap_exit "a review that is not there" 6 "$CLV" --batch -s t.clv approve 7 --by A --reason "because it is so" --confirm 1
tap_exit "export before any run" 3 "$CLV" --batch -s t.clv export out
tap_exit "help" 0 "$CLV" --help
tap_exit "help of a command" 0 "$CLV" --help import
tap_exit "help of a command that is not" 2 "$CLV" --help importt
tap_exit "version" 0 "$CLV" --version
tap_is "the nearest command is named" "$(clv imprt 2>&1 | grep -c "did you mean 'import'")" 1
tap_is "an error as JSON has its code" "$(clv --json -s t.clv show nothing 2>&1 >/dev/null | first_of code)" CMD-130
tap_is "mode of the store" "$(ls -l t.clv | cut -c1-10)" "-rw-------"
printf 'not a store' >foreign.clv
tap_exit "a file that is no store" 8 "$CLV" --batch -s foreign.clv show runs
tap_is "and it was left alone" "$(cat foreign.clv)" "not a store"
printf 'cluster:\n  k: 3\n  kk: 4\n' >clv.yaml
tap_exit "unknown key in clv.yaml" 2 "$CLV" --batch -s t.clv config check
tap_is "with its place" "$(clv -s t.clv config check 2>&1 | grep -c 'clv.yaml:3:3')" 1
rm clv.yaml
tap_exit "without --batch there is one helpful message" 2 "$CLV"
printf 'init\n# a comment\nshow runs\nshow nothing\nshow files\n' >job.clv
tap_exit "a script stops at the first failure" 2 "$CLV" --batch -s t.clv -f job.clv
tap_is "and says where" "$("$CLV" --batch -s t.clv -f job.clv 2>&1 | grep -c 'job.clv:4')" 1
tap_exit "a script and a command" 2 "$CLV" --batch -s t.clv -f job.clv show files
printf 'show files --quiet --limit 1\nconfig print --seed 9\n' >shared.clv
tap_is "shared options stand in a script's lines" "$("$CLV" --batch -s t.clv -f shared.clv | grep -c '^seed  *9 ')" 1
tap_exit "a report on results before any run" 3 "$CLV" --batch -s t.clv show top_customers
tap_exit "an empty output.dir" 2 "$CLV" --batch -s t.clv --set output.dir= run
tap_exit "an empty folder's name" 2 "$CLV" --batch -s t.clv export ""
tap_exit "an as-of day after today" 2 "$CLV" --batch -s t.clv --as-of 9000-01-01 run
tap_exit "evaluate without a number it needs" 2 "$CLV" --batch evaluate bgnbd --params "1 1 1 1" --x 2 --T 31 --quantity palive

# What is there already is somebody's.
echo mine >transactions.csv
tap_exit "generate overwrites nothing" 2 "$CLV" --batch generate
tap_is "and left it alone" "$(cat transactions.csv)" mine

# Output files: beside the store, or where an absolute name says.
clv generate --preset tiny --out shop >/dev/null
mkdir sub
tap_exit "an absolute output.dir" 0 "$CLV" --batch -s sub/s.clv --set "output.dir=$scratch/away" run shop/transactions.csv
tap_is "is where it says" "$(ls away/manifest.json sub/away 2>/dev/null)" away/manifest.json
tap_exit "a holdout that has not been seen" 2 "$CLV" --batch -s sub/s.clv fit mbgnbd --calibration-end 2025-06-30 --holdout-end 2027-01-01
tap_exit "a calibration beyond the as-of day" 2 "$CLV" --batch -s sub/s.clv --as-of 2025-06-30 fit mbgnbd --calibration-end 2025-07-31
tap_is "a reader that leaves ends it quietly" "$( (clv -s sub/s.clv --format csv show top_customers; echo $? >status) 2>&1 | head -n 1 | cut -c1-4)" rank
tap_is "no control byte of a path is printed" "$(clv -s "$(printf 'x\033[2J.clv')" init | LC_ALL=C tr -d '\n\t\040-\176' | wc -c | tr -d ' ')" 0
tap_done
