internal import RungText

/// Chat completions, plain and streamed, of OpenAI and of everyone who speaks like it.
///
/// Parts of one call are joined as the official clients join them, ids and names included: where a provider repeats the id in every
/// part, the agent behind such a client saw it repeated. A part with `index: null` belongs to the call with its id, or to the last one.
struct OpenAIChatAnswer: AnswerAssembler {
    var draft = AnswerDraft()
    private var isModelKnown = false

    mutating func take(whole: Node) {
        draft.model = whole["model"]?.filledString
        draft.usage = Self.usage(whole["usage"])
        for (position, choice) in (whole["choices"]?.array ?? []).enumerated() {
            draft.update(choice["index"]?.int ?? position) { output in
                output.finish = choice["finish_reason"]?.string
                guard let message = choice["message"] else { return }
                Self.takeTexts(of: message, into: &output)
                for call in message["tool_calls"]?.array ?? [] {
                    var whole = ModelAnswer.ToolCall(name: "", arguments: "")
                    whole.join(call)
                    output.add(whole)
                }
                Self.takeFunctionCall(of: message, into: &output)
            }
        }
    }

    mutating func take(event: Node, named name: String?) {
        if !isModelKnown, event["choices"] != nil {
            draft.model = event["model"]?.filledString
            isModelKnown = true
        }
        draft.usage = draft.usage.updated(by: Self.usage(event["usage"] ?? event["x_groq", "usage"]))
        for choice in event["choices"]?.array ?? [] {
            draft.update(choice["index"]?.int ?? 0) { output in
                if let finish = choice["finish_reason"]?.filledString { output.finish = finish }
                guard let delta = choice["delta"] else { return }
                Self.takeTexts(of: delta, into: &output)
                for part in delta["tool_calls"]?.array ?? [] {
                    if let index = part["index"]?.int {
                        output.call(index) { $0.join(part) }
                    } else {
                        output.call(withoutIndex: part["id"]?.string) { call in
                            let isContinued = call.id != nil && call.id == part["id"]?.string
                            call.join(part, withID: !isContinued)
                        }
                    }
                }
                Self.takeFunctionCall(of: delta, into: &output)
            }
        }
        // Some stop here and never send the word that ends a stream.
        draft.isComplete = draft.isComplete || event["choices"]?.array?.contains { $0["finish_reason"]?.filledString != nil } ?? false
    }

    private static func takeTexts(of message: Node, into output: inout OutputDraft) {
        if let text = message["content"]?.string { output.text += text }
        for part in message["content"]?.array ?? [] {
            if let text = part["text"]?.string { output.text += text }
            if let thoughts = part["thinking"] { output.reasoning += thoughts.array?.compactMap { $0["text"]?.string }.joined() ?? "" }
        }
        output.refusal += message["refusal"]?.string ?? ""
        if let reasoning = message["reasoning_content"]?.filledString ?? message["reasoning"]?.filledString {
            output.reasoning += reasoning
        } else {
            output.reasoning +=
                message["reasoning_details"]?.array?.compactMap { $0["text"]?.string ?? $0["summary"]?.string }.joined() ?? ""
        }
    }

    /// The older form: one call, without an id. Its place among the calls is before any index of theirs.
    private static func takeFunctionCall(of message: Node, into output: inout OutputDraft) {
        guard let function = message["function_call"] else { return }
        let (name, arguments) = (function["name"]?.string ?? "", function["arguments"]?.argumentText ?? "")
        guard !name.isEmpty || !arguments.isEmpty else { return }
        output.call(-1) { call in
            call.name += name
            call.arguments += arguments
        }
    }

    static func usage(_ node: Node?) -> ModelUsage {
        ModelUsage(
            input: node?["prompt_tokens"]?.int, output: node?["completion_tokens"]?.int,
            cacheRead: node?["prompt_tokens_details", "cached_tokens"]?.int,
            reasoning: node?["completion_tokens_details", "reasoning_tokens"]?.int)
    }
}

extension ModelAnswer.ToolCall {
    /// Takes a further part of a chat completion.
    fileprivate mutating func join(_ part: Node, withID: Bool = true) {
        if withID, let more = part["id"]?.filledString { id = (id ?? "") + more }
        let function = part["function"]
        let custom = part["custom"]
        name += function?["name"]?.filledString ?? custom?["name"]?.string ?? ""
        arguments += function?["arguments"].flatMap { $0.isNull ? nil : $0.argumentText } ?? custom?["input"]?.string ?? ""
    }
}
