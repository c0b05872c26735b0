import RungText

/// Comparisons, monitors and audits: what shows that the rest can be believed.
extension RecordKind {
    /// What is settled before a comparison is made.
    static let preregistration = RecordKind(
        "preregistration", "Margin and size of a comparison, settled before its first result is known.",
        identity: ["comparisonId"],
        fields: [
            .required("comparisonId", .text, .text, "The comparison."),
            .required("margin", .real, .number(0...1e12), "Largest loss that is accepted, in the unit of the metric."),
            .optional("metric", .text, .text, "What is compared."),
            .optional("principalId", .text, .text, "Who settled it."),
            .required("size", .integer, .integer(1...Int(Int32.max)), "Pairs that will be compared."),
        ])

    /// A paired comparison of two prompt versions.
    static let comparison = RecordKind(
        "comparison", "A paired comparison of a prompt version and configuration with another one.",
        identity: ["id"],
        computed: ["againstPredecessor", "high", "low", "margin", "marginLimit", "n", "preregistered", "releaseId"],
        fields: [
            .required("agentId", .coded, .text, "The agent."),
            .optional("baselineConfigDigest", .coded, .digest, "Configuration on the other side."),
            .optional(
                "baselineVersionId", .coded, .digest,
                "Prompt version on the other side; left out for the baseline on the agent's card."),
            .required("configDigest", .coded, .digest, "Configuration of the candidate."),
            .required(
                "differences", .json, .array(.number(-1e150...1e150), atLeast: 0),
                "Candidate minus baseline for each pair, in the unit of the metric; above 0 is better."),
            .required("finishedAt", .time, .timestamp, "When the last result was known."),
            .own("high", .real, "Upper end of the 95 % interval of the improvement."),
            .required("id", .text, .text, "Identifies the comparison."),
            .own("low", .real, "Lower end of the 95 % interval of the improvement."),
            .own("n", .integer, "Pairs."),
            .required("phase", .coded, .oneOf(["before", "after"]), "Before the release, or in production after it."),
            .required("promptVersionId", .coded, .digest, "Prompt version of the candidate."),
            .optional("runIds", .json, .texts, "Runs that the results come from."),
            .required("startedAt", .time, .timestamp, "When the first result was known."),
        ],
        derive: { draft in
            let differences = (try? JSONReader.read(draft["differences"].text ?? ""))?.array?.compactMap { $0.number?.double } ?? []
            draft["n"] = .integer(differences.count)
            guard let interval = Improvement.interval(of: differences) else { return }
            draft["low"] = .real(interval.low)
            draft["high"] = .real(interval.high)
        },
        problems: { draft in
            guard let start = draft["startedAt"].time, let end = draft["finishedAt"].time, start > end else { return [] }
            return [Problem(key: "startedAt", message: "the comparison ends before it begins", suggestion: "correct the times")]
        })

    /// A check of a monitor.
    static let driftCheck = RecordKind(
        "driftCheck", "A check of a monitor: inputs or efficacy against a reference.",
        identity: ["id"], computed: ["breach", "dayAt", "triageDueAt", "triagedAt"],
        fields: [
            .required("agentId", .coded, .text, "The agent."),
            .required("at", .time, .timestamp, "When."),
            .required("id", .text, .text, "Identifies the check."),
            .optional("lowerLimit", .real, anyNumber, "A statistic below it is a breach."),
            .required("n", .integer, .count, "Records compared with the reference; 0 proves nothing."),
            .optional("promptVersionId", .coded, .digest, "Prompt version, for efficacy."),
            .required("statistic", .real, anyNumber, "What was measured."),
            .required("type", .coded, .oneOf(["data", "efficacy"]), "What is watched."),
            .optional("upperLimit", .real, anyNumber, "A statistic above it is a breach."),
        ],
        problems: { draft in
            if draft["lowerLimit"].isNull, draft["upperLimit"].isNull {
                return [
                    Problem(
                        key: "statistic", message: "a check without a limit can never show a breach",
                        suggestion: "give lowerLimit, upperLimit or both")
                ]
            }
            guard draft["type"] == .text("efficacy"), draft["promptVersionId"].isNull else { return [] }
            return [Problem(key: "type", message: "a check of efficacy is of one prompt version", suggestion: "give promptVersionId")]
        })

    /// An answer to a breach.
    static let driftTriage = RecordKind(
        "driftTriage", "A person looked at what a monitor found; of several the first counts.",
        identity: ["checkId", "principalId", "at"],
        fields: [
            .required("at", .time, .timestamp, "When."),
            .required("checkId", .text, .text, "The check."),
            .optional("finding", .text, .text, "What was found."),
            .required("principalId", .text, .text, "Who."),
        ])

    /// The announcement of an audit.
    static let auditDraw = RecordKind(
        "auditDraw", "The announcement of an audit. Its own ledger entry gives the seed, so that nobody can choose what is drawn.",
        identity: ["id"],
        fields: [
            .required("count", .integer, .integer(1...AuditDraw.limit), "Records to draw."),
            .required("id", .text, .text, "Identifies the draw."),
            .optional("minimumAgeDays", .integer, .integer(0...36_500), "Only records at least so old, by the ledger; 0 when left out."),
            .required("type", .coded, .oneOf(AuditDraw.Subject.allCases.map(\.rawValue)), "What is drawn."),
        ])

    /// What an audit found about one drawn record.
    static let auditResult = RecordKind(
        "auditResult", "What an audit found about one record; only the record that the draw demands is taken.",
        identity: ["drawId", "position"], computed: ["ageDays", "retrieved"],
        fields: [
            .required("at", .time, .timestamp, "When it was looked at."),
            .required("drawId", .text, .text, "The draw."),
            .required("drawnRecord", .integer, .integer(0...Int(Int64.max >> 1)), "Number of the record in the store."),
            .optional("faithful", .flag, .bool, "Explanations: replay with the cited factor changed, or the auditor, agrees; else false."),
            .optional("leakFree", .flag, .bool, "It holds no secret and no personal data; false when left out."),
            .required("position", .integer, .integer(0...AuditDraw.limit - 1), "Position in the draw, from 0."),
            .optional("principalId", .text, .text, "Who looked."),
            .optional("rebuilt", .flag, .bool, "Decisions: all parts were found; false when left out."),
            .own("retrieved", .flag, "It could be read, and is what its ledger entry commits to."),
        ],
        resolve: { draft, resolver in try AuditDraw.resolve(&draft, resolver) })
}
