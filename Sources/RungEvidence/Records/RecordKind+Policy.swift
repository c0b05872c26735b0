import RungCrypto
import RungText

/// What the organization has promised itself: policies, duties, exceptions.
extension RecordKind {
    /// The rules that evidence is measured against.
    static let policy = RecordKind(
        "policy",
        "Periods, limits and duties that an organization sets itself. In force from its approval by a person who did not write it.",
        identity: ["id"], change: .state, computed: ["digest"],
        fields: [
            .optional("at", .time, .timestamp, claimedTime),
            .required("authorId", .text, .text, "Who wrote it."),
            .optional("caseDays", .integer, days, "Days within which a case must be answered."),
            .optional("changeDays", .integer, days, "Days within which a change request must be released or refused."),
            .own("digest", .digest, "Digest of everything that it says."),
            .optional("duties", .json, .texts, "Duties that must be held; all six when left out."),
            .optional("feedbackLimit", .integer, dailyLimit, "Answers of one source on one day that count."),
            .required("id", .text, .text, "Identifies the policy."),
            .optional("ideaDays", .integer, days, "Days within which an idea must be decided."),
            .optional("marginLimit", .real, anyLimit, "Largest margin of a comparison, in the unit of the metric."),
            .optional("outcomeDays", .integer, days, "Days after which the outcome of a decision is expected."),
            .optional("overrideLimit", .integer, dailyLimit, "Overrides by one person on one day that count."),
            .optional("predictionDays", .integer, days, "Days after which a prediction must be settled."),
            .optional("reviewLimit", .integer, dailyLimit, "Reviews of interactions by one person on one day that count."),
            .optional("scenarioDays", .integer, days, "Days within which a case must leave a regression scenario."),
            .optional("spanLimit", .real, anyLimit, "Widest interval of a prediction, in the unit of the subject."),
            .optional("text", .text, .freeText, "The policy in words."),
            .optional("triageDays", .integer, days, "Days within which negative feedback must be looked at."),
        ],
        derive: { $0["digest"] = .digest(policyDigest($0)) },
        problems: { draft in
            let duties = (draft["duties"].text.flatMap { try? JSONReader.read($0) })?.strings ?? []
            return duties.filter { !dutyWords.contains($0) }.map { duty in
                Problem(
                    key: "duties", message: "there is no duty \"\(duty)\"",
                    suggestion: NearestWord.suggestion(for: duty, among: dutyWords))
            }
        })

    /// Who holds a duty.
    static let duty = RecordKind(
        "duty", "Who holds a duty of the core AgentOps team, and who stands in.",
        identity: ["duty"], change: .state, computed: ["lastActAt"],
        fields: [
            .optional("at", .time, .timestamp, claimedTime),
            .optional("deputyId", .text, .text, "Stand-in."),
            .required("duty", .coded, .oneOf(dutyWords), "What somebody must do."),
            .optional("primaryId", .text, .text, "Person on duty; left out while nobody is."),
        ])

    /// An exception from a criterion or a policy.
    static let waiver = RecordKind(
        "waiver", "An exception from a criterion or a policy, for a time.",
        identity: ["id"], computed: ["daysLong", "closedAt"],
        fields: [
            .optional("approverId", .text, .text, "Who granted it."),
            .optionalPromise("expiresAt", "When it ends; may lie ahead."),
            .required("grantedAt", .time, .timestamp, "Since when it holds."),
            .required("id", .text, .text, "Identifies the exception."),
            .optional("reason", .text, .text, "Why it is needed."),
            .required("requestedBy", .text, .text, "Who asked for it."),
            .optional("scope", .text, .text, "What it covers."),
        ],
        problems: { draft in
            guard let granted = draft["grantedAt"].time, let end = draft["expiresAt"].time, end < granted else { return [] }
            return [
                Problem(
                    key: "expiresAt", message: "\"expiresAt\" is \(end), before the exception was granted (\(granted))",
                    suggestion: "correct the time")
            ]
        })

    /// An exception closed.
    static let waiverEnd = RecordKind(
        "waiverEnd", "An exception closed before it expired.",
        identity: ["waiverId"],
        fields: [
            .required("at", .time, .timestamp, "When it was closed."),
            .optional("principalId", .text, .text, "Who closed it."),
            .required("waiverId", .text, .text, "The exception."),
        ])

    /// A statement that a criterion does not apply.
    static let applicabilityNote = RecordKind(
        "applicabilityNote",
        "A statement, approved by somebody else and for a time, that a criterion does not apply. It counts only where the rubric can "
            + "tell from the evidence that it is so.",
        identity: ["id"],
        fields: [
            .required("approverId", .text, .text, "Who approved it."),
            .required("criterion", .text, .text, "Id of the criterion."),
            .promise("expiresAt", "Until when it holds; may lie ahead."),
            .required("grantedAt", .time, .timestamp, "Since when it holds."),
            .required("id", .text, .text, "Identifies the statement."),
            .required("reason", .text, .text, "Why the criterion does not apply."),
            .required("requestedBy", .text, .text, "Who asked for it."),
        ],
        problems: { draft in
            guard let granted = draft["grantedAt"].time, let end = draft["expiresAt"].time else { return [] }
            if end < granted {
                return [
                    Problem(
                        key: "expiresAt", message: "\"expiresAt\" is \(end), before the statement was granted (\(granted))",
                        suggestion: "correct the time")
                ]
            }
            guard end > granted.adding(days: noteDays) else { return [] }
            return [
                Problem(
                    key: "expiresAt", message: "a statement holds for \(noteDays) days at most, this one until \(end)",
                    suggestion: "let it expire, and look again")
            ]
        })

    /// For how long a criterion can be said not to apply.
    static let noteDays = 366

    /// Duties of the core team, as criteria name them.
    static let dutyWords = ["registry", "prompt_review", "release", "observability", "incident", "assessment"]

    /// Digest of what a policy says: canonical JSON of its fields but for author and time.
    static func policyDigest(_ draft: RecordDraft) -> Digest {
        var said = draft
        for key in ["at", "authorId", "digest"] { said[key] = .null }
        var buffer = PayloadBuffer()
        buffer.content(.policy, said.values)
        return SHA256Hasher.digest(of: buffer.bytes)
    }

    private static let days = Shape.integer(1...3_650)
    private static let dailyLimit = Shape.integer(1...1_000_000)
    private static let anyLimit = Shape.number(0...Double.greatestFiniteMagnitude)
}
