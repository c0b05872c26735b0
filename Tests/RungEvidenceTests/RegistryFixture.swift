import RungCore
import RungText

/// Small registries.
enum RegistryFixture {
    static let location = SourceLocation(file: "principals.yaml", line: 1)

    static func principal(_ id: PrincipalID, kind: Principal.Kind = .person, leftAt: Timestamp? = nil) -> Principal {
        Principal(id: id, kind: kind, team: "finance", leftAt: leftAt, canBuild: true, location: location)
    }

    static func agent(_ id: AgentID, owner: PrincipalID? = "ana", intents: [String] = []) -> Agent {
        var agent = Agent(id: id, transport: .transcript, location: location)
        agent.owner = owner
        agent.deputy = "bo"
        agent.team = "finance"
        agent.department = "controlling"
        agent.state = .active
        agent.card.purpose = "route orders"
        agent.card.riskTier = .high
        agent.card.baseline = 1.5
        agent.intents = intents
        agent.prompts = [PromptReference(id: "greeting", label: "v1")]
        return agent
    }

    static func prompt(_ label: String, text: String, author: PrincipalID? = "ana", parent: String? = nil) -> PromptVersion {
        var prompt = PromptVersion(id: "greeting", label: label, text: text, variables: [], location: location)
        prompt.author = author
        prompt.reason = "because"
        prompt.parent = parent.map { version($0) }
        prompt.template = "base"
        return prompt
    }
}
