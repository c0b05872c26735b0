#!/bin/bash
# Runs all tests and closes with `N passed, N failed, N skipped`.
set -uo pipefail
cd "$(dirname "$0")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# The end-to-end tests run this binary.
swift build --product rung || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
swift test --disable-xctest "$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}

count() { grep -cE "$1" "$log"; }
passed=$(count '^. Test [^ ].* passed after ')
failed=$(count '^. Test [^ ].* failed after ')
skipped=$(count '^. Test [^ ].* skipped')
runs=$(count '^. Test run with .* passed after ')
broken=$(count '^. Test run with .* failed after ')
passed=$((passed - runs))
failed=$((failed - broken))
[ "$status" -ne 0 ] && [ "$failed" -eq 0 ] && failed=1
echo "$passed passed, $failed failed, $skipped skipped"
[ "$status" -eq 0 ] && [ "$passed" -gt 0 ]
