/// Which attributes of telemetry may be stored; everything else is left out, because it may hold prompts and answers.
public struct AttributeAllowList: Sendable, Equatable {
    /// The organization's own entries; a `*` at the end stands for any rest.
    public let added: [String]
    private let exact: Set<String>
    private let prefixes: [String]

    /// The built-in attributes: names, versions, counts, times and outcomes, and no message contents.
    public static let builtIn: [String] = [
        "deployment.environment", "deployment.environment.name", "enduser.id", "error.type", "gen_ai.agent.id", "gen_ai.agent.name",
        "gen_ai.agent.version", "gen_ai.conversation.id", "gen_ai.operation.name", "gen_ai.prompt.name", "gen_ai.prompt.version",
        "gen_ai.provider.name", "gen_ai.request.max_tokens", "gen_ai.request.model", "gen_ai.request.temperature", "gen_ai.request.top_p",
        "gen_ai.response.finish_reasons", "gen_ai.response.id", "gen_ai.response.model", "gen_ai.system", "gen_ai.tool.call.id",
        "gen_ai.tool.name", "gen_ai.tool.type", "gen_ai.usage.*", "gen_ai.evaluation.name", "gen_ai.evaluation.score.label",
        "gen_ai.evaluation.score.value", "gen_ai.workflow.name", "service.name", "service.version", "session.id", "user.id",
    ]

    /// The built-in attributes and these.
    public init(adding added: [String] = []) {
        self.added = added
        let all = Self.builtIn + added
        exact = Set(all.filter { !$0.hasSuffix("*") })
        prefixes = all.filter { $0.hasSuffix("*") }.map { String($0.dropLast()) }
    }

    /// Whether an attribute of this name may be stored.
    public func allows(_ name: String) -> Bool {
        exact.contains(name) || prefixes.contains { name.hasPrefix($0) }
    }
}
