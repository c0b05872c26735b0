#!/bin/bash
# Breaks things on purpose, far more often than the tests do: faults.sh [KILLS [FLIPS [SEED]]], about twenty minutes.
#   kills: so many moments, spread over imports, new files, erasures, checkpoints, merges, runs and a receiver under load
#   flips: so many bits of an evidence file flipped, or lengths to which it is cut, each found or without any effect
set -euo pipefail
cd "$(dirname "$0")/.."
kills=${1:-100}
flips=${2:-10000}
seed=${3:-1}

swift build --build-tests >&2
status=0

# Six kinds of work are killed as often as each other, a file in the making half as often.
each=$(((kills * 2 + 12) / 13))
echo "== kills: $each moments for each kind of work, from seed $seed"
RUNG_KILLS=$each RUNG_KILLS_SEED=$seed swift test --skip-build --disable-xctest --filter 'FaultKill' || status=1

echo "== flips: $flips, from seed $seed"
RUNG_FLIPS=$flips RUNG_FLIPS_SEED=$seed swift test --skip-build --disable-xctest --filter 'FlipTests' || status=1
exit $status
