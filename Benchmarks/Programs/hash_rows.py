"""Baseline: reads every interaction of `import_evidence.py` and hashes it into a chain, as a log without a tree would.

Usage: hash_rows.py STORE.db
"""

import hashlib
import json
import sqlite3
import sys


def main(store):
    database = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    head = b""
    for row in database.execute("SELECT * FROM interactions ORDER BY rowid"):
        head = hashlib.sha256(head + json.dumps(row).encode()).digest()
    database.close()
    print(head.hex())


main(*sys.argv[1:])
