#!/bin/bash
# Runs the main job on the sample organization: suites, gate, evidence, assessment. Takes the binary as its argument.
# Everything lands in ./demo, which is made anew each time. The clock is fixed, so that the story is the same every day.
set -euo pipefail
cd "$(dirname "$0")/.."
rung=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
export RUNG_CLOCK=2026-09-30T12:00:00Z RUNG_ACTOR=demo

rm -rf demo
cp -R fixtures/sample demo
rm -rf demo/.rung
cd demo
python3 generate-evidence.py evidence

step() { printf '\n\033[1m%s\033[0m\n' "\$ $*"; }
[ -t 1 ] || step() { printf '\n%s\n' "\$ $*"; }
# Runs a command and checks its exit status.
expect() {
    local wanted=$1 status=0
    shift
    step "rung ${*}"
    "$rung" "$@" || status=$?
    if [ "$status" -ne "$wanted" ]; then
        echo "demo: expected exit status $wanted, got $status" >&2
        exit 1
    fi
}

expect 0 validate
# What a sender vouches for counts more: each registers once, and shows its token with every file.
for sender in directory:identityProvider gateway:gateway monitor:receiver tracker:tracker; do
    step "rung source add ${sender%:*} --type ${sender#*:} >${sender%:*}.token"
    "$rung" source add "${sender%:*}" --type "${sender#*:}" >"${sender%:*}.token"
    expect 0 import evidence "evidence/${sender%:*}.jsonl" --source "${sender%:*}" --token-file "${sender%:*}.token"
done
# One suite tries a new prompt version that forgot an instruction: the gate must be red.
expect 1 test --junit junit.xml --json results.json --markdown summary.md
expect 0 runs list
expect 0 assess --as-of 2026-10-01 --markdown assessment.md --json assessment.json

cat <<TEXT

The gate is red on purpose: prompt version v2 of variance-explainer dropped an instruction, and its suite caught it.

Where everything lies, below $(pwd):
  junit.xml         the run for CI systems
  summary.md        the run for people, as a job summary
  results.json      the run for programs, and the baseline for the next one
  assessment.md     stage, symptoms, findings and roadmap
  assessment.json   the same for programs
  .rung/evidence.db the evidence behind all of it (SQLite; its views are described in docs/evidence.md)
TEXT
