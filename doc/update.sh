# update.sh FILE...: writes the list sections of the files anew. A section stands between a line that
# holds "BEGIN LIST name" and one that holds "END LIST", in whatever comment the file's format has.
set -eu
top=${top_srcdir:-.}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

for file; do
	for name in $(sed -n 's/.*BEGIN LIST \([a-z]*\).*/\1/p' "$file"); do
		[ -f "$scratch/$name" ] || sh "$top/doc/list.sh" "$name" >"$scratch/$name"
		[ -s "$scratch/$name" ] || { echo "update.sh: the list '$name' came out empty; $file is left as it is" >&2; exit 1; }
	done
	awk -v scratch="$scratch" '
		/END LIST/ { inside = 0 }
		!inside { print }
		/BEGIN LIST / {
			name = $0
			sub(/.*BEGIN LIST /, "", name); sub(/[^a-z].*/, "", name)
			while ((getline line < (scratch "/" name)) > 0) print line
			inside = 1
		}' "$file" >"$scratch/file"
	cmp -s "$scratch/file" "$file" || { cat "$scratch/file" >"$file"; echo "$file: lists made anew"; }
done
