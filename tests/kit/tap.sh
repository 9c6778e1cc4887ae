# Sourced by test scripts: numbered TAP lines, and a plan at the end. A script ends with tap_done.
tap_count=0

tap_ok() { # DESCRIPTION
	tap_count=$((tap_count + 1))
	printf 'ok %d - %s\n' $tap_count "$1"
}

tap_fail() { # DESCRIPTION [DETAIL]
	tap_count=$((tap_count + 1))
	printf 'not ok %d - %s\n' $tap_count "$1"
	[ -z "${2-}" ] || printf '%s\n' "$2" | sed 's/^/# /'
}

tap_skip() { # DESCRIPTION REASON
	tap_count=$((tap_count + 1))
	printf 'ok %d - %s # SKIP %s\n' $tap_count "$1" "$2"
}

# Passes when DETAIL, a list of faults, is empty.
tap_none() { # DESCRIPTION DETAIL
	if [ -z "$2" ]; then tap_ok "$1"; else tap_fail "$1" "$2"; fi
}

tap_is() { # DESCRIPTION GOT WANT
	if [ "$2" = "$3" ]; then
		tap_ok "$1"
	else
		tap_fail "$1" "got:  $2
want: $3"
	fi
}

# Runs the command and compares its exit status; what it said is shown when it differs.
tap_exit() { # DESCRIPTION STATUS COMMAND...
	tap_what=$1
	tap_want=$2
	shift 2
	tap_said=$("$@" 2>&1)
	tap_got=$?
	if [ "$tap_got" = "$tap_want" ]; then
		tap_ok "$tap_what"
	else
		tap_fail "$tap_what" "exit $tap_got, not $tap_want: $*
$tap_said"
	fi
}

tap_done() {
	echo "1..$tap_count"
}
