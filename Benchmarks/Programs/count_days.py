"""Baseline: two measures over all stored interactions of `import_evidence.py`, as a report without roll-ups asks them.

Usage: count_days.py STORE.db
"""

import sqlite3
import sys

SHARES = """
SELECT agentId, SUM(outcome IS NOT NULL AND (outcome NOT IN ('failed', 'abandoned') OR failureReason IS NOT NULL)), COUNT(*)
FROM interactions WHERE at >= '2026-08-31' AND at < '2026-09-30' GROUP BY agentId
"""
DAYS = "SELECT agentId, environment, SUBSTR(at, 1, 10), COUNT(*) FROM interactions GROUP BY 1, 2, 3"


def main(store):
    database = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    for query in (SHARES, DAYS):
        for _ in database.execute(query):
            pass
    database.close()


main(*sys.argv[1:])
