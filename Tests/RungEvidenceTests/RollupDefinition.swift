import RungText

@testable import RungEvidence

/// What the roll-ups of interactions must be: the definition of the contract, evaluated from the records at a cut-off.
///
/// It shares the views `prompt_versions` and `releases` with the product and nothing else. A principal counts as known
/// once anything about it has been recorded.
enum RollupDefinition {
    static func interactionDays(_ cutOff: ViewCatalog.CutOff) -> String {
        let cut = "\(cutOff.records)"
        let before = "\(cutOff.before.seconds)"
        func day(_ at: String) -> String { "\(at) / 86400" }
        return """
            WITH versions AS (\(ViewCatalog.sql(.promptVersions, cutOff))),
            spans AS (SELECT * FROM (\(ViewCatalog.sql(.releases, cutOff)))),
            known AS (
              SELECT q.id FROM principal_records q WHERE q.record < \(cut) AND COALESCE(q.at,
                (SELECT e.at FROM ledger_entries e WHERE e.first_record <= q.record ORDER BY e.first_record DESC LIMIT 1)) < \(before)),
            told AS (
              SELECT i.id, \(ViewSQL.word("i.agent_id")) AS agent, \(ViewSQL.word("i.environment")) AS environment, i.at,
                \(ViewSQL.word("i.prompt_version_id")) AS version, \(ViewSQL.word("i.config_digest")) AS configuration,
                i.model_id, i.principal_id, i.cost, i.latency_ms, i.trace_id, i.explanation_ref, i.feedback_offered, i.memory_ref,
                (SELECT o.record FROM outcome_records o WHERE o.interaction_id = i.id AND o.record < \(cut) AND o.at < \(before)
                 ORDER BY o.at DESC, o.record DESC LIMIT 1) AS later,
                i.outcome AS own, i.failure_reason AS own_reason
              FROM interaction_records i WHERE i.record < \(cut) AND i.at < \(before)),
            seen AS (
              SELECT t.*,
                \(ViewSQL.word("CASE WHEN later IS NULL THEN own ELSE (SELECT outcome FROM outcome_records WHERE record = later) END")) AS outcome,
                CASE WHEN later IS NULL THEN own_reason ELSE (SELECT failure_reason FROM outcome_records WHERE record = later) END AS reason
              FROM told t)
            SELECT s.agent, s.environment, \(day("s.at")), MIN(s.at), COUNT(*),
              SUM(s.outcome IS NOT NULL AND (s.outcome NOT IN ('failed', 'abandoned') OR s.reason IS NOT NULL)),
              SUM(p.prompt_version_id IS NOT NULL),
              SUM(COALESCE(p.author_id IN (SELECT id FROM known) AND p.reason IS NOT NULL
                AND (p.parent_id IS NOT NULL OR p.first_version = 1) AND p.created_at <= \(ViewSQL.time("s.at")), 0)),
              SUM(EXISTS (SELECT 1 FROM spans z WHERE z.agent_id = s.agent AND z.prompt_version_id = s.version
                AND z.config_digest = s.configuration AND z.released_at <= \(ViewSQL.time("s.at"))
                AND (z.ended_at IS NULL OR \(ViewSQL.time("s.at")) < z.ended_at))),
              SUM(s.version IS NOT NULL AND s.configuration IS NOT NULL AND s.model_id IS NOT NULL AND s.principal_id IS NOT NULL
                AND s.outcome IS NOT NULL AND s.cost IS NOT NULL AND s.latency_ms IS NOT NULL AND s.trace_id IS NOT NULL),
              SUM(s.explanation_ref IS NOT NULL), SUM(COALESCE(s.feedback_offered, 0)), SUM(s.memory_ref IS NOT NULL),
              SUM(COALESCE(s.outcome IN ('corrected', 'rejected'), 0)),
              SUM(COALESCE(s.outcome IN ('corrected', 'rejected'), 0) AND EXISTS (
                SELECT 1 FROM override_records o WHERE o.interaction_id = s.id AND \(ViewSQL.word("o.agent_id")) = s.agent
                  AND o.record < \(cut) AND o.at < \(before) AND o.reason_code IS NOT NULL AND o.before_ref <> o.after_ref))
            FROM seen s LEFT JOIN versions p ON p.prompt_version_id = s.version
            GROUP BY s.agent, s.environment, \(day("s.at")) ORDER BY 1, 2, 3
            """
    }

    static func contextDays(_ cutOff: ViewCatalog.CutOff) -> String {
        """
        SELECT \(ViewSQL.word("agent_id")), \(ViewSQL.word("environment")), at / 86400, \(ViewSQL.word("context_version_id")), MIN(at), COUNT(*)
        FROM interaction_records i WHERE record < \(cutOff.records) AND at < \(cutOff.before.seconds) AND context_version_id IS NOT NULL
        GROUP BY i.agent_id, i.environment, at / 86400, i.context_version_id ORDER BY 1, 2, 3, 4
        """
    }

    /// The views with days and times as numbers, in the order of the definition.
    static func view(_ view: View, _ cutOff: ViewCatalog.CutOff) -> String {
        let columns = view.columns.map { column in
            switch column.name {
            case "day_at": "CAST(strftime('%s', day_at) AS INTEGER) / 86400"
            case "first_at": "CAST(strftime('%s', first_at) AS INTEGER)"
            default: column.name
            }
        }
        return "SELECT \(columns.joined(separator: ", ")) FROM (\(ViewCatalog.sql(view, cutOff))) ORDER BY 1, 2, 3, 4"
    }
}
