/// The ledger itself: what changed, and which of its heads were signed.
extension View {
    static let ledgerEvents = View(
        "ledger_events",
        "State-changing events: prompt versions, acts, releases, registry entries, thresholds with their limits, waivers, overrides.",
        columns: [
            .text("event_id", "id"),
            .text("kind", "code", "version, review, release, registry, threshold, waiver, override"),
            .time("at"),
            .optionalText(
                "principal_id", "principal_id",
                "who did it, as its record says; of entries of the registry and new thresholds, which say nothing of that, who recorded them"
            ),
            .optionalInteger("ledger_index", "index", "NULL = the event is not in the ledger"),
            .integer("verified", "0/1", "its entry verified at the cut-off; in the file's own view, that it has an entry"),
        ],
        sql: """
            WITH events AS (
              SELECT 'version' AS kind, record, at, author_id AS principal_id, 0 AS is_of_recorder FROM prompt_version_records
              UNION ALL SELECT 'review', record, at, principal_id, 0 FROM act_records
              UNION ALL SELECT 'release', record, released_at, requested_by, 0 FROM release_records
              UNION ALL SELECT 'release', record, at, principal_id, 0 FROM release_end_records
              UNION ALL SELECT 'registry', record, at, NULL, 1 FROM agent_records
              UNION ALL SELECT 'registry', record, at, NULL, 1 FROM principal_records
              UNION ALL SELECT 'threshold', record, at, NULL, 1 FROM threshold_records
              UNION ALL SELECT 'threshold', record, at, principal_id, 0 FROM threshold_change_records
              UNION ALL SELECT 'threshold', record, at, approver_id, 0 FROM envelope_records
              UNION ALL SELECT 'waiver', record, granted_at, requested_by, 0 FROM waiver_records
              UNION ALL SELECT 'waiver', record, at, principal_id, 0 FROM waiver_end_records
              UNION ALL SELECT 'override', record, at, principal_id, 0 FROM override_records),
            placed AS (
              SELECT v.*, \(ViewSQL.since("v")) AS since,
                (SELECT e.sequence FROM ledger_entries e WHERE e.first_record <= v.record ORDER BY e.first_record DESC LIMIT 1) AS sequence
              FROM events v WHERE v.record < {cut})
            SELECT kind || '-' || record AS event_id, kind, \(ViewSQL.time("since")) AS at,
              CASE WHEN is_of_recorder THEN (SELECT e.actor FROM ledger_entries e WHERE e.sequence = placed.sequence) ELSE principal_id END
                AS principal_id,
              sequence AS ledger_index, CASE WHEN sequence < {verified} THEN 1 ELSE 0 END AS verified
            FROM placed WHERE since < {before}
            """)

    static let checkpoints = View(
        "checkpoints", "Signed ledger checkpoints.",
        columns: [
            .text("checkpoint_id", "id"),
            .time("at"),
            .integer("held_outside", "0/1", "cosigned by somebody whose key is not the ledger's own"),
            .integer(
                "consistent", "0/1",
                "its signature is right, and it and all before it agree with the entries at the cut-off; in the file's own view, that it is stored"
            ),
            Column(
                name: "gap_days", type: .real, unit: "days", isNullable: false,
                meaning: "to the next checkpoint held outside, or to the cut-off; in the file's own view, to the last entry"),
        ],
        sql: """
            WITH seen AS (
              SELECT c.id, c.at, c.size,
                EXISTS (SELECT 1 FROM ledger_cosignatures w WHERE w.checkpoint = c.id AND w.at < {before}) AS held
              FROM ledger_checkpoints c
              WHERE c.at < {before}
                AND NOT EXISTS (SELECT 1 FROM ledger_entries e WHERE e.sequence = c.size - 1 AND e.first_record >= {cut})),
            placed AS (
              SELECT s.*, MIN(CASE WHEN held THEN at END)
                  OVER (ORDER BY at, id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS next_held,
                CASE WHEN {before} < 253402300800 THEN {before}
                  ELSE (SELECT MAX(e.at) FROM ledger_entries e) END AS cut_off
              FROM seen s)
            SELECT 'checkpoint-' || id AS checkpoint_id, \(ViewSQL.time("at")) AS at, held AS held_outside,
              CASE WHEN size <= {consistent} THEN 1 ELSE 0 END AS consistent,
              CASE WHEN COALESCE(next_held, cut_off) > at THEN (COALESCE(next_held, cut_off) - at) / 86400.0 ELSE 0.0 END AS gap_days
            FROM placed
            """)
}
