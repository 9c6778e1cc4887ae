# list.sh NAME: one list section of the documents, made from what the program and the sources say.
# Needs top_srcdir and, for the lists that the program prints, CLV. Prints the section on stdout.
top=${top_srcdir:-.}
LC_ALL=C
export LC_ALL
unset CLV_STORE

# The program in an empty folder, so that no settings or store of the caller take part.
program() {
	folder=$(mktemp -d) || return 1
	(cd "$folder" && "$CLV" --batch "$@")
	said=$?
	rm -rf "$folder"
	return $said
}

headers() { # FOLDER: the SQL files of a folder, for header.awk
	find "$top/share/sql/$1" -name '*.sql' | sort
}

case $1 in
options)  program help manual | sed -n '/^\.SH OPTIONS/,/^\.SH COMMANDS/p' | sed '1d;$d' ;;
commands) program help manual | sed '1,/^\.SH COMMANDS/d' ;;
settings) program config manual | sed '1d' ;;
example)  program config manual | awk -f "$top/doc/example.awk" ;;
reports)  headers report | xargs awk -v what=reports -f "$top/doc/header.awk" ;;
checks)   headers check | xargs awk -v what=checks -f "$top/doc/header.awk" ;;
views)    headers view | xargs awk -v what=views -f "$top/doc/header.awk" ;;
rules)    sed -n 's/^RULE("\([^"]*\)", *"\([^"]*\)",.*/.TP\n.B \1\n\2/p' "$top/src/module/rule.def" |
	sed 's/-/\\-/g' ;;
reasons)  sed -n 's/^REASON([A-Z_0-9]*, *"\([^"]*\)", *"\([^"]*\)")$/.TP\n.B \1\n\2/p' \
	"$top/src/ingest/reason.def" | sed 's/-/\\-/g' ;;
tables)   find "$top/share/sql/schema" -name '*.sql' | sort | xargs awk -f "$top/doc/schema.awk" ;;
keys)     find "$top/src/tui" "$top/src/app" -name '*.c' | sort | xargs sh -c 'awk -f "$0" "$@" "'"$top/src/tui/keys.def"'"' "$top/doc/keys.awk" ;;
tree)     (cd "$top" && sh doc/tree.sh) ;;
screens)  sh "$top/doc/screens.sh" markdown home customers drift ;;
screen)   sh "$top/doc/screens.sh" roff home ;;
session)  sh "$top/doc/session.sh" ;;
*)        echo "list.sh: there is no list '$1'" >&2; exit 2 ;;
esac
