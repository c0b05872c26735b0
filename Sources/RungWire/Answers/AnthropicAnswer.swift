internal import RungText

/// Messages of Anthropic, plain and streamed, over their own API, Bedrock or Vertex AI.
struct AnthropicAnswer: AnswerAssembler {
    var draft = AnswerDraft()
    private var blocks: [Int: Block] = [:]

    /// One block of the content.
    private struct Block {
        var type = ""
        var text = ""
        var id: String?
        var name = ""
        /// What stands in the block itself; counts where no parts came.
        var input: Node?
        /// The parts of the input, joined.
        var json = ""

        init() {}

        init(_ node: Node) {
            type = node["type"]?.string ?? ""
            text = node["text"]?.string ?? node["thinking"]?.string ?? ""
            id = node["id"]?.string
            name = node["name"]?.string ?? ""
            input = node["input"]
        }
    }

    mutating func take(whole: Node) {
        draft.model = whole["model"]?.filledString
        draft.usage = Self.usage(whole["usage"])
        guard whole["content"] != nil || whole["completion"] != nil else { return }
        draft.update(0) { $0.finish = whole["stop_reason"]?.string }
        for (index, block) in (whole["content"]?.array ?? []).enumerated() { blocks[index] = Block(block) }
        if let text = whole["completion"]?.string { draft.update(0) { $0.text = text } }
    }

    mutating func take(event: Node, named name: String?) {
        let index = event["index"]?.int ?? 0
        switch event["type"]?.string ?? name ?? "" {
        case "message_start":
            draft.model = event["message", "model"]?.filledString
            draft.usage = Self.usage(event["message", "usage"])
            draft.update(0) { _ in }
        case "content_block_start": blocks[index] = event["content_block"].map(Block.init)
        case "content_block_delta":
            guard let delta = event["delta"] else { return }
            blocks[index, default: Block()].text += delta["text"]?.string ?? delta["thinking"]?.string ?? ""
            blocks[index, default: Block()].json += delta["partial_json"]?.string ?? ""
        case "message_delta":
            draft.update(0) { $0.finish = event["delta", "stop_reason"]?.string ?? $0.finish }
            draft.usage = draft.usage.updated(by: Self.usage(event["usage"]))
        case "message_stop": draft.isComplete = true
        case "error": draft.error = ModelAnswerError(.reported, codes: ModelAnswerError.codes(in: event["error"]))
        default: break
        }
    }

    mutating func end() {
        guard !blocks.isEmpty else { return }
        let blocks = blocks.sorted { $0.key < $1.key }.map(\.value)
        draft.update(0) { output in
            for block in blocks {
                switch block.type {
                case "text", "": output.text += block.text
                case "thinking": output.reasoning += block.text
                case "tool_use":
                    let arguments = block.json.isEmpty ? block.input?.argumentText ?? "{}" : block.json
                    output.add(ModelAnswer.ToolCall(id: block.id, name: block.name, arguments: arguments))
                default: break
                }
            }
        }
    }

    private static func usage(_ node: Node?) -> ModelUsage {
        ModelUsage(
            input: node?["input_tokens"]?.int, output: node?["output_tokens"]?.int, cacheRead: node?["cache_read_input_tokens"]?.int,
            cacheCreation: node?["cache_creation_input_tokens"]?.int)
    }
}
