#!/bin/bash
# Runs all tests and closes with `N passed, N failed, N skipped`. Arguments go to `swift test`.
set -uo pipefail
cd "$(dirname "$0")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT

status=0
run() {
    swift test --disable-xctest "$@" 2>&1 | tee -a "$log"
    local code=${PIPESTATUS[0]}
    [ "$code" -eq 0 ] || status=$code
}

# In four turns: the many tests of the store and of whole organizations would starve those that talk to processes and have
# deadlines, and the end-to-end tests run a hundred processes of their own.
if swift build --product rung; then
    if [ $# -gt 0 ]; then
        run "$@"
    else
        run --skip RungEndToEndTests --skip RungEvidenceTests --skip RungOrganizationsTests
        run --skip-build --filter RungEvidenceTests
        run --skip-build --filter RungOrganizationsTests
        # Few at a time, because each runs several processes.
        SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=$(($(nproc) + 1)) run --skip-build --filter RungEndToEndTests
    fi
else
    status=1
fi

count() { grep -cE "$1" "$log"; }
# A line begins with one symbol, which is up to four characters long where the locale knows only bytes.
passed=$(($(count '^[^ ]{1,4} Test [^ ].* passed after ') - $(count '^[^ ]{1,4} Test run with .* passed after ')))
failed=$(($(count '^[^ ]{1,4} Test [^ ].* failed after ') - $(count '^[^ ]{1,4} Test run with .* failed after ')))
skipped=$(count '^➜ Test .* skipped[.:]')
[ "$status" -ne 0 ] && [ "$failed" -eq 0 ] && failed=1
# What failed once more, so that it stands beside the count.
grep -E '^[^ ]{1,4} Test [^ ].* (recorded an issue|failed after) ' "$log" | grep -vE '^[^ ]{1,4} Test run with ' | cut -c1-1000
echo "$passed passed, $failed failed, $skipped skipped"
[ "$status" -eq 0 ] && [ "$passed" -gt 0 ]
