/// A time within which something is promised.
enum PolicyPeriod: String, CaseIterable {
    case idea
    case `case`
    case scenario
    case change
    case triage
    case outcome
    case prediction

    /// Days where no policy says otherwise.
    var days: Int {
        switch self {
        case .idea, .scenario, .change: 30
        case .case: 14
        case .triage: 7
        case .outcome, .prediction: 90
        }
    }

    /// SQL for the end of the period that began at `seconds`, an SQL expression in seconds since 1970: as long as the policy
    /// said that was in force then.
    func end(from seconds: String) -> String {
        "((\(seconds)) + 86400 * COALESCE(\(PolicySQL.term("\(rawValue)_days", at: seconds)), \(days)))"
    }
}

/// SQL for what the policy said that was in force at a moment.
///
/// A policy is in force from its approval (an act of subject kind `policy`) by a person who did not write it, until it is
/// rejected or the next one is approved. The approval is of the text that stood then; an act that claims another digest is
/// none. Policies that are written, but not approved, change nothing.
enum PolicySQL {
    /// The largest margin of a comparison that the policy allows; NULL when it says nothing.
    static func marginLimit(at seconds: String) -> String { term("margin_limit", at: seconds) }

    /// The widest interval of a prediction that the policy allows; NULL when it says nothing.
    static func spanLimit(at seconds: String) -> String { term("span_limit", at: seconds) }

    /// How many records of one source on one day count.
    enum DailyLimit: String {
        case feedback
        case override
        case review

        /// Records where no policy says otherwise.
        var records: Int {
            switch self {
            case .feedback, .override: 200
            case .review: 500
            }
        }

        func records(at seconds: String) -> String {
            "COALESCE(\(PolicySQL.term("\(rawValue)_limit", at: seconds)), \(records))"
        }
    }

    /// What a column of the policies held at `seconds`; NULL without a policy, or when it said nothing about it.
    ///
    /// The terms are worked out once for a whole query. Their names are unusual, so that names in `seconds` mean what they
    /// mean outside.
    static func term(_ column: String, at seconds: String) -> String {
        """
        (WITH policy_terms AS MATERIALIZED (
          SELECT p.\(column) AS policy_term, x.at AS policy_since, x.record AS policy_act,
            (SELECT MIN(y.at) FROM act_records y
             WHERE y.subject_id = x.subject_id AND y.subject_kind = x.subject_kind AND y.step = x.step AND y.at >= x.at
               AND y.verdict = \(ViewSQL.code("rejected")) AND y.record < {cut} AND y.at < {before}) AS policy_until
          FROM policy_records p JOIN act_records x ON x.subject_id = p.id
          WHERE x.subject_kind = \(ViewSQL.code("policy")) AND x.step = \(ViewSQL.code("approval"))
            AND x.verdict = \(ViewSQL.code("approved")) AND x.record < {cut} AND x.at < {before}
            AND p.record = (
              SELECT s.record FROM policy_records s WHERE s.id = x.subject_id AND s.record < {cut} AND \(ViewSQL.since("s")) <= x.at
              ORDER BY \(ViewSQL.since("s")) DESC, s.record DESC LIMIT 1)
            AND (x.digest IS NULL OR \(ViewSQL.word("x.digest")) = \(ViewSQL.digest("p.digest")))
            AND x.principal_id <> p.author_id AND \(PrincipalSQL.isPerson("x.principal_id", at: "x.at")))
        SELECT policy_term FROM policy_terms
        WHERE policy_since <= (\(seconds)) AND (policy_until IS NULL OR policy_until > (\(seconds)))
        ORDER BY policy_since DESC, policy_act DESC LIMIT 1)
        """
    }
}
