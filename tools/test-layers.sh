#!/bin/sh
# Plants violations in tiny trees and expects tools/check-layers.sh to name them, and a clean tree to
# pass. Closes with the line that tools/check.sh adds up.
set -u
checker=$(cd "$(dirname "$0")" && pwd)/check-layers.sh
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
passed=0 failed=0

plant() { # FILE LINE: a tree of three rooms in which all is well, and one more file
	rm -rf "$tree"/*
	mkdir -p "$tree/src/low" "$tree/src/mid" "$tree/src/beside" "$tree/include/sitrep/low"
	printf '0\tlow\n1\tmid\n1\tbeside\n' >"$tree/layers.txt"
	echo '#include <stddef.h>' >"$tree/include/sitrep/low/low.h"
	echo '#include "sitrep/low/low.h"' >"$tree/include/sitrep/mid.h"
	printf '#include "sitrep/mid.h"\n#include "own.h"\n#include <sqlite3.h>\n' >"$tree/src/mid/mid.c"
	mkdir -p "$tree/$(dirname "$1")"
	printf '%s\n' "$2" >"$tree/$1"
}

expect() { # LABEL STATUS WORDS: the checker's exit status, and what it says
	said=$("$checker" "$tree")
	status=$?
	case $said in
	*"$3"*) named=1 ;;
	*) named=0 ;;
	esac
	if [ "$status" -eq "$2" ] && [ "$named" -eq 1 ]; then
		passed=$((passed + 1))
	else
		echo "FAIL layers/$1: status $status, said: $said"
		failed=$((failed + 1))
	fi
}

plant src/low/low.c '#include "sitrep/low/low.h"'
expect clean 0 ''
plant src/low/low.c '#include "sitrep/mid.h"'
expect upward 1 'low (layer 0) may not include mid (layer 1)'
plant include/sitrep/low/more.h '#  include "sitrep/mid.h"'
expect upward-in-a-header 1 'low (layer 0) may not include mid (layer 1)'
plant src/beside/beside.c '#include "sitrep/mid.h"'
expect sideways 1 'beside (layer 1) may not include mid (layer 1)'
plant src/low/low.c '#include "../mid/own.h"'
expect private-header-of-another 1 '../mid/own.h'
plant src/low/sub/low.c '#include "../own.h"'
expect private-header-of-the-room 0 ''
plant src/low/sub/low.c '#include "../../mid/own.h"'
expect private-header-of-another-from-below 1 '../mid/own.h'
plant src/low/low.c '#include "sitrep/nowhere.h"'
expect unknown-target 1 'nowhere'
plant src/stray/stray.c '#include "sitrep/low/low.h"'
expect unknown-room 1 'stray'
plant src/low/low.c '#include <sqlite3.h>'
expect third-party-twice 1 '<sqlite3>'

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
