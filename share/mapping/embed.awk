# Reads paths of mappings, one a line ("share/mapping/x.yaml"), under -v top=DIR, and prints the C file behind ingest/mapping.c:
# each file as bytes, under its name without the folder and the end.
BEGIN {
	n = 0
	print "/* Made from share/mapping by embed.awk. */"
	print "#include \"config.h\""
	print "#include <stddef.h>"
	print "struct mapping_file { const char *name; const unsigned char *text; size_t size; };"
	print "extern const struct mapping_file ingest_mappings[];"
}

{
	name = $0
	sub(/.*\//, "", name)
	sub(/\.yaml$/, "", name)
	printf "\n/* %s */\nstatic const unsigned char file_%d[] = {\n", name, n
	size = 0
	cmd = "od -An -v -tu1 '" top "/" $0 "'"
	while ((cmd | getline line) > 0) {
		size += split(line, byte, " ")
		gsub(/^ +/, "", line)
		gsub(/ +/, ",", line)
		print line ","
	}
	if (close(cmd) != 0)
		exit failed = 1
	print "0 };"
	names[n] = name
	sizes[n++] = size
}

END {
	if (failed)
		exit 1
	print "\nconst struct mapping_file ingest_mappings[] = {"
	for (i = 0; i < n; i++)
		printf "\t{ .name = \"%s\", .text = file_%d, .size = %d },\n", names[i], i, sizes[i]
	print "\t{ .name = 0 }"
	print "};"
}
