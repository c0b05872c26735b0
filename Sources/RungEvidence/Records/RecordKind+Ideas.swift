import RungText

/// What people want to try, and what they learned.
extension RecordKind {
    /// An idea for an agent.
    static let idea = RecordKind(
        "idea", "An idea for an agent.",
        identity: ["id"], computed: ["source", "dueAt", "decidedAt", "decidedBy"],
        fields: [
            .optional("expectedBenefit", .text, .text, "What would be better."),
            .required("id", .text, .text, "Identifies the idea."),
            .required("openedAt", .time, .timestamp, "When it was entered."),
            .optional("problem", .text, .text, "The problem in one sentence."),
            .optional("proposerId", .text, .text, "Who entered it."),
            .optional("scanId", .text, .text, "The scan that found it in usage; left out when a person had it."),
        ])

    /// The answer to an idea.
    static let ideaDecision = RecordKind(
        "ideaDecision", "The answer to an idea; the first one counts.",
        identity: ["ideaId"],
        fields: [
            .required("at", .time, .timestamp, "When it was decided."),
            .required("decidedBy", .text, .text, "Who decided."),
            .optional("decision", .coded, .text, "What was decided."),
            .required("ideaId", .text, .text, "The idea."),
            .optional("reason", .text, .text, "Why."),
        ])

    /// A trial of an agent or prompt outside production.
    static let experiment = RecordKind(
        "experiment", "A trial of an agent or prompt outside production.",
        identity: ["id"], change: .state, computed: ["trials"],
        fields: [
            .optional("at", .time, .timestamp, claimedTime),
            .optional("concludedAt", .time, .timestamp, "When it was concluded."),
            .optional("conclusion", .coded, .oneOf(["adopt", "drop", "extend"]), "What was decided."),
            .optional("hypothesis", .text, .text, "What was expected."),
            .required("id", .text, .text, "What interactions and runs cite as experimentId."),
            .optional("principalId", .text, .text, "Who concluded it."),
            .required("startedAt", .time, .timestamp, "When it started."),
            .required("team", .text, .text, "Who tried."),
        ])
}
