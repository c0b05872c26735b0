internal import RungCore
public import RungText

/// `agents/<id>.yaml`: an entry of the registry.
public enum AgentFile {
    public static let shape = ObjectShape(
        "Agent", "An agent as the organization registers it.",
        [
            DocumentFile.versionField,
            .required("id", .identifier, "The id that logs and traces use."),
            .optional("owner", .identifier, "Principal who answers for it."),
            .optional("deputy", .identifier, "Principal who stands in; not the owner."),
            .optional("team", .identifier, "Team that runs it."),
            .optional("department", .identifier, "Business department served."),
            .optional("purpose", .text, "What it is for."),
            .optional("audience", .text, "For whom."),
            .optional("limits", .text, "What it must not do."),
            .optional("success", .object(success), "How success is measured."),
            .optional("risk-tier", .oneOf(Agent.RiskTier.allCases.map(\.rawValue)), "Set by assessment."),
            .optional("autonomy", .oneOf(Agent.Autonomy.allCases.map(\.rawValue)), "What it may do without a person."),
            .optional("oversight-rate", .share, "Share 0…1 of interactions that people must look at."),
            .optional("user-facing", .bool, "Talks to people who did not build it; default true."),
            .required("state", .oneOf(Agent.State.allCases.map(\.rawValue)), "Lifecycle state."),
            .required("transport", .tagged(by: "kind", TransportReading.shapes), "How it is reached."),
            .optional("prompts", .array(.object(promptUse), atLeast: 0), "Prompts and versions; the deciding one first."),
            .optional("tools", .texts, "Tools that it may call."),
            .optional("intents", .array(.identifier, atLeast: 0), "What users come to it for; suites cover these."),
            .optional("configuration", .map(.any), "Model and parameters; part of the configuration digest."),
        ])

    private static let success = ObjectShape(
        "Success", "The success measure of an agent.",
        [
            .required("measure", .text, "What is measured, with its unit."),
            .optional(
                "baseline", .number(-.greatestFiniteMagnitude ... .greatestFiniteMagnitude), "Its value without the agent, in its own unit."
            ),
        ])

    private static let promptUse = ObjectShape(
        "PromptUse", "A prompt at a version.",
        [
            .required("id", .identifier, "Folder below prompts/."),
            .required("version", .identifier, "Label of the version: the file name without .md."),
        ])

    /// Reads all agents below `folder`, in order of file name.
    static func readAll(
        _ folder: String, mentions: inout Mentions, into diagnostics: inout Diagnostics
    ) -> [Agent] {
        var agents: [Agent] = []
        var seen = FirstUses(what: "agent")
        do {
            for name in try FileBytes.names(in: folder) where name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
                let path = FilePath.join(folder, name)
                guard let node = DocumentFile.read(path, shape: shape, into: &diagnostics) else {
                    mentions.unreadable.insert(FilePath.stem(of: name))
                    continue
                }
                let transport = TransportReading.read(node, file: FilePath.shown(path), into: &diagnostics)
                let agent = agent(from: node, transport: transport, file: FilePath.shown(path))
                seen.note(
                    agent.id.rawValue, file: agent.location.file, at: node["id"]?.position ?? .start, into: &diagnostics)
                check(agent, node, into: &diagnostics)
                mentions.all += self.mentions(in: node, file: agent.location.file)
                agents.append(agent)
            }
        } catch {
            diagnostics.append(Diagnostic(FilePath.shown(folder), nil, error.reason))
        }
        return agents
    }

    private static func mentions(in node: Node, file: String) -> [Mention] {
        var mentions: [Mention] = []
        for role in ["owner", "deputy"] {
            guard let value = node[role], let id = value.string else { continue }
            mentions.append(Mention(file: file, position: value.position, subject: .principal(role: role, PrincipalID(id))))
        }
        for use in node["prompts"]?.array ?? [] {
            guard let id = use["id"]?.string, let label = use["version"]?.string else { continue }
            let reference = PromptReference(id: PromptID(id), label: label)
            let position = use["version"]?.position ?? use.position
            mentions.append(Mention(file: file, position: position, subject: .prompt(reference, at: use["id"]?.position)))
        }
        return mentions
    }

    private static func agent(from node: Node, transport: Agent.Transport, file: String) -> Agent {
        var agent = Agent(
            id: AgentID(node["id"]?.string ?? ""), transport: transport,
            location: SourceLocation(file: file, line: Int(node["id"]?.position.line ?? 1)))
        agent.owner = node["owner"]?.string.map { PrincipalID($0) }
        agent.deputy = node["deputy"]?.string.map { PrincipalID($0) }
        agent.team = node["team"]?.string
        agent.department = node["department"]?.string
        agent.state = node["state"]?.string.flatMap(Agent.State.init) ?? .design
        agent.card = card(from: node)
        agent.prompts = (node["prompts"]?.array ?? []).compactMap { use in
            guard let id = use["id"]?.string, let version = use["version"]?.string else { return nil }
            return PromptReference(id: PromptID(id), label: version)
        }
        agent.tools = node["tools"]?.strings ?? []
        agent.intents = node["intents"]?.strings ?? []
        agent.configuration = node["configuration"]?.json ?? .object([])
        return agent
    }

    private static func card(from node: Node) -> Agent.Card {
        var card = Agent.Card(isUserFacing: node["user-facing"]?.bool ?? true)
        card.purpose = node["purpose"]?.string
        card.audience = node["audience"]?.string
        card.limits = node["limits"]?.string
        card.successMeasure = node["success"]?["measure"]?.string
        card.baseline = node["success"]?["baseline"]?.double
        card.riskTier = node["risk-tier"]?.string.flatMap(Agent.RiskTier.init)
        card.autonomy = node["autonomy"]?.string.flatMap(Agent.Autonomy.init)
        card.oversightRate = node["oversight-rate"]?.double
        return card
    }

    private static func check(_ agent: Agent, _ node: Node, into diagnostics: inout Diagnostics) {
        if let owner = agent.owner, owner == agent.deputy, let position = node["deputy"]?.position {
            diagnostics.append(
                Diagnostic(
                    agent.location.file, position, "the deputy is the owner", suggestion: "name a second person, or leave deputy out"))
        }
        var seen: Set<PromptID> = []
        for (reference, use) in zip(agent.prompts, node["prompts"]?.array ?? []) where !seen.insert(reference.id).inserted {
            diagnostics.append(
                Diagnostic(agent.location.file, use.position, "prompt \"\(reference.id)\" is listed twice"))
        }
    }
}
