public import RungCrypto
public import RungText

/// A registered program: what the organization says about it and how it is reached.
public struct Agent: Sendable {
    public var id: AgentID
    public var owner: PrincipalID?
    public var deputy: PrincipalID?
    public var team: String?
    public var department: String?
    public var card: Card
    public var state: State
    public var transport: Transport
    /// The prompts it uses, the deciding one first.
    public var prompts: [PromptReference]
    public var tools: [String]
    public var intents: [String]
    /// Model and parameters; with the tools this makes the configuration digest.
    public var configuration: JSONValue
    public var location: SourceLocation

    public enum State: String, Sendable, CaseIterable { case design, pilot, active, retired }
    public enum RiskTier: String, Sendable, CaseIterable { case low, medium, high }
    public enum Autonomy: String, Sendable, CaseIterable { case advise, approve, act }

    /// The part of the entry that is approved as it stands.
    public struct Card: Sendable, Equatable {
        public var purpose: String?
        public var audience: String?
        public var limits: String?
        public var successMeasure: String?
        /// Value of the success measure without the agent, in its own unit.
        public var baseline: Double?
        public var riskTier: RiskTier?
        public var autonomy: Autonomy?
        /// Share 0…1 of interactions that people must look at.
        public var oversightRate: Double?
        public var isUserFacing: Bool

        public init(isUserFacing: Bool = true) { self.isUserFacing = isUserFacing }
    }

    /// How trials reach the agent.
    public enum Transport: Sendable, Equatable {
        case a2a(A2ATransportSettings)
        case command(CommandTransportSettings)
        case http(HTTPTransportSettings)
        case mcp(MCPTransportSettings)
        case model(ModelTransportSettings)
        /// Nothing is run; recorded transcripts are graded.
        case transcript
    }

    public init(id: AgentID, transport: Transport, location: SourceLocation) {
        self.id = id
        self.transport = transport
        self.location = location
        card = Card()
        state = .design
        prompts = []
        tools = []
        intents = []
        configuration = .object([])
    }
}

/// A prompt by name, at a version.
public struct PromptReference: Sendable, Hashable {
    public var id: PromptID
    /// The label of the version: the file name without extension, such as `v2`.
    public var label: String

    public init(id: PromptID, label: String) {
        self.id = id
        self.label = label
    }
}

/// A prompt's immutable, content-addressed text.
public struct PromptVersion: Sendable {
    public var id: PromptID
    public var label: String
    /// Digest of template text and declared variables; nothing else is in it.
    public var version: Digest
    public var text: String
    public var variables: [String]
    public var author: PrincipalID?
    public var reason: String?
    /// The version it was made from; nil for the first.
    public var parent: Digest?
    /// The approved template it is built from.
    public var template: String?
    public var location: SourceLocation

    public init(id: PromptID, label: String, text: String, variables: [String], location: SourceLocation) {
        self.id = id
        self.label = label
        self.text = text
        self.variables = variables
        self.location = location
        version = Self.version(text: text, variables: variables)
    }

    /// SHA-256 over the canonical JSON `{"template": …, "variables": […]}` with the variables sorted.
    public static func version(text: String, variables: [String]) -> Digest {
        let value: JSONValue = ["template": .string(text), "variables": .array(variables.sorted().map { .string($0) })]
        return SHA256Hasher.digest(of: CanonicalJSON.bytes(of: value))
    }
}

/// A person, service or agent that can act.
public struct Principal: Sendable {
    public var id: PrincipalID
    public var kind: Kind
    public var team: String?
    /// When the account ended; nil while it is active.
    public var leftAt: Timestamp?
    /// May create or change agents or prompts.
    public var canBuild: Bool
    public var location: SourceLocation

    public enum Kind: String, Sendable, CaseIterable { case person, service, agent }

    public init(id: PrincipalID, kind: Kind, team: String?, leftAt: Timestamp?, canBuild: Bool, location: SourceLocation) {
        self.id = id
        self.kind = kind
        self.team = team
        self.leftAt = leftAt
        self.canBuild = canBuild
        self.location = location
    }
}

/// Agents, prompt versions and principals as the workspace declares them.
public struct Registry: Sendable {
    /// Sorted by id.
    public var agents: [Agent]
    /// Sorted by id, then label.
    public var prompts: [PromptVersion]
    /// Sorted by id.
    public var principals: [Principal]
    /// Agents (`id`) and prompt versions (`id/label`) whose files have problems; a mention of them is not a second one.
    public var unreadable: Set<String> = []

    public init(agents: [Agent] = [], prompts: [PromptVersion] = [], principals: [Principal] = []) {
        self.agents = agents.sorted { $0.id < $1.id }
        self.prompts = prompts.sorted { ($0.id, $0.label) < ($1.id, $1.label) }
        self.principals = principals.sorted { $0.id < $1.id }
    }

    public func agent(_ id: AgentID) -> Agent? { agents.first { $0.id == id } }

    public func prompt(_ reference: PromptReference) -> PromptVersion? {
        prompts.first { $0.id == reference.id && $0.label == reference.label }
    }
}

extension Agent {
    /// Digest of model configuration and tools, separate from the prompt version.
    public var configurationDigest: Digest {
        let value: JSONValue = [
            "configuration": configuration, "tools": .array(tools.sorted().map { .string($0) }),
        ]
        return SHA256Hasher.digest(of: CanonicalJSON.bytes(of: value))
    }
}

extension Agent.Card {
    /// Digest of the card as it stands; approvals name it.
    public var digest: Digest {
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        let value: JSONValue = [
            "audience": text(audience), "autonomy": text(autonomy?.rawValue),
            "baseline": baseline.map { .double($0) } ?? .null, "limits": text(limits),
            "oversightRate": oversightRate.map { .double($0) } ?? .null, "purpose": text(purpose),
            "riskTier": text(riskTier?.rawValue), "successMeasure": text(successMeasure),
            "userFacing": .bool(isUserFacing),
        ]
        return SHA256Hasher.digest(of: CanonicalJSON.bytes(of: value))
    }
}
