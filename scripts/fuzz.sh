#!/bin/bash
# Fuzzes the readers of foreign bytes: fuzz.sh [READER [INPUTS]]. The corpus that grows lies in .build-fuzz/corpus.
set -euo pipefail
cd "$(dirname "$0")/.."
readers=${1:-json junit otlp-json otlp-protobuf proofs records vcr wire}
inputs=${2:-1000000}

export RUNG_FUZZ=1 SWIFT_BACKTRACE=enable=no
swift build -c release --scratch-path .build-fuzz --product rung-fuzz -Xswiftc -sanitize=fuzzer >&2
for reader in $readers; do
    corpus=.build-fuzz/corpus/$reader
    mkdir -p "$corpus" ".build-fuzz/findings/$reader"
    echo "== $reader: $inputs inputs"
    FUZZ_READER=$reader .build-fuzz/release/rung-fuzz -runs="$inputs" -max_len=4096 -timeout=10 -rss_limit_mb=1024 \
        -print_final_stats=1 -verbosity=0 -artifact_prefix=".build-fuzz/findings/$reader/" "$corpus" "Fuzzing/seeds/$reader" 2>&1 |
        grep -E "stat::|ERROR|SUMMARY|Fatal|Test unit" || true
    [ -z "$(ls ".build-fuzz/findings/$reader")" ] || { echo "$reader broke: see .build-fuzz/findings/$reader" >&2; exit 1; }
done
