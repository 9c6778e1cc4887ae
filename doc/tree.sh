# The source tree for ARCHITECTURE.md: rooms from the lowest floor up, each file pair with the first
# sentence of its opening comment (the header's, if there is one). Runs in the top folder.
opening() { # FILE: the first sentence
	awk '
		{ text = text (NR == 1 ? "" : " ") $0 }
		/\*\// || NR == 8 { exit }
		END {
			sub(/^\/\*[ \t]*/, "", text); sub(/[ \t]*\*\/.*/, "", text)
			gsub(/[ \t]+\*[ \t]+/, " ", text); gsub(/[ \t]+/, " ", text)
			if (match(text, /[^.]\.( |$)/)) text = substr(text, 1, RSTART)
			sub(/ \*$/, "", text)
			print text
		}' "$1"
}

# NAME SENTENCE, the sentence wrapped behind a hanging indent.
line() {
	printf '%s\n' "$2" | fold -s -w 80 | sed 's/ *$//' | {
		name=$1
		while IFS= read -r part; do
			printf '%-24s %s\n' "$name" "$part"
			name=
		done
	}
}

echo '```'
line src/FLOORS "rooms, floors and library doors, read by the house checks"
line src/main.c "$(opening src/main.c)"
awk '$1 == "floor" { print $2, $3 }' src/FLOORS | while read -r floor room; do
	[ -d "src/$room" ] || continue
	printf '\nsrc/%s/  (floor %s)\n' "$room" "$floor"
	find "src/$room" -name '*.[ch]' -o -name '*.def' | sed -e "s|^src/$room/||" | sort | while read -r file; do
		stem=${file%.*}
		case $file in
		*.c) said=$file
			[ -f "src/$room/$stem.h" ] && file=$stem said=$stem.h ;;
		*.h) [ -f "src/$room/$stem.c" ] && continue
			said=$file ;;
		*.def) said= ;;
		esac
		[ -n "$said" ] && said=$(opening "src/$room/$said") || said="the list, expanded by $stem"
		line "  $file" "$said"
	done
done
echo '```'
