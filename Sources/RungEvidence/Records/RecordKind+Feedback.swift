import RungText

/// What people say about results of agents, and who looks at it.
extension RecordKind {
    /// A structured answer of a user.
    static let feedback = RecordKind(
        "feedback", "What a user answered about a result of an agent.",
        identity: ["id"], computed: ["negative", "linked", "screened", "dueAt", "triagedAt"],
        fields: [
            .required("agentId", .coded, .text, "The agent."),
            .required("answer", .integer, .integer(0...10), "Thumbs: 0 down, 1 up; stars: 1 to 5; nps: 0 to 10."),
            .required("at", .time, .timestamp, "When."),
            .required("id", .text, .text, "Identifies the answer."),
            .optional("interactionId", .text, .text, "Interaction that it is about."),
            .optional("principalId", .text, .text, "Who answered, as the identity provider knows them."),
            .optional("promptVersionId", .coded, .digest, "Version of the prompt that answered the user."),
            .required("scale", .coded, .oneOf(answerScales.map(\.name)), "What kind of answer it is."),
            .optional("sessionId", .text, .text, "Session of a user without an account."),
        ],
        problems: { draft in
            guard let scale = answerScales.first(where: { $0.name == draft["scale"].text }), let answer = draft["answer"].integer,
                !scale.range.contains(answer)
            else { return [] }
            let range = "from \(scale.range.lowerBound) to \(scale.range.upperBound)"
            return [
                Problem(
                    key: "answer", message: "an answer in \(scale.name) is \(range), found \(answer)",
                    suggestion: "correct the answer or the scale")
            ]
        })

    /// Somebody looked at an answer.
    static let triage = RecordKind(
        "triage", "A person looked at the answer of a user; of several the first counts.",
        identity: ["id"],
        fields: [
            .required("at", .time, .timestamp, "When."),
            .optional("decision", .text, .text, "What is to be done."),
            .required("feedbackId", .text, .text, "The answer of the user."),
            .required("id", .text, .text, "Identifies the triage."),
            .required("principalId", .text, .text, "Who looked."),
        ])

    /// A person looked at an interaction.
    static let review = RecordKind(
        "review", "A person looked at what an agent did in an interaction.",
        identity: ["id"],
        fields: [
            .required("agentId", .coded, .text, "The agent."),
            .required("at", .time, .timestamp, "When."),
            .required("id", .text, .text, "Identifies the review."),
            .required("interactionId", .text, .text, "The interaction."),
            .required("principalId", .text, .text, "Who looked."),
        ])

    /// A person changed or rejected a result of an agent.
    static let override = RecordKind(
        "override", "A person changed or rejected a result of an agent.",
        identity: ["id"], computed: ["matched", "screened"],
        fields: [
            .optional("afterRef", .text, .text, "The result after the change."),
            .required("agentId", .coded, .text, "The agent."),
            .required("at", .time, .timestamp, "When."),
            .optional("beforeRef", .text, .text, "The result before the change."),
            .required("id", .text, .text, "Identifies the override."),
            .optional("interactionId", .text, .text, "Interaction that was changed."),
            .optional("principalId", .text, .text, "Who changed it."),
            .optional("reasonCode", .coded, .text, "Why, as a code."),
        ])

    /// A kind of answer: which values it can have, and up to which one it is negative.
    struct AnswerScale: Sendable {
        let name: String
        let range: ClosedRange<Int64>
        let negativeUpTo: Int64
    }

    /// Stars are negative up to two; nps up to six, as its detractors are.
    static let answerScales = [
        AnswerScale(name: "nps", range: 0...10, negativeUpTo: 6), AnswerScale(name: "stars", range: 1...5, negativeUpTo: 2),
        AnswerScale(name: "thumbs", range: 0...1, negativeUpTo: 0),
    ]
}
