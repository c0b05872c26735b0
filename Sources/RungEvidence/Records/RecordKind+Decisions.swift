import RungText

/// What agents decide, foresee and are worth.
extension RecordKind {
    /// A decision of an agent, or of people with agents.
    static let decision = RecordKind(
        "decision", "A decision made by an agent, or by people with agents.",
        identity: ["id"],
        computed: ["consequential", "department", "ledgerIndex", "outcomeDueAt", "outcomeRef", "proofOk", "releaseId", "ruleCheck"],
        fields: [
            .optional("agentId", .coded, .text, "The agent; left out when none took part."),
            .optional(
                "askedFor", .coded, .oneOf(["decision", "simulation", "recommendation", "data"]), "What the person asked for."),
            .required("at", .time, .timestamp, "When."),
            .optional("confidence", .real, .share, "How sure the agent said it was, 0…1."),
            .optional("configDigest", .coded, .digest, "Digest of model configuration and tools."),
            .optional("evidenceRef", .text, .text, "What it rests on."),
            .required("id", .text, .text, "Identifies the decision."),
            .optional("inputs", .json, .map(inputValue), "Its inputs by name, which the business rule is checked against."),
            .optional("inputsRef", .text, .text, "Where all of its inputs are kept."),
            .optional("principalId", .coded, .text, "Accountable person or service."),
            .optional("promptVersionId", .coded, .digest, "Version of the prompt."),
            .optional("ruleId", .coded, .text, "Business rule applied."),
            .optional("ruleVersion", .coded, .text, "Version of that rule."),
            .required("scope", .coded, .oneOf(["operational", "strategic", "planning"]), "What kind of decision it is."),
            .required("startedBy", .coded, .oneOf(["conversation", "report", "schedule", "event"]), "What started it."),
            .optional("traceId", .text, .text, "Trace that it belongs to."),
            .optional("verb", .coded, .oneOf(verbs), "What the agent did."),
        ],
        problems: { draft in
            guard draft["ruleId"].isNull != draft["ruleVersion"].isNull else { return [] }
            let (given, missing) = draft["ruleId"].isNull ? ("ruleVersion", "ruleId") : ("ruleId", "ruleVersion")
            return [
                Problem(key: given, message: "a rule is named by ruleId and ruleVersion", suggestion: "give \(missing) too")
            ]
        })

    /// What a person said to a decision.
    static let decisionResponse = RecordKind(
        "decisionResponse", "What a person said to a decision; the latest counts.",
        identity: ["decisionId", "principalId", "at"],
        fields: [
            .required("at", .time, .timestamp, "When."),
            .required("decisionId", .text, .text, "The decision."),
            .required("principalId", .text, .text, "Who answered."),
            .required("response", .coded, .oneOf(["accepted", "changed", "rejected"]), "The answer."),
        ])

    /// A business rule that decisions can be checked against.
    static let businessRule = RecordKind(
        "businessRule", "A business rule that the inputs of decisions are checked against; it holds for decisions that come later.",
        identity: ["id", "version"],
        fields: [
            .optional("at", .time, .timestamp, claimedTime),
            .required("conditions", .json, .array(.object(condition), atLeast: 1), "What must hold of the inputs, all of it."),
            .required("id", .coded, .text, "What decisions name as ruleId."),
            .required("version", .coded, .text, "What decisions name as ruleVersion."),
        ],
        problems: { conditionProblems($0["conditions"].text ?? "") })

    /// A statement about the future or about certainty.
    static let prediction = RecordKind(
        "prediction", "A statement about the future or about certainty; it counts from the moment at which it is recorded.",
        identity: ["id"], computed: ["actual", "spanLimit", "statedAt"],
        fields: [
            .optional("agentId", .coded, .text, "The agent that stated it."),
            .promise("dueAt", "When the result should be known."),
            .optional("high", .real, anyNumber, "Upper end of the stated interval, in the unit of the subject."),
            .required("id", .text, .text, "What outcomes name as predictionId."),
            .optional("low", .real, anyNumber, "Lower end of the stated interval."),
            .required("type", .coded, .oneOf(["simulation", "forecast", "confidence"]), "What it is."),
        ],
        problems: { draft in
            guard let low = draft["low"].real, let high = draft["high"].real, low > high else { return [] }
            return [Problem(key: "low", message: "\"low\" is above \"high\"", suggestion: "exchange them")]
        })

    /// An order to score an agent.
    static let score = RecordKind(
        "score", "A score of an agent over a span of time, worked out from the outcomes that are recorded before it.",
        identity: ["id"], computed: ["high", "low", "n"],
        fields: [
            .required("agentId", .coded, .text, "The agent."),
            .required("at", .time, .timestamp, "End of the span, which does not belong to it."),
            .required("basis", .coded, .oneOf(["outcome", "usage", "benefit"]), "On what; usage in place of the others without outcomes."),
            .required("id", .text, .text, "Identifies the score."),
            .required("startedAt", .time, .timestamp, "Beginning of the span."),
        ],
        problems: { draft in
            guard let start = draft["startedAt"].time, let end = draft["at"].time, start >= end else { return [] }
            return [Problem(key: "startedAt", message: "the span ends before it begins", suggestion: "correct the times")]
        })

    /// Output and staff of a department.
    static let capacity = RecordKind(
        "capacity", "Output and staff of a department in a period, attested by finance.",
        identity: ["department", "periodStart"],
        fields: [
            .required("department", .text, .text, "The department."),
            .required("outcomes", .real, .number(0...1e15), "Successful business outcomes."),
            .required("periodStart", .time, .timestamp, "When the period began."),
            .optional("principalId", .text, .text, "Who attests it."),
            .required("staff", .real, .number(0...1e9), "Full-time equivalents."),
        ])

    private static let verbs = ["execute", "escalate", "explain", "simulate", "justify", "learn"]
    private static let inputValue = Shape.either([.string(.any), .number(-1e300...1e300), .bool])

    /// One condition of a business rule.
    private static let condition = ObjectShape(
        "Condition", "What must hold of one input.",
        [
            .required("input", .text, "Name of the input."),
            .required("is", .oneOf(RuleRelation.allCases.map(\.rawValue)), "How it must stand to the value."),
            .optional("value", .either([.string(.any), .number(-1e300...1e300), .bool]), "What it is compared with."),
            .optional("values", .array(.either([.string(.any), .number(-1e300...1e300), .bool]), atLeast: 1), "Any of these, for oneOf."),
        ])

    private static func conditionProblems(_ text: String) -> [Problem] {
        let conditions = (try? JSONReader.read(text))?.array ?? []
        return conditions.enumerated().compactMap { index, condition in
            guard let relation = condition["is"]?.string.flatMap(RuleRelation.init(rawValue:)) else { return nil }
            return relation.problem(value: condition["value"], values: condition["values"]).map {
                Problem(key: "conditions", message: "condition \(index + 1): \($0)", suggestion: nil)
            }
        }
    }
}
