"""Baseline: recorded cases with one `contains` each, into SQLite and JUnit, with the standard library alone.

Usage: record_and_report.py SCENARIOS.jsonl STORE.db REPORT.xml
"""

import json
import sqlite3
import sys
from xml.sax.saxutils import escape, quoteattr

BATCH = 1_000


def judged(path):
    """Yields id, whether the text was found, and the text, case by case."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            scenario = json.loads(line)
            wanted = scenario["graders"][0]["value"]
            yield scenario["id"], wanted in scenario["recorded"][0]["output"], wanted


def main(scenarios, store, report):
    database = sqlite3.connect(store, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("CREATE TABLE cases (id TEXT PRIMARY KEY, verdict TEXT NOT NULL, reason TEXT)")
    rows = []
    failures = count = 0
    body = report + ".cases"

    def flush():
        database.execute("BEGIN")
        database.executemany("INSERT INTO cases VALUES (?, ?, ?)", rows)
        database.execute("COMMIT")
        rows.clear()

    with open(body, "w", encoding="utf-8") as cases:
        for name, holds, wanted in judged(scenarios):
            count += 1
            if holds:
                cases.write(f'<testcase classname="recorded" name={quoteattr(name)} time="0.000"/>\n')
                rows.append((name, "passed", None))
            else:
                failures += 1
                reason = f'answer does not contain "{wanted}"'
                cases.write(
                    f'<testcase classname="recorded" name={quoteattr(name)} time="0.000">'
                    f"<failure message={quoteattr(reason)}>{escape(reason)}</failure></testcase>\n"
                )
                rows.append((name, "failed", reason))
            if len(rows) == BATCH:
                flush()
    flush()
    database.close()
    with open(report, "w", encoding="utf-8") as out, open(body, encoding="utf-8") as cases:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        out.write(f'<testsuites tests="{count}" failures="{failures}">\n')
        out.write(f'<testsuite name="recorded" tests="{count}" failures="{failures}">\n')
        for line in cases:
            out.write(line)
        out.write("</testsuite>\n</testsuites>\n")


main(*sys.argv[1:])
