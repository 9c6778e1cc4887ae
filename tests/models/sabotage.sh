# make sabotage: small faults are put into a copy of the source, one at a time, and each must fail the tests. A test that no fault can fail is
# worth nothing. BUILD, if given, is a built tree configured as ../src/configure: copied, it saves compiling everything. ONLY, if given, is
# part of the names of the faults to try. Exit 0: each was found.
set -u
work=$(mktemp -d "${TMPDIR:-/tmp}/clv-sabotage.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
cp -a "$top_srcdir" "$work/src" && rm -rf "$work/src/.git"
if [ -n "${BUILD-}" ]; then
	cp -a "$BUILD" "$work/b"
else
	mkdir "$work/b" && (cd "$work/b" && ../src/configure -q) || exit 1
fi
cd "$work/b" || exit 1
top_srcdir=$work/src
export top_srcdir
faults=0

build() {
	make -s tests/math/test_math tests/models/test_models >build.log 2>&1
}

# suite RUNNER [FILTER]: the first failure ends it, and two minutes do: 1 failed, 2 neither failed nor ended, as a fit that descends for ever.
suite() {
	timeout -k 5 120 "$1" --fail-fast --filter "${2-*}" >run.log 2>&1
	code=$?
	[ "$code" -eq 0 ] && return 0
	grep -q '^\[FAIL\]' run.log || [ "$code" -lt 124 ] && return 1
	return 2
}

passes() {
	suite ./tests/math/test_math || return
	for filter in 'kit/*' 'predict/*' 'effect/*' 'season/*' 'diagnosis/*'; do
		suite ./tests/models/test_models "$filter" || return
	done
}

fault() { # NAME FILE FROM TO
	case $1 in *"${ONLY-}"*) ;; *) return ;; esac
	cp "$top_srcdir/$2" kept
	awk -v from="$3" -v to="$4" '{ at = index($0, from); if (at && !done) { $0 = substr($0, 1, at - 1) to substr($0, at + length(from)); done = 1 } print }
		END { exit !done }' kept >"$top_srcdir/$2" || { echo "not applied: $1"; faults=$((faults + 1)); }
	if ! build; then
		echo "does not build: $1"
		faults=$((faults + 1))
	else
		passes
		case $? in
		0) echo "NOT FOUND: $1"; faults=$((faults + 1)) ;;
		1) echo "found: $1" ;;
		*) echo "NO END: $1"; faults=$((faults + 1)) ;;
		esac
	fi
	cp kept "$top_srcdir/$2"
}

build && passes || { echo "the tests fail as it is"; exit 1; }
fault "a wrong sign in the gradient of lifetimes" src/models/lifetime.c "g[LIFETIME_ALPHA] -= shape" "g[LIFETIME_ALPHA] += shape"
fault "swapped parameters of the Pareto law" src/models/pnbd.c "return -p[S] * log1p(t / p[BETA]);" "return -p[BETA] * log1p(t / p[S]);"
fault "a lost count of equal rows" src/models/bg.c "double n = h->count[i];" "double n = h->count[i] > 0;"
fault "no drop-out in the likelihood of regular buyers" src/models/cnbd.c "+ log_add(0, odds(m, p, h))" "+ 0 * odds(m, p, h)"
fault "the other exponent in the two powers" src/math/special_integral.c "log_2f1_one(p, p + q" "log_2f1_one(q, p + q"
fault "a wrong sign in the gradient of opportunities" src/models/bgbb.c "slope[GAMMA] = -t->leave" "slope[GAMMA] = t->leave"
fault "the unit of time without k" src/models/fit.c "(first > 0 ? f->param[0] : 1) * s->histories->sum_x" "s->histories->sum_x"
fault "ageing counted twice" src/models/ggomnbd.c "+ p[B] * t - log_growth(p, t)" "+ 2 * p[B] * t - log_growth(p, t)"
fault "a spend of one purchase more" src/models/gg.c "param[P] * c + param[Q] - 1" "param[P] * c + param[Q]"
fault "gaps that weigh nothing in the regularity" src/models/regular.c "count * (digamma(count * k) - digamma(k))" "count * digamma(count * k) - digamma(k)"
fault "the dead left out of the holdout counts" src/models/curve_holdout.c "s->expected[0] += 1 - alive;" "s->expected[0] += 0 * alive;"
fault "knots without the ends' half weight" src/models/curve_holdout.c "j + 1 == p->knots ? .5 : 1" "j + 1 == p->knots ? 1 : 1"
fault "a law of regular buyers without k" src/models/cnbd.c ".rate = { MIXED_GAMMA, R, ALPHA, K + 1, 0 }" ".rate = { MIXED_GAMMA, R, ALPHA, 0, 0 }"
fault "silence counted from the first purchase" src/models/diagnosis.c ".t_x = (age - since) / days" ".t_x = since / days"
fault "pooled cells that are never closed" src/math/table.c "if (sum >= least) {" "if (sum > 2 * least) {"
fault "an error for what goes along a ridge" src/models/solve.c "fabs(theta[i]) > CARRIED * limit_of(s, i)" "fabs(theta[i]) > 2 * limit_of(s, i)"
fault "a quantile from the other side" src/math/special_law.c "halve(beta_below, b, a, 1 - p" "halve(beta_below, b, a, p"
fault "an effect on drop-out that moves nothing" src/models/solve.c "*dropout += d->effect[i].on & ON_DROPOUT ? part : 0;" "*dropout += 0 * part;"
fault "parameters told for the mean customer" src/models/fit.c "(c->origin - c->mean) / c->spread : 0;" "0 * (c->origin - c->mean) / c->spread : 0;"
fault "a cell's interval that is not scaled to the customer" src/models/forecast.c "f->spend != NULL ? scale * unit : unit" "f->spend != NULL ? 0 * scale + unit : unit"
fault "days that weigh nothing in the likelihood" src/models/seasonal.c "f->loglik += weighed;" "f->loglik += 0 * weighed;"
fault "a horizon by the calendar" src/models/predict.c "o->clock == NULL ? days" "true ? days"
[ "$faults" -eq 0 ]
