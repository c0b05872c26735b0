import RungText

/// What agents did in production and what came of it.
extension RecordKind {
    /// One call of an agent.
    static let interaction = RecordKind(
        "interaction", "One call of an agent in production or in a pilot.",
        identity: ["id"], computed: ["releaseId", "promptTextStored"],
        fields: [
            .required("agentId", .coded, .text, "The agent, registered or not."),
            .required("at", .time, .timestamp, "When."),
            .optional("configDigest", .coded, .digest, "Digest of model configuration and tools."),
            .optional("contextVersionId", .coded, .text, "Organizational context supplied."),
            .optional("cost", .real, .number(0...1e12), "In the currency of the report."),
            .required("environment", .coded, .oneOf(["production", "pilot"]), "Where."),
            .optional("experimentId", .coded, .text, "Experiment that it belongs to."),
            .optional("explanationRef", .text, .text, "Explanation delivered with the output."),
            .optional("failureReason", .coded, .text, "For failed and abandoned, as a code."),
            .optional("feedbackOffered", .flag, .bool, "The user could answer in place; false when left out."),
            .required("id", .text, .text, "Identifies the interaction."),
            .optional("latencyMs", .real, .number(0...1e12), "Milliseconds from request to answer."),
            .optional("memoryRef", .text, .text, "Memory record read or written."),
            .optional("modelId", .coded, .text, "The model that answered."),
            .optional("outcome", .coded, .oneOf(interactionOutcomes), "What came of it."),
            .optional("principalId", .coded, .text, "Acting or asking person or service."),
            .optional("promptVersionId", .coded, .digest, "Version of the prompt."),
            .optional("traceId", .text, .text, "Trace that it belongs to."),
        ])

    /// What became of an interaction, decision or prediction later on.
    static let outcome = RecordKind(
        "outcome", "What became of an interaction, a decision or a prediction, told later; of several the latest counts.",
        identity: ["id"],
        fields: [
            .required("at", .time, .timestamp, "When it was known."),
            .optional("decisionId", .text, .text, "The decision that it is the business outcome of."),
            .optional("failureReason", .coded, .text, "For failed and abandoned, as a code."),
            .required("id", .text, .text, "Identifies the outcome."),
            .optional("interactionId", .text, .text, "The interaction that it is the outcome of."),
            .optional(
                "outcome", .coded, .oneOf(interactionOutcomes), "What came of the interaction; in place of what it said itself."),
            .optional("predictionId", .text, .text, "The prediction that it settles."),
            .optional("principalId", .text, .text, "Who found it out."),
            .optional("ref", .text, .text, "Where the business outcome is kept."),
            .optional("value", .real, anyNumber, "The measured value, in the unit of the subject."),
        ],
        problems: { draft in
            let subjects = ["decisionId", "interactionId", "predictionId"].filter { !draft[$0].isNull }
            guard subjects.count == 1 else {
                let found = subjects.isEmpty ? "none" : subjects.joined(separator: " and ")
                return [
                    Problem(
                        key: "id", message: "an outcome is of one thing, found \(found)",
                        suggestion: "give one of decisionId, interactionId and predictionId")
                ]
            }
            if subjects == ["interactionId"], draft["outcome"].isNull {
                return [Problem(key: "interactionId", message: "the outcome of an interaction needs \"outcome\"", suggestion: nil)]
            }
            if subjects == ["predictionId"], draft["value"].isNull {
                return [Problem(key: "predictionId", message: "the outcome of a prediction needs \"value\"", suggestion: nil)]
            }
            return []
        })

    private static let interactionOutcomes = ["accepted", "corrected", "rejected", "failed", "abandoned"]

    /// Calls of one day by an independent counter.
    static let usageCount = RecordKind(
        "usageCount", "Calls of one agent on one day, counted by the gateway or on the provider's invoice.",
        identity: ["agentId", "environment", "day", "countedBy"], computed: ["logged"],
        fields: [
            .optional("admissionChecked", .integer, .count, "Attempts decided by the admission check; 0 when left out."),
            .required("agentId", .coded, .text, "The agent, registered or not."),
            .optional("attempts", .integer, .count, "Execution attempts seen by the gateway; 0 when left out."),
            .required("counted", .integer, .count, "Calls counted."),
            .required("countedBy", .coded, .oneOf(["gateway", "invoice"]), "Who counted."),
            .required("day", .time, .timestamp, "The day, UTC."),
            .required("environment", .coded, .oneOf(["production", "pilot"]), "Where."),
        ],
        problems: { draft in
            guard let day = draft["day"].time, day != day.midnight else { return [] }
            return [Problem(key: "day", message: "\"day\" must be a whole day, found \(day)", suggestion: "write \(day.date)")]
        })

    /// A thing that calls for a decision.
    static let caseRecord = RecordKind(
        "case", "A thing that calls for a decision, such as two agents that do the same work.",
        identity: ["id"], change: .state, computed: ["byRule", "dueAt", "scenarioDueAt", "scenarioAt"],
        fields: [
            .optional("agentId", .coded, .text, "The agent concerned."),
            .optional("at", .time, .timestamp, claimedTime),
            .optional("causeAt", .time, .timestamp, "When the cause was recorded."),
            .optional("changeId", .text, .text, "Change request that it led to."),
            .optional("decidedAt", .time, .timestamp, "When it was decided."),
            .optional("decidedBy", .text, .text, "Who, or which rule, decided."),
            .required("id", .text, .text, "Identifies the case."),
            .optional("ideaId", .text, .text, "Idea that it led to."),
            .required("openedAt", .time, .timestamp, "When it was opened; of several records the first counts."),
            .optional("ownerId", .text, .text, "Who looks after it."),
            .optional("planAt", .time, .timestamp, "When a plan was recorded."),
            .optional("reason", .text, .text, "Reason of the decision."),
            .optional("scanId", .text, .text, "The scan that opened it; left out when a person did."),
            .optional("severity", .coded, .oneOf(["low", "medium", "high"]), "Of incidents."),
            .required("type", .coded, .oneOf(caseTypes), "What it is."),
        ])

    /// An execution of a rule that opens cases.
    static let scan = RecordKind(
        "scan", "An execution of a rule that opens cases; proof that silence means nothing was found.",
        identity: ["id"],
        fields: [
            .required("at", .time, .timestamp, "When it ran."),
            .required("id", .text, .text, "Identifies the scan."),
            .required("records", .integer, .count, "Records read; 0 proves nothing."),
            .required("type", .coded, .oneOf(scanTypes), "What was looked for."),
        ])

    private static let caseTypes = [
        "override_cluster", "feedback_cluster", "prompt_failure", "unmet_intent", "deviation", "escalation", "conflict",
        "overlap", "dependency_change", "incident",
    ]
    private static let scanTypes = [
        "overlap", "unmet_intent", "override_cluster", "feedback_cluster", "prompt_failure", "deviation", "conflict",
        "dependency_change", "recalibration",
    ]
}
