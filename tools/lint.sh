#!/bin/sh
# clang-tidy (.clang-tidy says which checks) and cppcheck over the whole tree; both must be silent.
# Needs the packages clang-tidy and cppcheck, and a built tree (build/release/compile_commands.json).
# Usage: tools/lint.sh [FILE...] (default: every C file).
set -u
cd "$(dirname "$0")/.."
for tool in clang-tidy cppcheck; do
	command -v "$tool" >/dev/null || { echo "lint: $tool is missing: apt-get install clang-tidy cppcheck" >&2; exit 1; }
done
jobs=$(nproc)
failed=0
if [ $# -eq 0 ]; then
	# shellcheck disable=SC2046 # no file of ours has a blank in its name
	set -- $(find src tests -name '*.c' | sort)
fi
printf '%s\0' "$@" |
	xargs -0 -P "$jobs" -n 4 clang-tidy -p build/release --quiet --warnings-as-errors='*' 2>build/lint.err || failed=1
# what clang-tidy says on standard error is counts, and errors of its own
grep -vE '^[0-9]+ warnings?( and [0-9]+ errors?)? generated|^Suppressed|^Use -header-filter|warnings? treated as error' build/lint.err
cppcheck --quiet --error-exitcode=1 --std=c11 --inline-suppr -j "$jobs" \
	--enable=warning,performance,portability --suppressions-list=tools/cppcheck.txt \
	-I include -I tests "$@" || failed=1
[ "$failed" -eq 0 ] && echo "lint: clean"
exit "$failed"
