import RungCrypto
import RungText

/// What went live, and what people did about it.
extension RecordKind {
    /// A prompt version and configuration put into production.
    static let release = RecordKind(
        "release", "A prompt version and agent configuration put into production.",
        identity: ["id"], computed: ["contentDigest", "endedAt"],
        fields: [
            .required("agentId", .coded, .text, "Agent that it changes."),
            .optional("changeId", .text, .text, "Change request that it carries out."),
            .required("configDigest", .coded, .digest, "Digest of model configuration and tools."),
            .own("contentDigest", .digest, "Digest over agent, prompt version and configuration."),
            .required("id", .text, .text, "Identifies the release."),
            .required("promptVersionId", .coded, .digest, "Version of the prompt."),
            .required("releasedAt", .time, .timestamp, "When it went live."),
            .optional("requestedBy", .text, .text, "Who asked for it."),
        ],
        derive: { draft in
            draft["contentDigest"] = .digest(
                contentDigest(
                    agent: draft["agentId"].text ?? "", promptVersion: draft["promptVersionId"].text ?? "",
                    configuration: draft["configDigest"].text ?? ""))
        })

    /// A release taken back.
    static let releaseEnd = RecordKind(
        "releaseEnd", "A release taken back before the next one replaced it.",
        identity: ["releaseId"],
        fields: [
            .required("at", .time, .timestamp, "When it was taken back."),
            .optional("principalId", .text, .text, "Who took it back."),
            .optional("reason", .text, .text, "Why."),
            .required("releaseId", .text, .text, "The release."),
        ])

    /// A recorded act of a person on a thing.
    static let act = RecordKind(
        "act", "An act of a person on a thing: a review, an approval, a confirmation.",
        identity: ["id"], computed: ["authorId"],
        fields: [
            .required("at", .time, .timestamp, "When it was done."),
            .optional("dataAt", .time, .timestamp, "Of opening a dashboard: how far the data reached that it showed."),
            .optional(
                "digest", .coded, .digest,
                "Content acted on, as claimed. The store takes the digest of its own record; a claim that differs voids the act."),
            .required("id", .text, .text, "Identifies the act."),
            .required("principalId", .text, .text, "Who did it."),
            .optional("secondId", .text, .text, "Second person of an attestation."),
            .required("step", .coded, .oneOf(steps), "Which step."),
            .required("subjectId", .text, .text, "Id of the thing acted on."),
            .required("subjectKind", .coded, .oneOf(subjectKinds), "What was acted on."),
            .optional("verdict", .coded, .oneOf(verdicts), "Result; that of open and recompute is computed."),
        ],
        overruled: { draft in
            let isComputed = ["open", "recompute"].contains(draft["step"].text) && !draft["verdict"].isNull
            return isComputed ? ["verdict"] : []
        })

    /// Digest that binds agent, prompt version and configuration: canonical JSON of the three.
    static func contentDigest(agent: String, promptVersion: String, configuration: String) -> Digest {
        let value: JSONValue = [
            "agent": .string(agent), "configuration": .string(configuration), "promptVersion": .string(promptVersion),
        ]
        return SHA256Hasher.digest(of: CanonicalJSON.bytes(of: value))
    }

    private static let steps = ["intake", "design", "review", "approval", "confirm", "decision", "recompute", "open"]
    private static let subjectKinds = [
        "agent", "prompt_version", "release", "template", "context", "card", "policy", "assessment", "dashboard",
    ]
    private static let verdicts = [
        "approved", "rejected", "keep", "change", "retire", "fresh", "stale", "equal", "different",
    ]
}
