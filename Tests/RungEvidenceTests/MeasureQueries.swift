/// The queries of the criteria and symptoms of stages 2 and 3 that the first rubric holds.
enum MeasureQueries {
    static let all: [String: String] = [
        "REG-201": """
        SELECT p.team AS entity, CASE WHEN EXISTS (SELECT 1 FROM experiments e WHERE e.team = p.team AND e.hypothesis IS
        NOT NULL AND e.conclusion IS NOT NULL AND e.trials > 0 AND e.started_at <= e.concluded_at AND e.concluded_at >=
        :window_start AND e.concluded_at < :as_of AND EXISTS (SELECT 1 FROM principals q WHERE q.principal_id =
        e.principal_id AND q.kind = 'person' AND q.team = e.team)) THEN 1 ELSE 0 END AS satisfied, 1 AS total FROM
        principals p WHERE p.kind = 'person' AND p.active = 1 AND p.can_build = 1 AND p.team IS NOT NULL GROUP BY p.team
        """,
        "REG-202": """
        SELECT i.idea_id AS entity, CASE WHEN EXISTS (SELECT 1 FROM principals q WHERE q.principal_id = i.proposer_id
        AND q.kind = 'person' AND (q.left_at IS NULL OR q.left_at > i.opened_at)) AND i.problem IS NOT NULL AND
        i.expected_benefit IS NOT NULL AND ((i.decided_at >= i.opened_at AND i.decided_at <= i.due_at AND EXISTS (SELECT
        1 FROM principals q WHERE q.principal_id = i.decided_by AND q.kind = 'person' AND (q.left_at IS NULL OR
        q.left_at > i.decided_at))) OR (i.decided_at IS NULL AND i.due_at >= :as_of)) THEN 1 ELSE 0 END AS satisfied, 1
        AS total FROM ideas i WHERE i.source = 'person' AND i.opened_at < :as_of AND (i.decided_at IS NULL OR
        i.decided_at >= :window_start)
        """,
        "OBS-201": """
        SELECT agent_id AS entity, SUM(CASE WHEN logged < counted THEN logged ELSE counted END) AS satisfied,
        SUM(counted) AS total FROM usage_days WHERE counted IS NOT NULL AND day_at >= :window_start AND day_at < :as_of
        GROUP BY agent_id
        """,
        "OBS-202": """
        SELECT agent_id AS entity, SUM(outcome_ok) AS satisfied, SUM(total) AS total FROM interaction_days WHERE TRUE
        AND day_at >= :window_start AND day_at < :as_of GROUP BY agent_id
        """,
        "OBS-203": """
        SELECT agent_id AS entity, SUM(text_stored) AS satisfied, SUM(total) AS total FROM interaction_days WHERE TRUE
        AND day_at >= :window_start AND day_at < :as_of GROUP BY agent_id
        """,
        "REG-301": """
        SELECT u.agent_id AS entity, SUM(CASE WHEN a.agent_id IS NOT NULL AND a.state IN ('pilot', 'active') THEN
        COALESCE(u.counted, u.logged) ELSE 0 END) AS satisfied, SUM(COALESCE(u.counted, u.logged)) AS total FROM
        usage_days u LEFT JOIN agents a ON a.agent_id = u.agent_id WHERE u.environment = 'production' AND u.day_at >=
        :window_start AND u.day_at < :as_of GROUP BY u.agent_id
        """,
        "REG-302": """
        SELECT a.agent_id AS entity, CASE WHEN a.team IS NOT NULL AND a.deputy_id <> a.owner_id AND EXISTS (SELECT 1
        FROM principals q WHERE q.principal_id = a.owner_id AND q.kind = 'person' AND q.active = 1) AND EXISTS (SELECT 1
        FROM principals q WHERE q.principal_id = a.deputy_id AND q.kind = 'person' AND q.active = 1) AND EXISTS (SELECT
        1 FROM acts x WHERE x.subject_kind = 'agent' AND x.subject_id = a.agent_id AND x.step = 'confirm' AND x.verdict
        IN ('keep','change','retire') AND (x.principal_id = a.owner_id OR x.principal_id = a.deputy_id) AND EXISTS
        (SELECT 1 FROM principals q WHERE q.principal_id = x.principal_id AND q.kind = 'person' AND q.active = 1) AND
        x.at >= :window_start AND x.at < :as_of) THEN 1 ELSE 0 END AS satisfied, 1 AS total FROM agents a WHERE a.state
        <> 'retired'
        """,
        "REG-303": """
        SELECT u.agent_id AS entity, CASE WHEN a.purpose IS NOT NULL AND a.audience IS NOT NULL AND a.limits IS NOT NULL
        AND a.success_metric IS NOT NULL AND a.baseline IS NOT NULL AND a.risk_tier IS NOT NULL AND a.autonomy IS NOT
        NULL AND EXISTS (SELECT 1 FROM acts x WHERE x.subject_kind = 'card' AND x.subject_id = a.agent_id AND x.step =
        'approval' AND x.verdict = 'approved' AND x.digest = a.card_digest AND x.principal_id <> a.owner_id AND
        x.principal_id <> x.author_id AND EXISTS (SELECT 1 FROM principals q WHERE q.principal_id = x.principal_id AND
        q.kind = 'person' AND (q.left_at IS NULL OR q.left_at > x.at)) AND x.at >= :window_start AND x.at < :as_of) THEN
        1 ELSE 0 END AS satisfied, 1 AS total FROM (SELECT agent_id FROM usage_days WHERE environment = 'production' AND
        day_at >= :window_start AND day_at < :as_of GROUP BY agent_id) u LEFT JOIN agents a ON a.agent_id = u.agent_id
        """,
        "PRM-301": """
        SELECT agent_id AS entity, SUM(released) AS satisfied, SUM(total) AS total FROM interaction_days WHERE
        environment = 'production' AND day_at >= :window_start AND day_at < :as_of GROUP BY agent_id
        """,
        "PRM-302": """
        SELECT v.prompt_version_id AS entity, CASE WHEN EXISTS (SELECT 1 FROM acts x WHERE x.subject_kind = 'template'
        AND x.subject_id = v.template_id AND x.step = 'approval' AND x.verdict = 'approved' AND x.principal_id <>
        x.author_id AND EXISTS (SELECT 1 FROM principals q WHERE q.principal_id = x.principal_id AND q.kind = 'person'
        AND (q.left_at IS NULL OR q.left_at > x.at))) THEN 1 ELSE 0 END AS satisfied, 1 AS total FROM (SELECT
        z.prompt_version_id, MAX(p.template_id) AS template_id FROM releases z LEFT JOIN prompt_versions p ON
        p.prompt_version_id = z.prompt_version_id WHERE z.released_at < :as_of AND (z.ended_at IS NULL OR z.ended_at >=
        :window_start) GROUP BY z.prompt_version_id) v
        """,
        "PRM-303": """
        SELECT z.release_id AS entity, CASE WHEN EXISTS (SELECT 1 FROM acts x, prompt_versions p WHERE
        p.prompt_version_id = z.prompt_version_id AND x.subject_kind = 'prompt_version' AND x.subject_id =
        z.prompt_version_id AND x.step = 'review' AND x.verdict = 'approved' AND x.digest = z.prompt_version_id AND
        x.principal_id <> p.author_id AND x.at <= z.released_at AND EXISTS (SELECT 1 FROM principals q WHERE
        q.principal_id = x.principal_id AND q.kind = 'person' AND (q.left_at IS NULL OR q.left_at > x.at)) AND NOT
        EXISTS (SELECT 1 FROM acts y WHERE y.subject_kind = 'prompt_version' AND y.subject_id = z.prompt_version_id AND
        y.step = 'review' AND y.verdict = 'rejected' AND y.at >= x.at AND y.at <= z.released_at)) THEN 1 ELSE 0 END AS
        satisfied, 1 AS total FROM releases z WHERE z.released_at >= :window_start AND z.released_at < :as_of
        """,
        "PRM-304": """
        SELECT z.release_id AS entity, CASE WHEN EXISTS (SELECT 1 FROM runs r, suites s WHERE r.kind = 'regression' AND
        s.suite_id = r.suite_id AND s.agent_id = z.agent_id AND r.config_digest = z.config_digest AND r.passed = 1 AND
        r.trials > 0 AND r.agent_id = z.agent_id AND r.prompt_version_id = z.prompt_version_id AND r.finished_at <=
        z.released_at AND NOT EXISTS (SELECT 1 FROM runs l WHERE l.kind = r.kind AND l.passed = 0 AND l.agent_id =
        r.agent_id AND l.prompt_version_id = r.prompt_version_id AND COALESCE(l.config_digest, '') =
        COALESCE(r.config_digest, '') AND COALESCE(l.suite_id, '') = COALESCE(r.suite_id, '') AND l.finished_at >
        r.finished_at AND l.finished_at <= z.released_at)) AND EXISTS (SELECT 1 FROM runs r WHERE r.kind = 'lint' AND
        r.passed = 1 AND r.trials > 0 AND r.agent_id = z.agent_id AND r.prompt_version_id = z.prompt_version_id AND
        r.finished_at <= z.released_at AND NOT EXISTS (SELECT 1 FROM runs l WHERE l.kind = r.kind AND l.passed = 0 AND
        l.agent_id = r.agent_id AND l.prompt_version_id = r.prompt_version_id AND COALESCE(l.config_digest, '') =
        COALESCE(r.config_digest, '') AND COALESCE(l.suite_id, '') = COALESCE(r.suite_id, '') AND l.finished_at >
        r.finished_at AND l.finished_at <= z.released_at)) THEN 1 ELSE 0 END AS satisfied, 1 AS total FROM releases z
        WHERE z.released_at >= :window_start AND z.released_at < :as_of
        """,
        "PRM-305": """
        SELECT agent_id AS entity, SUM(versioned) AS satisfied, SUM(total) AS total FROM interaction_days WHERE
        environment = 'production' AND day_at >= :window_start AND day_at < :as_of GROUP BY agent_id
        """,
        "TST-301": """
        SELECT u.agent_id AS entity, CASE WHEN EXISTS (SELECT 1 FROM suites s, runs r WHERE s.agent_id = u.agent_id AND
        r.suite_id = s.suite_id AND r.agent_id = u.agent_id AND r.kind = 'regression' AND r.trials > 0 AND r.finished_at
        >= :window_start AND r.finished_at < :as_of AND s.intents_declared > 0 AND s.intents_covered * 10 >=
        s.intents_declared * 8) THEN 1 ELSE 0 END AS satisfied, 1 AS total FROM (SELECT agent_id FROM usage_days WHERE
        environment = 'production' AND day_at >= :window_start AND day_at < :as_of GROUP BY agent_id) u LEFT JOIN agents
        a ON a.agent_id = u.agent_id
        """,
        "GOV-302": """
        SELECT z.release_id AS entity, CASE WHEN EXISTS (SELECT 1 FROM acts x, prompt_versions p WHERE x.subject_kind =
        'release' AND x.subject_id = z.release_id AND x.step = 'approval' AND x.verdict = 'approved' AND x.digest =
        z.content_digest AND x.at <= z.released_at AND p.prompt_version_id = z.prompt_version_id AND x.principal_id <>
        p.author_id AND x.principal_id <> z.requested_by AND EXISTS (SELECT 1 FROM principals q WHERE q.principal_id =
        x.principal_id AND q.kind = 'person' AND (q.left_at IS NULL OR q.left_at > x.at)) AND NOT EXISTS (SELECT 1 FROM
        acts y WHERE y.subject_kind = 'release' AND y.subject_id = z.release_id AND y.step = 'approval' AND y.verdict =
        'rejected' AND y.at >= x.at AND y.at <= z.released_at)) THEN 1 ELSE 0 END AS satisfied, 1 AS total FROM releases
        z WHERE z.released_at >= :window_start AND z.released_at < :as_of
        """,
        "ZOO-1": """
        SELECT u.agent_id AS entity, CASE WHEN 1 = 1 THEN 1 ELSE 0 END AS satisfied, 1 AS total FROM (SELECT agent_id
        FROM usage_days WHERE environment = 'production' AND day_at >= :window_start AND day_at < :as_of GROUP BY
        agent_id) u LEFT JOIN agents a ON a.agent_id = u.agent_id
        """,
        "ZOO-2": """
        SELECT z.prompt_version_id AS entity, MAX(CASE WHEN p.template_id IS NULL THEN 1 ELSE 0 END) AS satisfied, 1 AS
        total FROM releases z LEFT JOIN prompt_versions p ON p.prompt_version_id = z.prompt_version_id WHERE
        z.released_at < :as_of AND (z.ended_at IS NULL OR z.ended_at >= :window_start) GROUP BY z.prompt_version_id
        """,
        "ZOO-3": """
        SELECT u.agent_id AS entity, CASE WHEN NOT EXISTS (SELECT 1 FROM principals p WHERE p.principal_id = a.owner_id
        AND p.active = 1 AND p.kind = 'person') THEN 1 ELSE 0 END AS satisfied, 1 AS total FROM (SELECT agent_id FROM
        usage_days WHERE environment = 'production' AND day_at >= :window_start AND day_at < :as_of GROUP BY agent_id) u
        LEFT JOIN agents a ON a.agent_id = u.agent_id
        """,
        "ZOO-4": """
        SELECT case_id AS entity, CASE WHEN decided_at IS NULL THEN 1 ELSE 0 END AS satisfied, 1 AS total FROM cases
        WHERE kind = 'overlap' AND opened_at < :as_of AND (decided_at IS NULL OR decided_at >= :window_start)
        """,
        "ZOO-5": """
        SELECT run_id AS entity, SUM(CASE WHEN passed = 0 AND trials >= 2 THEN 1 ELSE 0 END) AS satisfied, COUNT(*) AS
        total FROM runs WHERE kind = 'policy_probe' AND finished_at >= :window_start AND finished_at < :as_of GROUP BY
        run_id
        """,
        "ZOO-6": """
        SELECT kind AS entity, SUM(CASE WHEN ledger_index IS NULL OR verified = 0 THEN 1 ELSE 0 END) AS satisfied,
        COUNT(*) AS total FROM ledger_events WHERE at >= :window_start AND at < :as_of GROUP BY kind
        """,
        "ZOO-7": """
        SELECT u.agent_id AS entity, SUM(CASE WHEN a.agent_id IS NULL THEN COALESCE(u.counted, u.logged) ELSE 0 END) AS
        satisfied, SUM(COALESCE(u.counted, u.logged)) AS total FROM usage_days u LEFT JOIN agents a ON a.agent_id =
        u.agent_id WHERE u.day_at >= :window_start AND u.day_at < :as_of GROUP BY u.agent_id
        """,
    ]

    /// Whether traffic ran that was at least 99 percent released.
    static let releasedTraffic = """
        SELECT CASE WHEN EXISTS (SELECT 1 FROM interaction_days d WHERE d.environment = 'production' AND d.total > 0 AND
        d.day_at >= :window_start AND d.day_at < :as_of) AND COALESCE((SELECT SUM(d.released) FROM interaction_days d
        WHERE d.environment = 'production' AND d.day_at >= :window_start AND d.day_at < :as_of), 0) * 100 >= 99 *
        COALESCE((SELECT SUM(d.total) FROM interaction_days d WHERE d.environment = 'production' AND d.day_at >=
        :window_start AND d.day_at < :as_of), 0) THEN 1 ELSE 0 END AS ran
        """
}
