# screens.sh FORM PANE...: panes of the demo shop as the program draws them, for README.md (markdown) or a manual page (roff, in
# ASCII). The clock is fixed, so that the same program prints the same.
program=$CLV
form=$1
shift
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
unset CLV_STORE
CLV_TEST=1 CLV_NOW=2026-01-15T09:00:00Z
export CLV_TEST CLV_NOW

"$program" --batch --quiet -s demo.clv demo >/dev/null || exit 1
for pane; do
	case $form in
	markdown) printf '\n```text\n' && "$program" -s demo.clv --snapshot "$pane" && printf '```\n' ;;
	roff)     printf '.PP\n.nf\n' && "$program" -s demo.clv --snapshot "$pane" --glyphs ascii |
		sed -e 's/\\/\\e/g' -e 's/-/\\-/g' -e "s/'/\\\\(aq/g" -e 's/^/\\\&/' && printf '.fi\n' ;;
	esac || exit 1
done
