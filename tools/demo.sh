#!/bin/sh
# The dossier of the example corpus: in the terminal, and as one HTML file.
set -eu
cd "$(dirname "$0")/.."
now=2026-03-16T20:00:00Z # the corpus's last evening: the demo prints the same page every day
build/sitrep --now "$now" brief examples/ --format html >build/demo.html
build/sitrep --now "$now" brief examples/ --format term
echo
echo "The same dossier as one HTML file: build/demo.html"
