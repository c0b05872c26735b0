#!/bin/bash
# Measures speed and memory against the budgets of docs/benchmarks.md. Builds what it needs first.
# Options go to the benchmark: --runs N, --cases N, --interactions N, --only version,recorded,multiplexed,junit,ingest,receive,
# --scratch FOLDER.
# RUNG=path measures an existing binary instead of building one.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -z "${RUNG:-}" ]; then
    swift build -c release --product rung --static-swift-stdlib >&2
    RUNG=.build/release/rung
fi
swift build -c release --package-path Benchmarks --static-swift-stdlib >&2

# python3 may be a wrapper script that takes longer than Python itself.
python=$(python3 -c 'import sys; print(sys.executable)')
compiler=$(command -v cc || command -v gcc || command -v clang || true)

echo "$(date -u +%Y-%m-%d), $(uname -sm), $(getconf _NPROCESSORS_ONLN) cores, load $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || uptime)" >&2
exec Benchmarks/.build/release/whole-process \
    --binary "$RUNG" --programs Benchmarks/Programs --python "$python" --compiler "$compiler" "$@"
