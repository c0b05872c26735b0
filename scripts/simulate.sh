#!/bin/bash
# Writes the tables of docs/statistics.md anew: how often comparisons and their gate are right and wrong.
# Usage: simulate.sh [ROUNDS]; 2,000 rounds take about ten minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
RUNG_BENCH=1 swift build -c release --product rung-simulate >&2
tables=$(mktemp)
trap 'rm -f "$tables"' EXIT
.build/release/rung-simulate "${1:-2000}" >"$tables"
python3 - "$tables" docs/statistics.md <<'PYTHON'
import sys
tables, path = open(sys.argv[1]).read().strip(), sys.argv[2]
begin, end = "<!-- simulated: begin -->\n", "<!-- simulated: end -->"
text = open(path).read()
head, rest = text.split(begin)
open(path, "w").write(head + begin + "\n" + tables + "\n\n" + end + rest.split(end)[1])
PYTHON
