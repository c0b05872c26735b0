"""Tells how many bytes the tables of a store take: all of them, the roll-ups, and the number of interactions.

Usage: store_bytes.py STORE.db
"""

import sqlite3
import sys

ROLLUPS = ("interaction_day_deltas", "context_day_deltas", "class_days", "interaction_uses")


def main(store):
    database = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    pages, size = (database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    marks = ", ".join("?" for _ in ROLLUPS)
    rollups = database.execute(f"SELECT SUM(pgsize) FROM dbstat WHERE name IN ({marks})", ROLLUPS).fetchone()[0]
    interactions = database.execute(
        "SELECT SUM(count) FROM class_days WHERE kind = 'interaction'").fetchone()[0]
    print(pages * size, rollups, interactions)


main(*sys.argv[1:])
