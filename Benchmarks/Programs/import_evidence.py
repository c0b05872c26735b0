"""Baseline: interactions from JSON Lines into SQLite with the standard library alone, without projections.

Usage: import_evidence.py EVIDENCE.jsonl STORE.db
"""

import json
import sqlite3
import sys

BATCH = 10_000
COLUMNS = [
    "id", "agentId", "at", "environment", "promptVersionId", "configDigest", "modelId", "principalId", "outcome",
    "failureReason", "cost", "latencyMs", "traceId", "contextVersionId", "feedbackOffered",
]


def interactions(path):
    """Yields the values of each interaction."""
    with open(path, "rb") as lines:
        for line in lines:
            record = json.loads(line)
            if record["kind"] == "interaction":
                yield [record.get(column) for column in COLUMNS]


def main(evidence, store):
    database = sqlite3.connect(store, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute(f"CREATE TABLE interactions ({', '.join(COLUMNS)}, PRIMARY KEY (id))")
    insert = f"INSERT INTO interactions VALUES ({', '.join('?' for _ in COLUMNS)})"
    rows = []

    def flush():
        database.execute("BEGIN")
        database.executemany(insert, rows)
        database.execute("COMMIT")
        rows.clear()

    for row in interactions(evidence):
        rows.append(row)
        if len(rows) == BATCH:
            flush()
    flush()
    database.close()


main(*sys.argv[1:])
