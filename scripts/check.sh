#!/bin/bash
# What must hold before every commit.
set -euo pipefail
cd "$(dirname "$0")/.."

echo "== format"
swift format lint --strict --recursive --parallel Sources Tests Benchmarks/Benchmarks Package.swift

echo "== imports: every target names what it uses; warnings are errors"
# The command prints "Build complete!" even when it fails: its exit status counts.
RUNG_STRICT=1 swift build --build-tests --explicit-target-dependency-import-check error

echo "== tests"
RUNG_STRICT=1 scripts/test.sh

echo "== generated files"
before=$(git status --porcelain -- Sources/rung/Embedded docs)
scripts/embed.sh
RUNG_STRICT=1 swift build --product rung
.build/debug/rung generate --root .
after=$(git status --porcelain -- Sources/rung/Embedded docs)
if [ "$before" != "$after" ]; then
    git --no-pager diff --stat -- Sources/rung/Embedded docs
    echo "generated files differ from what is committed: run make generate and commit the result" >&2
    exit 1
fi

echo "== self-gate: every grader on recordings; the sample organization behaves as its story says"
evidence=$(mktemp -d)
trap 'rm -rf "$evidence"' EXIT
.build/debug/rung test suites/every-grader.yaml --evidence "$evidence/evidence.db"
scripts/demo.sh .build/debug/rung >/dev/null

echo "ok"
