#!/bin/sh
# Checks that every include in src/ and include/ goes to a lower layer (layers.txt), and that a
# third-party header is included by one module only. Usage: check-layers.sh [folder] (default: here).
set -eu
cd "${1:-$(dirname "$0")/..}"
find src include -name '*.[ch]' -o -name '*.cc' | sort | xargs grep -HnE '^[[:space:]]*#[[:space:]]*include' | awk '
function module_of(path,    p) {           # src/claim/x.c, include/sitrep/claim.h, sitrep/base/str.h
	sub(/^src\//, "", path); sub(/^include\//, "", path); sub(/^sitrep\//, "", path)
	split(path, p, /[\/.]/)
	return p[1]
}
BEGIN {
	while ((getline line < "layers.txt") > 0)
		if (line !~ /^#/ && split(line, f, "\t") == 2) layer[f[2]] = f[1]
}
{
	file = $0; sub(/:.*/, "", file)
	from = module_of(file)
	if (!(from in layer)) { print file ": module " from " is not in layers.txt"; bad = 1; next }
	if (match($0, /"[^"]+"/)) {
		target = substr($0, RSTART + 1, RLENGTH - 2)
		depth = split(file, parts, "/") - 1; ups = gsub(/\.\.\//, "", target)
		if (target ~ /\.\./ || (ups && depth - ups < 2)) { print $0 ": leaves its room"; bad = 1; next }
		if (target !~ /^sitrep\//) next      # a private header of the same folder
		to = module_of(target)
		if (!(to in layer)) { print $0 ": module " to " is not in layers.txt"; bad = 1 }
		else if (to != from && layer[to] >= layer[from]) {
			print $0 ": " from " (layer " layer[from] ") may not include " to " (layer " layer[to] ")"; bad = 1
		}
	} else if (match($0, /<[^>]+>/)) {
		target = substr($0, RSTART + 1, RLENGTH - 2)
		if (target !~ /^(libxml|unicode|json-c|cld2|libstemmer|sqlite3|zstd|zlib|brotli|curl|microhttpd|cblas|uchardet)/) next
		lib = target; sub(/[\/.].*/, "", lib)
		if (lib in owner && owner[lib] != from) { print $0 ": <" lib "> already belongs to " owner[lib]; bad = 1 }
		owner[lib] = from
	}
}
END { exit bad }'
