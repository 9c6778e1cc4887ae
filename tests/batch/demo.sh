# The demo's whole path: drift found, nothing retrained, a person approves, the chain proves it.
. "$top_srcdir/tests/batch/common.sh"
CLV_TEST=1 CLV_NOW=2026-01-15T08:00:00Z
export CLV_TEST CLV_NOW

clv --json -s d.clv demo >demo.json
tap_is "demo ends well" $? 0
tap_is "a review is open" "$(cell d.clv "SELECT state FROM decision_now")" open
tap_is "with a candidate that publishes nothing" "$(cell d.clv "SELECT (SELECT count(*) FROM fit_set WHERE kind = 'candidate') || ' ' || (SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1)")" "1 1"
tap_is "both are asked about one holdout" "$(clv -s d.clv --format csv show review_card --limit 1 | tail -n 1 | grep -o '[01]$')" 1
tap_is "and each has an answer of its own" "$(cell d.clv "SELECT count(*) FROM fit_metric a JOIN fit_metric b USING (set_id, target, metric)
	WHERE a.model = 'champion' AND b.model LIKE 'mbgnbd%' AND target = 'purchases' AND metric = 'mae' AND a.value > 0 AND a.value <> b.value")" 1
tap_is "but stands in the audit chain" "$(cell d.clv "SELECT count(*) FROM audit_entry WHERE json_extract(payload, '\$.state') = 'candidate'")" 1
run=$(cell d.clv 'SELECT run_id FROM decision_now')
review=$(cell d.clv 'SELECT review_id FROM decision_now')
champion='SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1'
tap_exit "run does not retrain" 0 "$CLV" --batch -s d.clv run
tap_is "the champion is still the first" "$(cell d.clv "$champion")" 1
tap_exit "--fail-on-drift says so" 5 "$CLV" --batch -s d.clv --fail-on-drift run
tap_exit "no name" 6 "$CLV" --batch -s d.clv approve "$review" --reason "prices went up in July" --confirm "$run"
tap_exit "no reason" 6 "$CLV" --batch -s d.clv approve "$review" --by Ada --confirm "$run"
tap_exit "a short reason" 6 "$CLV" --batch -s d.clv approve "$review" --by Ada --reason yes --confirm "$run"
tap_exit "no confirmation" 6 "$CLV" --batch -s d.clv approve "$review" --by Ada --reason "prices went up in July"
tap_exit "the wrong run" 6 "$CLV" --batch -s d.clv approve "$review" --by Ada --reason "prices went up in July" --confirm 99
tap_is "no refusal left a trace" "$(cell d.clv 'SELECT count(*) FROM decision_review')" 0
tap_exit "other evidence than was shown" 6 "$CLV" --batch -s d.clv decline "$review" --by Ada --reason "prices went up in July" --confirm "$run" --evidence abc
tap_exit "other settings than the run's" 6 "$CLV" --batch -s d.clv --set horizon_days=30 approve "$review" --by Ada --reason "prices went up in July" --confirm "$run"
if command -v sqlite3 >/dev/null; then
	sqlite3 d.clv "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
	cp d.clv candidate.clv
	sqlite3 candidate.clv "UPDATE fit_param SET value = value * 1.1 WHERE name = 'r' AND fit_id IN (SELECT fit_id FROM fit_model JOIN fit_set USING (set_id) WHERE kind = 'candidate')"
	tap_exit "a candidate that was changed since" 6 "$CLV" --batch -s candidate.clv approve "$review" --by Ada --reason "prices went up in July" --confirm "$run"
	tap_is "is not promoted" "$(cell candidate.clv "$champion")" 1
	cp d.clv champion.clv
	sqlite3 champion.clv "UPDATE fit_param SET value = value * 2 WHERE name = 'r'"
	tap_exit "a champion that was changed does not score" 8 "$CLV" --batch -s champion.clv run --force
	tap_exit "nor answer" 8 "$CLV" --batch -s champion.clv predict --limit 3
fi
cp d.clv deferred.clv
[ -f d.clv-wal ] && cp d.clv-wal deferred.clv-wal
tap_exit "defer" 0 "$CLV" --batch -s deferred.clv defer "$review" --by Ada --reason "after the sale is over" --confirm "$run" --until 2026-02-01
tap_is "a deferred review is not due" "$(clv --json -s deferred.clv run | first_of due)" false
tap_is "before its day" "$(CLV_NOW=2026-02-01T08:00:00Z clv --json -s deferred.clv run | first_of due)" true
cp d.clv declined.clv
[ -f d.clv-wal ] && cp d.clv-wal declined.clv-wal
tap_exit "decline" 0 "$CLV" --batch -s declined.clv decline "$review" --by Ada --reason "a sale, it will pass" --confirm "$run"
tap_is "declined keeps the champion" "$(cell declined.clv "$champion")" 1
tap_exit "deciding twice" 6 "$CLV" --batch -s declined.clv approve "$review" --by Ada --reason "prices went up in July" --confirm "$run"
tap_exit "approve" 0 "$CLV" --batch -s d.clv approve "$review" --by Ada --reason "prices went up in July" --confirm "$run"
tap_is "exactly the candidate is champion" "$(cell d.clv "$champion")" "$(cell d.clv "SELECT set_id FROM fit_set WHERE kind = 'candidate'")"
tap_is "and it scores" "$(cell d.clv "SELECT max(run_id) FROM run_run")" "$(cell d.clv 'SELECT run_id FROM run_live')"
tap_exit "nothing is left to run" 0 "$CLV" --batch -s d.clv run
tap_exit "the chain is sound" 0 "$CLV" --batch -s d.clv audit verify
clv --json -s d.clv audit >audit.json
anchor=$(first_of head <audit.json):$(first_of entries <audit.json)
tap_exit "against its anchor, too" 0 "$CLV" --batch -s d.clv audit verify --anchor "$anchor"
tap_exit "an anchor of no entries is no anchor" 2 "$CLV" --batch -s d.clv audit verify --anchor "${anchor%%:*}:0"
tap_exit "--anchor without verify" 2 "$CLV" --batch -s d.clv audit --anchor "$anchor"
tap_is "the list has its verdict" "$(first_of verdict <audit.json)" sound
tap_exit "compare with a run that is not there" 2 "$CLV" --batch -s d.clv show compare 1 99
tap_exit "moves from a run that is not there" 2 "$CLV" --batch -s d.clv show moves 99 1
tap_exit "compare two runs" 0 "$CLV" --batch -s d.clv show compare 1 "$run"

if command -v sqlite3 >/dev/null; then
	sqlite3 d.clv "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
	for case in altered cut missing; do
		cp d.clv $case.clv
		case $case in
		altered) change="UPDATE audit_entry SET payload = replace(payload, 'July', 'Jule') WHERE payload LIKE '%July%'" ;;
		cut) change="DELETE FROM audit_entry WHERE seq = (SELECT max(seq) FROM audit_entry)" ;;
		missing) change="DELETE FROM audit_entry WHERE seq = 2" ;;
		esac
		sqlite3 $case.clv "PRAGMA foreign_keys = OFF; DROP TRIGGER audit_entry_no_update; DROP TRIGGER audit_entry_no_delete; $change"
	done
	tap_exit "one byte altered is found" 8 "$CLV" --batch -s altered.clv audit verify
	seq=$(cell d.clv "SELECT seq FROM audit_entry WHERE payload LIKE '%July%' ORDER BY seq LIMIT 1")
	tap_is "and named" "$(clv --json -s altered.clv audit verify 2>/dev/null | first_of verdict) $(clv --json -s altered.clv audit verify 2>/dev/null | first_of entry)" "altered $seq"
	tap_exit "an entry missing inside is found" 8 "$CLV" --batch -s missing.clv audit verify
	tap_exit "a cut tail is found: a run wrote its length down" 8 "$CLV" --batch -s cut.clv audit verify
	sqlite3 cut.clv "UPDATE run_run SET audit_head = NULL, audit_length = NULL"
	tap_exit "with that gone it hides without an anchor" 0 "$CLV" --batch -s cut.clv audit verify
	tap_exit "and is found with it" 8 "$CLV" --batch -s cut.clv audit verify --anchor "$anchor"
	tap_is "by name" "$(clv --json -s cut.clv audit verify --anchor "$anchor" 2>/dev/null | first_of verdict)" cut
	tap_exit "the trigger holds against a plain UPDATE" 1 sh -c "sqlite3 d.clv \"UPDATE audit_entry SET actor = 'x'\" || exit 1"
else
	tap_skip "altered, missing and cut chains" "the sqlite3 shell is not installed"
fi
tap_done
