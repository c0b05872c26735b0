import RungCore
import RungCrypto
import RungText

/// Registry entries: who can act, what is registered, and in which words it is asked.
extension RecordKind {
    /// A snapshot of the workspace's registry; agents and principals that follow name it.
    static let registry = RecordKind(
        "registry", "The registry of a workspace as it stood.",
        fields: [
            .own("agents", .integer, "Number of agents."),
            .own("digest", .digest, "Digest of everything in the snapshot."),
            .own("principals", .integer, "Number of principals."),
            .own("promptVersions", .integer, "Number of prompt versions."),
        ])

    /// A person, service or agent that can act.
    static let principal = RecordKind(
        "principal", "A person, service or agent that can act, as the identity provider knows it.",
        identity: ["id"], change: .state, computed: ["active"],
        fields: [
            .optional("at", .time, .timestamp, claimedTime),
            .optional("canBuild", .flag, .bool, "May create or change agents or prompts; false when left out."),
            .required("id", .text, .text, "Stable identity."),
            .optional("leftAt", .time, .timestamp, "When the account ended; left out while it is active."),
            .own("snapshot", .reference, "Record number of the registry snapshot."),
            .optional("team", .text, .text, "Organizational team."),
            .required("type", .coded, .oneOf(Principal.Kind.allCases.map(\.rawValue)), "Only a person can own, review or approve."),
        ])

    /// An entry of the agent registry.
    static let agent = RecordKind(
        "agent", "An entry of the agent registry.",
        identity: ["id"], change: .state, computed: ["oversightSeen", "objectives", "budgetEnforced", "cardDigest"],
        fields: [
            .optional("at", .time, .timestamp, claimedTime),
            .optional("audience", .text, .text, "For whom it is."),
            .optional("authorId", .text, .text, "Who wrote the card; the owner when left out."),
            .optional("autonomy", .coded, .oneOf(Agent.Autonomy.allCases.map(\.rawValue)), "What it may do alone."),
            .optional("baseline", .real, anyNumber, "Value of the success metric without the agent."),
            .own("cardDigest", .digest, "Digest of the card as it stands."),
            .optional("configDigest", .coded, .digest, "Digest of model configuration and tools."),
            .optional("department", .text, .text, "Business department served."),
            .optional("deputyId", .text, .text, "Stand-in of the owner."),
            .required("id", .text, .text, "The same id as in interactions."),
            .optional("intents", .json, .texts, "Intents that it declares to serve."),
            .optional("limits", .text, .text, "What it must not do."),
            .optional("oversightRate", .real, .share, "Share 0…1 of interactions that people must look at."),
            .optional("ownerId", .text, .text, "Accountable person."),
            .optional("prompts", .json, .texts, "Prompts that it uses, as name@label."),
            .optional("purpose", .text, .text, "What it is for."),
            .optional("riskTier", .coded, .oneOf(Agent.RiskTier.allCases.map(\.rawValue)), "Set by assessment."),
            .own("snapshot", .reference, "Record number of the registry snapshot."),
            .required("state", .coded, .oneOf(Agent.State.allCases.map(\.rawValue)), "Life-cycle state."),
            .optional("successMetric", .text, .text, "How success is measured."),
            .optional("team", .text, .text, "Team that runs it."),
            .optional("tools", .json, .texts, "Tools that it may call."),
            .optional("userFacing", .flag, .bool, "Talks to people who did not build it; true when left out."),
        ],
        derive: { $0["cardDigest"] = .digest(card(of: $0).digest) })

    /// An immutable prompt text.
    static let promptVersion = RecordKind(
        "promptVersion", "An immutable prompt text with its author, reason and parent.",
        identity: ["promptId", "version"], change: .state, computed: ["promptVersionId", "version", "firstVersion", "createdAt"],
        fields: [
            .optional("at", .time, .timestamp, "When it was made, as claimed; the ledger's time when left out; never later than now."),
            .optional("authorId", .text, .text, "Who wrote it."),
            .optional("label", .text, .text, "Its name among the versions of the prompt, such as v2."),
            .optional("parentId", .coded, .digest, "Version that it was made from; left out for the first."),
            .required("promptId", .text, .text, "Name of the prompt."),
            .optional("reason", .text, .text, "Why it was made."),
            .optional("templateId", .text, .text, "Template that it is built from."),
            .required("text", .text, .freeText, "The whole template text."),
            .optional("variables", .json, .texts, "Declared variables."),
            .own("version", .coded, "Digest of text and declared variables."),
        ],
        derive: { draft in
            let variables = (draft["variables"].text.flatMap { try? JSONReader.read($0) })?.strings ?? []
            draft["version"] = .word(PromptVersion.version(text: draft["text"].text ?? "", variables: variables))
        })

    /// A template that prompts are built from.
    static let template = RecordKind(
        "template", "A template that prompts are built from.",
        identity: ["id"],
        fields: [
            .optional("at", .time, .timestamp, claimedTime),
            .required("authorId", .text, .text, "Who wrote it."),
            .own("digest", .digest, "Digest of its text."),
            .required("id", .text, .text, "What prompt versions name as templateId."),
            .optional("text", .text, .freeText, "The whole text; without it, an approval is of no exact content."),
        ],
        derive: { draft in draft["digest"] = .digest(draft["text"].text.map { SHA256Hasher.digest(of: $0) }) })

    /// A service objective of an agent.
    static let objective = RecordKind(
        "objective", "A service objective of an agent; it counts while a breach alerts somebody.",
        identity: ["id"], change: .state,
        fields: [
            .required("agentId", .coded, .text, "The agent."),
            .optional("alertRoute", .text, .text, "Whom a breach alerts, such as a channel or a rota."),
            .optional("at", .time, .timestamp, claimedTime),
            .optional("endedAt", .time, .timestamp, "When it was given up; left out while it holds."),
            .required("id", .text, .text, "Identifies the objective."),
            .required("indicator", .text, .text, "What is watched."),
            .optional("target", .real, anyNumber, "In the unit of the indicator."),
        ])

    /// A spending limit at the gateway.
    static let spendingLimit = RecordKind(
        "spendingLimit", "A spending limit of an agent as its gateway enforces it; counts only from a registered source.",
        identity: ["id"], change: .state,
        fields: [
            .required("agentId", .coded, .text, "The agent."),
            .required("amount", .real, .number(0...1e12), "Spending at which calls are refused, in the currency of the report."),
            .optional("at", .time, .timestamp, claimedTime),
            .optional("endedAt", .time, .timestamp, "When it was lifted; left out while it holds."),
            .required("hard", .flag, .bool, "Calls beyond it are refused, not only reported."),
            .required("id", .text, .text, "Identifies the limit."),
            .required("period", .coded, .oneOf(["day", "month", "week"]), "What the amount is for."),
        ])

    /// What the optional `at` of a state says.
    static let claimedTime = "Since when it is so, as claimed; the ledger's time when left out; never later than now."
    /// Any finite number.
    static let anyNumber = Shape.number(-Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude)

    /// The card among the fields of an agent.
    private static func card(of draft: RecordDraft) -> Agent.Card {
        var card = Agent.Card(isUserFacing: draft["userFacing"].integer != 0)
        card.purpose = draft["purpose"].text
        card.audience = draft["audience"].text
        card.limits = draft["limits"].text
        card.successMeasure = draft["successMetric"].text
        card.baseline = draft["baseline"].real
        card.riskTier = draft["riskTier"].text.flatMap(Agent.RiskTier.init(rawValue:))
        card.autonomy = draft["autonomy"].text.flatMap(Agent.Autonomy.init(rawValue:))
        card.oversightRate = draft["oversightRate"].real
        return card
    }
}
