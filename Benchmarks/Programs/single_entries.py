"""Makes a store of many entries that bind one record each, from one that holds a single idea as its only record.

The bytes are worked out here, independently of the program that verifies them.

Usage: single_entries.py STORE.db ENTRIES
"""

import hashlib
import json
import sqlite3
import sys
import time


def digest(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def text(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def main(store, entries):
    database = sqlite3.connect(store)
    (at,) = database.execute("SELECT at FROM ledger_entries").fetchone()
    (last,) = database.execute("SELECT leaf FROM ledger_entries").fetchone()
    opened = 1_785_542_400
    peaks = [(1, last)]
    ideas, rows, days = [], [], []
    for number in range(1, entries):
        salt = digest(number.to_bytes(8, "big"))[:16]
        idea = {"id": f"idea-{number:06}", "openedAt": text(opened), "problem": "orders wait", "proposerId": "ana"}
        payload = canonical({"content": idea, "kind": "idea", "origin": "imported"})
        commitment = digest(salt, payload)
        entry = {
            "actor": "ana", "at": text(at), "commitment": "sha256:" + commitment.hex(), "kind": "idea",
            "previous": "sha256:" + last.hex(), "sequence": number,
        }
        leaf = digest(b"\x00", canonical(entry))
        ideas.append((number, salt, idea["id"], opened))
        rows.append((number, number, at, commitment, last, leaf))
        days.append((opened // 86_400, number))
        last = leaf
        peaks.append((1, leaf))
        while len(peaks) > 1 and peaks[-1][0] == peaks[-2][0]:
            (size, right), (_, left) = peaks.pop(), peaks.pop()
            peaks.append((size * 2, digest(b"\x01", left, right)))
    root = peaks[-1][1]
    for _, left in reversed(peaks[:-1]):
        root = digest(b"\x01", left, root)
    with database:
        database.executemany(
            "INSERT INTO idea_records (record, origin, salt, id, opened_at, problem, proposer_id)"
            " VALUES (?, 1, ?, ?, ?, 'orders wait', 'ana')", ideas)
        database.executemany(
            "INSERT INTO ledger_entries (sequence, first_record, kind, at, actor, commitment, previous, leaf)"
            " VALUES (?, ?, 'idea', ?, 'ana', ?, ?, ?)", rows)
        database.executemany(
            "INSERT INTO class_days (kind, origin, day, count, ledger_index) VALUES ('idea', 1, ?, 1, ?)", days)
        frontier = entries.to_bytes(8, "big") + b"".join(peak for _, peak in peaks)
        database.execute(
            "UPDATE ledger_head SET size = ?, records = ?, root = ?, frontier = ?, last = ?",
            (entries, entries, root, frontier, last))
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
