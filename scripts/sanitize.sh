#!/bin/bash
# Runs the unit tests under a sanitizer, one after the other: sanitize.sh [thread | address [FILTER]]. Slow: each builds
# everything anew into a folder of its own (.build-tsan, .build-asan) and runs several times slower than usual.
# End-to-end tests are left out: they run a binary that is not built with the sanitizer.
set -uo pipefail
cd "$(dirname "$0")/.."
sanitizers=${1:-thread address}
filter=${2:-}

# A report ends the test run with status 66, so that none is overlooked among the lines of the tests.
export TSAN_OPTIONS="exitcode=66 halt_on_error=0 suppressions=$PWD/scripts/sanitizers/thread.txt"
# Leaks are not looked for: caches and type metadata of the Swift runtime live as long as the process.
export ASAN_OPTIONS="exitcode=66 detect_leaks=0"

status=0
run() { # sanitizer, arguments of swift test
    local sanitizer=$1 folder=.build-${1:0:1}san
    shift
    nice swift test --skip-build --disable-xctest --sanitize="$sanitizer" --scratch-path "$folder" "$@" \
        >>"$folder/sanitize.log" 2>&1 || status=$?
}

# Tests that talk to processes and have deadlines go first, alone; the others would starve them.
talking='RungHTTPTests|RungReplayTests|RungRunnerTests'
for sanitizer in $sanitizers; do
    folder=.build-${sanitizer:0:1}san
    echo "== $sanitizer"
    mkdir -p "$folder"
    if nice swift build --build-tests --sanitize="$sanitizer" --scratch-path "$folder" >"$folder/sanitize.log" 2>&1; then
        if [ -n "$filter" ]; then
            run "$sanitizer" --filter "$filter"
        else
            run "$sanitizer" --filter "$talking"
            run "$sanitizer" --skip "RungEndToEndTests|$talking"
        fi
    else
        status=1
    fi
    grep -E '^SUMMARY|^[^ ]{1,4} Test run with|error:' "$folder/sanitize.log" | grep -v 'Test case' | sort | uniq -c
    [ "$status" -eq 0 ] || { echo "see $folder/sanitize.log" >&2; exit "$status"; }
done
