/// How agents reach other systems and each other.
extension View {
    static let toolCalls = View(
        "tool_calls", "Calls of agents to tools and business systems.", index: ["system_id", "effect"],
        columns: [
            .text("call_id", "id"),
            .time("at"),
            .text("agent_id", "id"),
            .optionalText("system_id", "id", "business system reached"),
            .text("effect", "read, write"),
            .integer(
                "authenticated", "0/1",
                "under the agent's own identity: a registered source reported it, and saw the agent's id as the credential"),
            .optionalInteger("ledger_index", "index", "ledger entry of this action"),
        ],
        sql: """
            SELECT c.id AS call_id, \(ViewSQL.time("c.at")) AS at, \(ViewSQL.word("c.agent_id")) AS agent_id,
              \(ViewSQL.word("c.system_id")) AS system_id, \(ViewSQL.word("c.effect")) AS effect,
              CASE WHEN c.origin > 1 AND c.credential = c.agent_id THEN 1 ELSE 0 END AS authenticated,
              \(ViewSQL.ledgerIndex("c.record")) AS ledger_index
            FROM tool_call_records c WHERE c.record < {cut} AND c.at < {before}
            """)

    static let systems = View(
        "systems", "Core business systems the organisation declares.",
        columns: [
            .text("system_id", "id"),
            .text("kind", "erp, crm, fpa, ops"),
            .time("declared_at", "of several declarations the first"),
        ],
        sql: """
            SELECT \(ViewSQL.word("t.id")) AS system_id, \(ViewSQL.word("t.type")) AS kind, \(ViewSQL.time("t.declared")) AS declared_at
            FROM (
              SELECT s.id, s.type, MIN(s.since) OVER (PARTITION BY s.id) AS declared,
                ROW_NUMBER() OVER (PARTITION BY s.id ORDER BY s.since DESC, s.record DESC) AS rank
              FROM (SELECT r.*, \(ViewSQL.since("r")) AS since FROM system_records r WHERE r.record < {cut}) s
              WHERE s.since < {before}) t
            WHERE t.rank = 1
            """)

    static let handoffs = View(
        "handoffs", "Messages between agents, and from agents to people.", index: ["at"],
        columns: [
            .text("handoff_id", "id"),
            .time("at"),
            .text("from_agent", "agent_id"),
            .optionalText("to_agent", "agent_id", "NULL when handed to a person"),
            .optionalText("from_department", "id", "as registered then"),
            .optionalText("to_department", "id", "as registered then"),
            .integer(
                "contract_valid", "0/1",
                "its members have the names and types that a contract demands which was registered before, in time and on the ledger, for these agents"
            ),
            .integer(
                "authenticated", "0/1",
                "a registered source reported it, saw the agent's id as the credential, and the credential may not do everything"),
        ],
        sql: """
            WITH \(ViewSQL.posts),
            forms AS MATERIALIZED (
              SELECT k.*, \(ViewSQL.since("k")) AS since FROM contract_records k WHERE k.record < {cut}),
            pairs AS MATERIALIZED (
              SELECT DISTINCT h.contract_id, h.message, \(ViewSQL.word("h.message")) AS body
              FROM handoff_records h WHERE h.record < {cut} AND h.contract_id IS NOT NULL AND h.message IS NOT NULL),
            kept AS MATERIALIZED (
              SELECT p.contract_id, p.message FROM pairs p JOIN forms k ON k.id = p.contract_id
              WHERE NOT EXISTS (
                  SELECT 1 FROM json_each(k.members) m LEFT JOIN json_each(p.body) x ON x.key = m.key
                  WHERE CASE WHEN x.key IS NULL THEN m.value NOT LIKE '%?' ELSE x.value <> RTRIM(m.value, '?') END)
                AND (k.open = 1 OR NOT EXISTS (
                  SELECT 1 FROM json_each(p.body) x WHERE NOT EXISTS (SELECT 1 FROM json_each(k.members) m WHERE m.key = x.key))))
            SELECT h.id AS handoff_id, \(ViewSQL.time("h.at")) AS at, \(ViewSQL.word("h.from_agent")) AS from_agent,
              \(ViewSQL.word("h.to_agent")) AS to_agent,
              \(ViewSQL.department(of: "h.from_agent", at: "h.at")) AS from_department,
              \(ViewSQL.department(of: "h.to_agent", at: "h.at")) AS to_department,
              CASE WHEN v.message IS NOT NULL AND k.since <= h.at AND k.record < h.record
                AND COALESCE(k.from_agent, h.from_agent) = h.from_agent AND COALESCE(k.to_agent, h.to_agent) IS h.to_agent
                THEN 1 ELSE 0 END AS contract_valid,
              CASE WHEN h.origin > 1 AND h.credential = h.from_agent AND h."grant" IS NOT NULL AND h."grant" IS NOT \(ViewSQL.code("*"))
                THEN 1 ELSE 0 END AS authenticated
            FROM handoff_records h
            LEFT JOIN forms k ON k.id = h.contract_id
            LEFT JOIN kept v ON v.contract_id = h.contract_id AND v.message = h.message
            WHERE h.record < {cut} AND h.at < {before}
            """)

    /// From that many steps on an execution is complex.
    private static let complexSteps = 5
    /// From that many agents on an execution is complex.
    private static let complexAgents = 3

    static let flowRuns = View(
        "flow_runs", "One row per execution of a flow of several agents.", index: ["at"],
        columns: [
            .text("trace_id", "id", "correlation id"),
            .optionalText(
                "flow_id", "id", "flow that its first step names; NULL = not registered before it, in time and on the ledger"),
            .time("at", "beginning of its first step"),
            .integer(
                "complex", "0/1", "the flow is declared complex, or \(complexSteps) steps, or \(complexAgents) agents took part"),
            .integer("agents", "count", "agents that took part"),
            .integer("complete", "0/1", "one first step, from which all others can be reached; all agents of the flow took part"),
            .integer("steps", "count"),
            .integer("reasoned_steps", "count", "steps with input, conclusion and evidence reference"),
        ],
        sql: """
            WITH RECURSIVE steps_seen AS MATERIALIZED (
              SELECT s.trace_id, s.span_id, s.parent_id, s.agent_id, s.flow_id, s.at, s.record,
                s.input IS NOT NULL AND s.conclusion IS NOT NULL AND s.evidence_ref IS NOT NULL AS reasoned
              FROM flow_step_records s WHERE s.record < {cut} AND s.at < {before}),
            reached AS (
              SELECT s.trace_id, s.span_id FROM steps_seen s WHERE s.parent_id IS NULL
              UNION ALL
              SELECT s.trace_id, s.span_id FROM reached r JOIN steps_seen s ON s.trace_id = r.trace_id AND s.parent_id = r.span_id),
            linked AS MATERIALIZED (SELECT r.trace_id, COUNT(*) AS steps FROM reached r GROUP BY r.trace_id),
            declared AS MATERIALIZED (
              SELECT f.*, \(ViewSQL.since("f")) AS since FROM flow_records f WHERE f.record < {cut}),
            counted AS (
              SELECT s.trace_id, MIN(s.at) AS at, MIN(s.record) AS first, COUNT(*) AS steps, COUNT(DISTINCT s.agent_id) AS agents,
                SUM(s.reasoned) AS reasoned, SUM(s.parent_id IS NULL) AS roots,
                COALESCE(MAX(CASE WHEN s.parent_id IS NULL THEN s.flow_id END), MAX(s.flow_id)) AS flow_id
              FROM steps_seen s GROUP BY s.trace_id),
            runs_seen AS (
              SELECT c.*, (
                SELECT f.record FROM declared f WHERE f.id = c.flow_id AND f.since <= c.at AND f.record < c.first
                ORDER BY f.since DESC, f.record DESC LIMIT 1) AS declaration
              FROM counted c)
            SELECT r.trace_id, \(ViewSQL.word("f.id")) AS flow_id, \(ViewSQL.time("r.at")) AS at,
              CASE WHEN f.complex = 1 OR r.steps >= \(complexSteps) OR r.agents >= \(complexAgents) THEN 1 ELSE 0 END AS complex,
              r.agents,
              CASE WHEN r.roots = 1 AND r.steps = l.steps AND NOT EXISTS (
                  SELECT 1 FROM json_each(COALESCE(f.agents, '[]')) a WHERE NOT EXISTS (
                    SELECT 1 FROM flow_step_records s WHERE s.trace_id = r.trace_id AND s.record < {cut} AND s.at < {before}
                      AND s.agent_id = (SELECT code FROM record_codes WHERE text = a.value)))
                THEN 1 ELSE 0 END AS complete,
              r.steps, r.reasoned AS reasoned_steps
            FROM runs_seen r
            LEFT JOIN linked l ON l.trace_id = r.trace_id
            LEFT JOIN flow_records f ON f.record = r.declaration
            """)
}
