#!/bin/sh
# Times and scores. Each part says what it needs and is passed over where that is absent; the public data
# stand in ../shared. Peers (trafilatura, spaCy) are measured in the same run where python3 has them.
set -u
cd "$(dirname "$0")/.."
make -s build || exit 1
cmake --build build/release --target bench-brief bench-claim bench-extract bench-hostile bench-tagging bench-temporal >/dev/null || exit 1
shared=../shared

if [ -d $shared/seeds ]; then
	build/release/bench-brief build/sitrep $shared/seeds/*.txt
fi
build/release/bench-brief build/sitrep examples/[0-9]*
build/release/bench-claim examples/[0-9]*
build/release/bench-hostile | tail -1
