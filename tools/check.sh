#!/bin/sh
# Builds and tests: plain, then ASan+UBSan. Prints failures as they come and one closing count.
set -u
cd "$(dirname "$0")/.."
passed=0 failed=0 skipped=0
count() { # adds up the "N passed, N failed, N skipped" line that ends the log $1
	line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$1" | tail -n 1)
	[ -n "$line" ] || { failed=$((failed + 1)); return; }
	set -- $(echo "$line" | tr -cd '0-9 ')
	passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + ${3:-0}))
}
mkdir -p build
tools/test-layers.sh >build/check.log
grep -vE '^[0-9]+ passed' build/check.log
count build/check.log
if tools/check-layers.sh; then passed=$((passed + 1)); else echo "FAIL layers"; failed=$((failed + 1)); fi
for preset in release asan; do
	echo "== $preset"
	if make -s build PRESET=$preset; then
		build/$preset/sitrep-test >build/check.log 2>&1
		status=$?
		grep -vE '^[0-9]+ passed' build/check.log
		count build/check.log
		[ $status -le 1 ] || { echo "FAIL: the test program ended with status $status"; failed=$((failed + 1)); }
	else
		echo "FAIL: preset $preset does not build"
		failed=$((failed + 1))
	fi
done
# A function of one room that carries the name of another's: the linker would silently take either.
twice=$(nm build/release/libsitrep.a 2>/dev/null | awk '$2 ~ /^[TDBR]$/ {print $3}' | sort | uniq -d)
if [ -z "$twice" ]; then passed=$((passed + 1)); else echo "FAIL symbols defined twice:" $twice; failed=$((failed + 1)); fi
ln -sf release/sitrep build/sitrep
ln -sf release/sitrep-eval build/sitrep-eval
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
