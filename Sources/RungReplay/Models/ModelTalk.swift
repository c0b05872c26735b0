import RungCore
import RungText
import RungWire

/// A conversation with a model, as far as it has come: what any dialect needs to ask for the next answer.
struct ModelTalk: Sendable {
    /// What the model is told before anybody speaks: the prompts, then what the scenario gives it to know.
    var instructions: [String]
    var turns: [Turn]
    var tools: [ToolDefinition] = []
    /// Model and parameters, as the agent declares them.
    var parameters: [JSONValue.Member]

    /// One step.
    enum Turn: Sendable {
        case said(Message.Role, String)
        /// The model's answer: what was understood, and the bytes as JSON, because models want parts of it back as they were.
        case answer(ModelAnswer.Output, raw: JSONValue)
        /// What tools answered, in the order of the calls.
        case results([(call: ModelAnswer.ToolCall, answer: ToolAnswer)])
    }

    /// The start: prompts and context as instructions, the messages so far, the input as the user's last word.
    init(_ request: TrialRequest, parameters: JSONValue) throws(TrialFault) {
        var instructions: [String] = []
        for prompt in request.prompts { instructions.append(try request.filled(prompt)) }
        if let context = request.scenario.context, !context.isNull { instructions.append("Context:\n\(context.plainText)") }
        self.instructions = instructions.filter { !$0.isEmpty }
        turns = request.scenario.messages.map { .said($0.role, $0.content) }
        let input = request.scenario.input
        if !input.isNull, input != .string("") { turns.append(.said(.user, input.plainText)) }
        self.parameters = parameters.members ?? []
        guard !turns.isEmpty else {
            throw TrialFault(.refused, "the scenario has neither input nor messages, so there is nothing to ask the model")
        }
    }

    /// The model that is asked.
    var model: String { parameters.first { $0.key == "model" }?.value.stringValue ?? "" }

    /// The body of a request: the parameters, then `members`; what a dialect needs and a parameter says stays as the parameter says.
    func body(_ members: [JSONValue.Member]) -> JSONValue {
        let names = Set(parameters.map(\.key))
        return .object(parameters + members.filter { !names.contains($0.key) })
    }
}

extension ModelAnswer.ToolCall {
    /// The arguments as a value; text that is no JSON stays text.
    var value: JSONValue {
        if arguments.isEmpty { return .object([]) }
        return (try? JSONReader.read(arguments))?.json ?? .string(arguments)
    }
}
