#!/bin/bash
# Measures how long a supposition takes, all criteria, teams and the plan to stage 5, against the budget of docs/benchmarks.md.
# Usage: bench-what-if.sh [ROUNDS] [AGENTS]
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
RUNG_BENCH=1 swift build -c release --product rung-bench --static-swift-stdlib >&2
read -r rounds fastest median slowest agents steps < <(.build/release/rung-bench rubrics "$folder" "${1:-800}" "${2:-200}")
echo "$rounds suppositions, $agents agents, plans of $steps steps: median $median ms, fastest $fastest ms, slowest $slowest ms"
