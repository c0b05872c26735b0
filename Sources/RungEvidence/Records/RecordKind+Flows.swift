import RungText

/// How agents reach other systems and each other. Calls, hand-offs and steps come in large numbers: words that repeat are
/// coded, and each table has the one index that tells its records apart.
extension RecordKind {
    /// A call of an agent to a tool or business system.
    static let toolCall = RecordKind(
        "toolCall", "A call of an agent to a tool or business system.",
        identity: ["id"], computed: ["authenticated", "ledgerIndex"],
        fields: [
            .required("agentId", .coded, .text, "The agent, registered or not."),
            .required("at", .time, .timestamp, "When."),
            .optional("credential", .coded, .text, "Identity under which the call was made, as the gateway saw it."),
            .required("effect", .coded, .oneOf(["read", "write"]), "Whether it changes anything there."),
            .required("id", .text, .text, "Identifies the call."),
            .optional("interactionId", .text, .text, "Interaction that it belongs to."),
            .optional("systemId", .coded, .text, "Business system reached."),
            .optional("tool", .coded, .text, "Name of the tool."),
            .optional("traceId", .text, .text, "Trace that it belongs to."),
        ])

    /// A core business system.
    static let system = RecordKind(
        "system", "A core business system that the organization declares; the first record of a system tells when.",
        identity: ["id"], change: .state, computed: ["declaredAt"],
        fields: [
            .optional("at", .time, .timestamp, claimedTime),
            .required("id", .coded, .text, "What tool calls name as systemId."),
            .required("type", .coded, .oneOf(["erp", "crm", "fpa", "ops"]), "Resources, customers, planning or operations."),
        ])

    /// What messages between agents must hold.
    static let contract = RecordKind(
        "contract", "The registered form of the messages between agents; it holds for hand-offs that come later.",
        identity: ["id"],
        fields: [
            .optional("at", .time, .timestamp, claimedTime),
            .optional("fromAgent", .coded, .text, "Who alone may send such messages; any agent when left out."),
            .required("id", .coded, .text, "What hand-offs name as contractId; a new form is a new contract."),
            .required("members", .json, .map(.oneOf(memberTypes)), memberRule),
            .optional("open", .flag, .bool, "Messages may hold other members too; false when left out."),
            .optional("toAgent", .coded, .text, "Who alone may get such messages; any agent when left out."),
        ],
        problems: { draft in
            guard draft["members"] == .text("{}") else { return [] }
            return [
                Problem(
                    key: "members", message: "a contract without members would hold for every message",
                    suggestion: "name at least one member with its type")
            ]
        })

    /// A message of an agent to another one or to a person.
    static let handoff = RecordKind(
        "handoff", "A message of an agent to another one, or to a person.",
        identity: ["id"], computed: ["authenticated", "contractValid", "fromDepartment", "toDepartment"],
        fields: [
            .required("at", .time, .timestamp, "When."),
            .optional("contractId", .coded, .text, "The contract that it follows."),
            .optional("credential", .coded, .text, "Identity under which it was sent, as the gateway saw it."),
            .required("fromAgent", .coded, .text, "The agent that sent it."),
            .optional("grant", .coded, .text, "What that identity may do; * for everything."),
            .required("id", .text, .text, "Identifies the hand-off."),
            .optional(
                "message", .coded, .map(.oneOf(messageTypes)),
                "Its members by path, such as order.id, with their JSON types; contents are not kept."),
            .optional("toAgent", .coded, .text, "The agent that got it; left out when it went to a person."),
            .optional("traceId", .text, .text, "Trace that it belongs to."),
        ])

    /// A flow of several agents.
    static let flow = RecordKind(
        "flow", "A flow of several agents; it holds for executions that come later.",
        identity: ["id"], change: .state,
        fields: [
            .required("agents", .json, .array(.text, atLeast: 1), "Agents without which an execution is not complete."),
            .optional("at", .time, .timestamp, claimedTime),
            .optional("complex", .flag, .bool, "Each execution is complex, whatever its size; false when left out."),
            .required("id", .coded, .text, "What steps name as flowId."),
        ])

    /// A step of an execution of a flow.
    static let flowStep = RecordKind(
        "flowStep", "A step of an execution of a flow; the steps of one trace are one execution.",
        identity: ["traceId", "spanId"],
        computed: ["agents", "complete", "complex", "reasonedSteps", "steps"],
        fields: [
            .required("agentId", .coded, .text, "The agent that took it."),
            .required("at", .time, .timestamp, "When it began."),
            .optional("conclusion", .text, .text, "What it came to, or where that is kept."),
            .optional("evidenceRef", .text, .text, "What the conclusion rests on."),
            .optional("flowId", .coded, .text, "The flow; that of the first step of the trace counts."),
            .optional("input", .text, .text, "What it began with, or where that is kept."),
            .optional("parentId", .text, .text, "The step that led to it; left out for the first one."),
            .required("spanId", .text, .text, "Identifies the step in its trace."),
            .required("traceId", .text, .text, "Correlation id of the execution."),
        ])

    private static let messageTypes = ["string", "number", "boolean", "array", "object", "null"]
    private static let memberTypes = messageTypes + messageTypes.map { $0 + "?" }
    private static let memberRule = "Members by path, such as order.id, with their JSON types; number? for one that may be missing."
}
