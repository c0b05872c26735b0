import RungText

/// How things change: change requests, thresholds, and what acts are about.
extension RecordKind {
    /// A change request.
    static let change = RecordKind(
        "change", "A request to change a prompt or an agent, as it was opened.",
        identity: ["id"], computed: ["origin", "dueAt", "closedAt", "result", "releaseId", "daysOpen"],
        fields: [
            .optional("agentId", .coded, .text, "The agent that it changes."),
            .optional("checkId", .text, .text, "Check of a monitor that led to it."),
            .required("id", .text, .text, "What cases and releases name as changeId."),
            .required("openedAt", .time, .timestamp, "When it was opened."),
            .optional("ownerId", .text, .text, "Who looks after it."),
            .optional("summary", .text, .text, "What is to change."),
        ])

    /// The end of a change request without a release.
    static let changeEnd = RecordKind(
        "changeEnd", "A change request refused. A released one ends with the release that names it.",
        identity: ["changeId"], computed: ["releaseId"],
        fields: [
            .required("at", .time, .timestamp, "When."),
            .required("changeId", .text, .text, "The change request."),
            .optional("principalId", .text, .text, "Who refused it."),
            .optional("reason", .text, .text, "Why."),
            .required(
                "result", .coded, .oneOf(["refused", "released"]),
                "Released is not believed: only a release that names the change ends it so."),
        ],
        overruled: { $0["result"].text == "released" ? ["result"] : [] })

    /// A decision threshold.
    static let threshold = RecordKind(
        "threshold", "A decision threshold of an agent, as it was registered.",
        identity: ["id"], computed: ["byRule", "insideEnvelope", "effect"],
        fields: [
            .optional("agentId", .coded, .text, "The agent whose decisions it steers."),
            .optional("at", .time, .timestamp, claimedTime),
            .required("id", .text, .text, "Identifies the threshold."),
            .optional("targetMetric", .coded, .oneOf(targetMetrics), "Share that it is to move; its effect is measured on it."),
            .required("value", .real, anyNumber, "Its value when it was registered."),
        ])

    /// Limits for a threshold.
    static let envelope = RecordKind(
        "envelope", "Limits within which a threshold may be moved, approved by a person who did not set them.",
        identity: ["id"],
        fields: [
            .required("approverId", .text, .text, "Who approved them."),
            .required("at", .time, .timestamp, "When they were approved."),
            .required("authorId", .text, .text, "Who set them."),
            .required("high", .real, anyNumber, "Largest value allowed."),
            .required("id", .text, .text, "Identifies the limits."),
            .required("low", .real, anyNumber, "Smallest value allowed."),
            .required("thresholdId", .text, .text, "The threshold."),
        ],
        problems: { draft in
            guard let low = draft["low"].real, let high = draft["high"].real, low > high else { return [] }
            return [Problem(key: "low", message: "\"low\" is above \"high\"", suggestion: "exchange the two")]
        })

    /// A threshold moved.
    static let thresholdChange = RecordKind(
        "thresholdChange", "A decision threshold moved, by a rule or by a person.",
        identity: ["id"], computed: ["byRule", "insideEnvelope", "effect", "beforeValue"],
        fields: [
            .required("afterValue", .real, anyNumber, "Its value from then on."),
            .required("at", .time, .timestamp, "When."),
            .required("id", .text, .text, "Identifies the change."),
            .required("principalId", .text, .text, "Who moved it: a person, or the service that carries out the rule."),
            .optional("reversalRef", .text, .text, "How to undo it."),
            .required("thresholdId", .text, .text, "The threshold."),
        ])

    // MARK: - What acts are about

    /// A version of the organizational context.
    static let contextVersion = RecordKind(
        "contextVersion", "A version of the organizational context that agents work with.",
        identity: ["id"],
        fields: [
            .optional("at", .time, .timestamp, claimedTime),
            .required("authorId", .text, .text, "Who wrote it."),
            .required("contentDigest", .coded, .digest, "Digest of its content."),
            .required("id", .text, .text, "What interactions name as contextVersionId."),
        ])

    /// The dashboard of an agent.
    static let dashboard = RecordKind(
        "dashboard", "The dashboard of an agent; acts on it name the agent as their subject.",
        identity: ["agentId"], change: .state,
        fields: [
            .required("agentId", .text, .text, "The agent that it shows."),
            .optional("at", .time, .timestamp, claimedTime),
            .optional("authorId", .text, .text, "Who made it."),
            .required("freshMinutes", .integer, .integer(1...10_080), "Minutes up to which its data is fresh; a week at most."),
        ])

    /// An assessment.
    static let assessment = RecordKind(
        "assessment", "An assessment, identified by the digest of its result.",
        identity: ["id"],
        fields: [
            .optional("asOf", .time, .timestamp, "The moment whose evidence it looked at."),
            .required("at", .time, .timestamp, "When it was made."),
            .optional("authorId", .text, .text, "Who made it."),
            .required("digest", .coded, .digest, "Digest of its result."),
            .required("id", .text, .text, "Identifies the assessment."),
            .optional("ledgerRoot", .coded, .digest, "Root of the ledger that it read."),
            .optional("ledgerSize", .integer, .count, "Entries that it read."),
            .optional("rubricDigest", .coded, .digest, "Digest of the rubric."),
            .optional("scores", .json, .map(.number(1...5)), "Scores of the dimensions, by their codes."),
            .optional("stage", .integer, .integer(1...5), "Stage that it found."),
        ])

    /// Shares that the effect of a threshold can be measured on.
    static let targetMetrics = ["corrected_share", "negative_share"]
}
