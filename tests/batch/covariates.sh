# Covariates: attributes of customers in a fit and in the pipeline, stored with the set, used by scores and predictions, and told.
. "$top_srcdir/tests/batch/common.sh"
CLV_TEST=1 CLV_NOW=2026-01-15T08:00:00Z
export CLV_TEST CLV_NOW

# 600 customers of two channels: those of the web come back twice as often. Ages without any effect; some regions unknown, one rare.
awk 'function u() { seed = (seed * 16807) % 2147483647; return seed / 2147483647 }
	BEGIN { seed = 11; print "customer_id,date,revenue,channel,age,region,same"
		for (c = 1; c <= 600; c++) {
			web = u() < .4; mean = (web ? 30 : 60) * (.4 + 1.2 * u()); day = int(300 * u()); age = 20 + int(50 * u())
			region = u() < .5 ? "north" : u() < .6 ? "south" : u() < .9 ? "" : "isle"
			do {
				m = 1; d = day; while (d >= 28) { d -= 28; m++ }
				printf "C%04d,%04d-%02d-%02d,%.2f,%s,%d,%s,1\n", c, 2023 + int((m - 1) / 12), (m - 1) % 12 + 1, d + 1, 5 + 40 * u(), web ? "web" : "shop", age, region
				day += 1 + int(-mean * log(u()))
			} while (day < 672 && u() > .12)
		} }' >log.csv
clv -s s.clv import log.csv --attributes channel,age,region,same >import.txt || cat import.txt
fit() {
	clv -s s.clv fit "$@"
}
fit mbgnbd --covariates channel,age >fit.txt
tap_is "the reference is the most frequent level, and the parameters' customer is said" \
	"$(grep -c 'channel: the parameters are those of its reference, shop; other levels: 1' fit.txt), $(grep -c 'age: a number; the parameters are those of a customer with 4' fit.txt)" "1, 1"
fit mbgnbd --covariates channel,age --json >fit.json
tap_is "the web buys about twice as often" "$(sed 's/.*"process.channel=web":{"value":\([0-9.-]*\).*/\1/' fit.json | awk '{ print ($1 > .4 && $1 < 1) }')" 1
tap_is "with standard errors, z, p, AIC and BIC" "$(grep -c 'process.channel=web .* se .* z .* p ' fit.txt), $(grep -c 'AIC .* BIC' fit.txt)" "1, 1"
tap_is "tested against the model without them, and that against the NBD" "$(grep -c 'likelihood ratio against the model without covariates .* on 4, .*: it pays' fit.txt), $(grep -c 'against NBD' fit.txt)" "1, 1"
tap_is "a covariate that is the same for all is named and left out" "$(fit mbgnbd --covariates same | grep -c 'process.same left out: it is the same for all customers')" 1
tap_is "missing values are a level, rare ones are taken together" "$(fit bgnbd --covariates region --dropout none | grep -c 'process.region=(missing)')" 1
fit pnbd --covariates channel --equal age >equal.txt
tap_is "an equal coefficient is one, and tested against two" "$(grep -c 'both.age' equal.txt), $(grep -c 'likelihood ratio against separate coefficients .* on 1' equal.txt)" "1, 1"
fit pnbd --covariates channel --penalty 50 >penalty.txt
tap_is "a penalty is shown" "$(grep -c 'penalty 50 on the coefficients' penalty.txt)" 1
tap_exit "an attribute that is not there" 2 "$CLV" --batch -s s.clv fit mbgnbd --covariates chanel
tap_is "names the nearest" "$(clv -s s.clv fit mbgnbd --covariates chanel 2>&1 | grep -c 'did you mean channel')" 1
tap_is "a model that cannot have them says so" "$(fit nbd --covariates channel | grep -c 'effects on drop-out left out: NBD has no drop-out')" 1
tap_is "and has those of the process" "$(fit nbd --covariates channel | grep -c 'process.channel=web .* se .* z .* p ')" 1
tap_exit "a model that takes none refuses them" 2 "$CLV" --batch -s s.clv fit bgbb --covariates channel
tap_is "and names those that do" "$(fit gg --covariates channel 2>&1 | grep -c 'every other model of purchases does')" 1
tap_exit "a penalty without coefficients" 2 "$CLV" --batch -s s.clv fit mbgnbd --penalty 5
tap_is "what the settings ask of all models stops none" "$(fit gg --set model.covariates=channel | grep -c 'covariates\|channel')" 0
awk -F, -v OFS=, '{ $3 = ""; print $1, $2 }' log.csv >moneyless.csv && clv -s moneyless.clv import moneyless.csv >/dev/null 2>&1
tap_is "a fit that was refused tells no figures" "$(clv -s moneyless.clv fit gg | grep -c 'nan')" 0
tap_is "mbgcnbd and ggomnbd have them as well" "$(fit mbgcnbd --k 1 --covariates channel | grep -c 'process.channel=web .* p ') $(fit ggomnbd --covariates channel | grep -c '^  process.channel=web *0[.]6')" "1 1"
awk -F, -v OFS=, 'NR == 1 { print $0, "name"; next } { print $0, "n" $1 }' log.csv >names.csv && clv -s names.clv import names.csv --attributes name >/dev/null
tap_exit "a name of each customer is no covariate" 3 "$CLV" --batch -s names.clv fit mbgnbd --covariates name

clv -s s.clv run --set model.covariates=channel,age >run.txt || cat run.txt
tap_is "the pipeline's set has them" "$(cell s.clv "SELECT count(*) FROM fit_effect e JOIN fit_model m USING(fit_id) JOIN fit_set s USING(set_id) WHERE s.kind = 'initial' AND m.role IN ('purchase', 'backtest-purchase')")" 8
tap_is "show model_fit tells z and p" "$(clv -s s.clv --format csv show model_fit | grep -c '^purchase,mbgnbd,.*process.channel=web')" 1
tap_is "show fit_tests tells whether they pay" "$(clv -s s.clv --format csv show fit_tests | grep -c '^purchase,mbgnbd,the model without covariates,0,4,')" 1
tap_is "show effects tells what a level does" "$(clv -s s.clv --format csv show effects | awk -F, '$1 == "process" && $2 == "channel" && $3 == "web" { d = $4 - exp($5); print ($4 > 1.4 && d * d < 1e-12 && $10 < .01) }')" 1
tap_is "and the Fit pane shows it, apart from the parameters" \
	"$("$CLV" -s s.clv --snapshot fit/effects --size 80x24 | grep -c 'channel *web *process *[12][.]') $("$CLV" -s s.clv --snapshot fit/parameters --size 80x24 | grep -c proces)" "1 0"
tap_is "scores are those of predict" \
	"$(clv -s s.clv --format csv predict | awk -F, 'NR > 1 { s += $5 } END { printf "%.6f", s }')" \
	"$(cell s.clv "SELECT printf('%.6f', sum(expected_purchases)) FROM score_customer WHERE made = (SELECT max(made) FROM score_customer)")"
clv -s c.clv import log.csv --attributes channel,age,region,same >/dev/null
clv -s c.clv run --set model.covariates=channel --set model.purchase=nbd --set model.calibration=level >/dev/null
clv -s w.clv import log.csv >/dev/null
clv -s w.clv run --set model.purchase=nbd --set model.calibration=level >/dev/null
origins() { clv -s "$1" --format csv show origins --limit 50 | awk -F, '$1 == "scores" && $6 == 1 { n++; s += $8 } END { printf "%d %.6f", n, s }'; }
tap_is "the inner back-tests have covariates" "$(origins c.clv | awk -v other="$(origins w.clv)" '{ split(other, o); print ($1 >= 3 && $2 > 0 && $2 != o[2]) }')" 1
tap_is "discounted value is measured with them" "$(cell c.clv "SELECT count(*) > 0 FROM fit_metric WHERE target = 'discounted'")" 1
newcomer() { clv -s s.clv --format csv predict --newcomer "$@" | tail -n 1 | cut -d, -f5; }
tap_is "a newcomer of the web is expected to buy more" "$(echo "$(newcomer --with channel=web) $(newcomer)" | awk '{ print ($1 > 1.2 * $2) }')" 1
tap_is "one of the reference is the one without words" "$(newcomer --with channel=shop)" "$(newcomer)"
tap_is "numbers can be given as well" "$(echo "$(newcomer --with channel=web,age=60) $(newcomer --with channel=web)" | awk '{ print ($1 > 0 && $1 != $2) }')" 1
tap_is "a level that was not seen is refused, with the nearest" "$(clv -s s.clv predict --newcomer --with channel=wep 2>&1 | grep -c 'FIT-174\|did you mean web')" 2
tap_is "so is a covariate that the champion has not" "$(clv -s s.clv predict --newcomer --with chanel=web 2>&1 | grep -c 'FIT-173\|did you mean channel')" 2
tap_exit "a number that is none" 2 "$CLV" --batch -s s.clv predict --newcomer --with age=old
tap_exit "and words for those of the store" 2 "$CLV" --batch -s s.clv predict --with channel=web
mkdir out && set=$(cell s.clv 'SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1')
clv -s s.clv models export "$set" out >/dev/null
tap_is "and are exported with the set" "$(tr -d ' \n' <out/model-set-"$set".json | grep -c '"attribute":"channel","level":"web","reference":"shop"')" 1
printf 'customer_id,date,revenue,channel,age,region,same\nN1,2024-11-10,5.00,fax,40,north,1\n' >new.csv
clv -s s.clv run new.csv --set import.attributes=channel,age --set model.covariates=channel,age >again.txt
tap_is "a baseline without customers of the last year stops nothing" "$? $(grep -c failed again.txt)" "0 0"
tap_is "a value that the fit has not seen is taken as the reference, and counted" \
	"$(clv -s s.clv --format csv sql "SELECT note FROM run_stage WHERE stage = 'score' ORDER BY rowid DESC LIMIT 1" | grep -c 'channel: 1 customers have a value that the fit has not seen, and are taken as shop')" 1
if command -v sqlite3 >/dev/null; then
	sqlite3 s.clv 'UPDATE fit_effect SET process = 0'
	tap_is "coefficients are sealed" "$(clv -s s.clv predict 2>&1 | grep -c FIT-112)" 1
fi
tap_done
