#!/bin/sh
# Extraction side by side: time a page (median of each page's best of ROUNDS, processor time) and figures by
# the scorer, of sitrep and of those peers that PEERS holds (a Python environment with trafilatura in
# $PEERS/bin/python, node modules in $PEERS/node_modules), in one run over the same pages.
# Usage: bench/extract.sh [DATA-FOLDER]   (default: ../shared; wants its data/extraction and eval/score.py)
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
shared=$(cd "${1:-$top/../shared}" && pwd)
pages=$shared/data/extraction/html
rounds=${ROUNDS:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --build "$top/build/release" --target sitrep bench-extract >/dev/null

report() { # name, times, predictions
	sort -t "$(printf '\t')" -k2 -n "$2" | awk -F'\t' -v name="$1" '{ v[NR] = $2; sum += $2 }
		END { printf "%-14s pages %d  median %.2f ms  mean %.2f ms  ", name, NR, v[int((NR + 1) / 2)], sum / NR }'
	python3 "$shared/eval/score.py" extraction "$3" "$shared/data/extraction"
}

"$top/build/release/bench-extract" "$pages" "$rounds" >"$work/sitrep.times"
"$top/build/release/sitrep" -q extract "$pages" >"$work/sitrep.jsonl"
report sitrep "$work/sitrep.times" "$work/sitrep.jsonl"
python3 "$top/bench/extract_report.py" "$work/sitrep.jsonl" "$shared/data/extraction" # by halves and by language
if [ -n "${PEERS:-}" ] && "$PEERS/bin/python" -c 'import trafilatura' 2>/dev/null; then
	"$PEERS/bin/python" "$top/bench/peers/extract_trafilatura.py" "$pages" "$work/trafilatura.jsonl" "$rounds" >"$work/trafilatura.times"
	report trafilatura "$work/trafilatura.times" "$work/trafilatura.jsonl"
fi
if [ -n "${PEERS:-}" ] && [ -d "$PEERS/node_modules/@mozilla/readability" ]; then
	cp "$top/bench/peers/extract_readability.mjs" "$PEERS/"
	(cd "$PEERS" && node extract_readability.mjs "$pages" "$work/readability.jsonl" "$rounds") >"$work/readability.times"
	report readability "$work/readability.times" "$work/readability.jsonl"
fi
# The parser's share, by instructions, over a few pages of middling size.
if command -v valgrind >/dev/null; then
	mkdir "$work/some"
	ls -S "$pages" | awk 'NR >= 200 && NR < 220' | while read -r name; do cp "$pages/$name" "$work/some/"; done
	valgrind --tool=callgrind --callgrind-out-file="$work/cg" "$top/build/release/bench-extract" "$work/some" 1 >/dev/null 2>&1
	callgrind_annotate --inclusive=yes "$work/cg" | awk '/htmlCtxtReadMemory/ && !n++ { print "of it in libxml2 (instructions): " $2 }'
fi
