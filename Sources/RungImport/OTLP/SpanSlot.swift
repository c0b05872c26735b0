/// What is taken from the attributes of a span: the allow-list. Everything else, message contents among it, is left behind.
enum SpanSlot: String, CaseIterable {
    case agent, config, contract, context, cost, effect, environment, errorType, evidence, experiment, explanation
    case feedbackOffered, flow, input, instructions, memory, model, operation, principal, promptVersion, provider
    case reached, spanKind, system, tool, toolType

    /// The attributes that fill it, best first: the semantic conventions, older names, other libraries', and our own.
    var names: [String] {
        switch self {
        case .agent: ["gen_ai.agent.id", "gen_ai.agent.name", "agent.name", "agent_name"]
        case .config: ["rung.config.digest"]
        case .contract: ["rung.contract.id"]
        case .context: ["rung.context.version.id"]
        case .cost: ["gen_ai.usage.cost", "operation.cost", "gen_ai.usage.total_cost", "llm.cost.total"]
        case .effect: ["rung.tool.effect"]
        case .environment: ["deployment.environment.name", "deployment.environment"]
        case .errorType: ["error.type"]
        case .evidence: ["rung.step.evidence.ref"]
        case .experiment: ["rung.experiment.id"]
        case .explanation: ["rung.explanation.ref"]
        case .feedbackOffered: ["rung.feedback.offered"]
        case .flow: ["rung.flow.id", "gen_ai.workflow.name"]
        case .input: ["rung.step.input.ref"]
        case .instructions: ["gen_ai.system_instructions"]
        case .memory: ["rung.memory.ref"]
        case .model: ["gen_ai.response.model", "gen_ai.request.model", "llm.model_name", "model_name"]
        case .operation: ["gen_ai.operation.name"]
        case .principal: ["enduser.id", "user.id"]
        case .promptVersion: ["gen_ai.prompt.version", "rung.prompt.version"]
        case .provider: ["gen_ai.provider.name", "gen_ai.system", "llm.system"]
        case .reached: ["rung.step.conclusion.ref"]
        case .spanKind: ["openinference.span.kind", "traceloop.span.kind"]
        case .system: ["rung.system.id", "peer.service"]
        case .tool: ["gen_ai.tool.name", "tool.name"]
        case .toolType: ["gen_ai.tool.type"]
        }
    }

    /// Slot and rank by attribute.
    static let byName: [String: (slot: SpanSlot, rank: Int)] = {
        var table: [String: (slot: SpanSlot, rank: Int)] = [:]
        for slot in allCases {
            for (rank, name) in slot.names.enumerated() { table[name] = (slot, rank) }
        }
        return table
    }()
}
