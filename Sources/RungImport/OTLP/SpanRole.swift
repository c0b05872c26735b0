/// What a span stands for.
enum SpanRole: String {
    /// A call of an agent.
    case agent
    /// A call of a model.
    case model
    /// A call of a tool.
    case tool
    /// A flow of several agents.
    case workflow
    /// An operation of the conventions that makes no record of its own, such as `embeddings`.
    case other
    /// Nothing of the conventions; kept only because it may lie between spans that matter.
    case plain

    /// - Parameters:
    ///   - operation: `gen_ai.operation.name`.
    ///   - spanKind: what OpenInference and OpenLLMetry call the kind of a span.
    ///   - namesModel: whether the span names a model and a provider, as it did before there were operations.
    init(operation: String?, spanKind: String?, namesModel: Bool) {
        switch operation ?? spanKind?.lowercased() {
        case "invoke_agent", "agent": self = .agent
        case "chat", "text_completion", "generate_content", "completion", "llm": self = .model
        case "execute_tool", "tool": self = .tool
        case "invoke_workflow", "workflow": self = .workflow
        case nil: self = namesModel ? .model : .plain
        default: self = .other
        }
    }
}
