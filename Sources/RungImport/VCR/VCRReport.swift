internal import RungCore
public import RungText
public import RungWire

/// What a recording holds, exchange by exchange.
public struct VCRReport: Sendable {
    /// The path as the user typed it.
    public var file: String
    /// In the order of the file.
    public var exchanges: [Entry]

    /// One exchange and what the model said in it.
    public struct Entry: Sendable {
        /// Where it begins in the file.
        public var position: SourcePosition
        /// Who answered, see `WireProvider`.
        public var provider: String
        public var kind: WireKind
        public var method: String
        public var url: String
        /// The status of HTTP.
        public var status: Int
        public var isStreamed: Bool
        public var answer: ModelAnswer
    }

    /// - Parameter shownURL: takes out of a URL what must not be shown.
    public init(_ file: VCRFile, shownURL: (String) -> String = { $0 }) {
        self.file = file.path
        exchanges = file.exchanges.map { recorded in
            let exchange = recorded.exchange
            var reader = AnswerReader(exchange)
            for piece in exchange.response.body { reader.push(piece.bytes) }
            let answer = reader.finish()
            return Entry(
                position: recorded.position, provider: WireProvider.name(of: WireRequest(exchange.request), kind: reader.kind),
                kind: reader.kind, method: exchange.request.method, url: shownURL(exchange.request.url),
                status: exchange.response.status, isStreamed: reader.isStreamed, answer: answer)
        }
    }

    /// One line for the file, then one for each exchange without a whole answer. Shows nothing that was asked or answered.
    public var text: String {
        var kinds: [String: Int] = [:]
        for entry in exchanges { kinds[entry.kind.rawValue, default: 0] += 1 }
        let parts = kinds.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        let streamed = exchanges.count(where: \.isStreamed)
        var line = "\(file): \(exchanges.count) exchange\(exchanges.count == 1 ? "" : "s")"
        if !parts.isEmpty { line += ": \(parts.joined(separator: ", "))" }
        if streamed > 0 { line += "; \(streamed) streamed" }
        let notes = exchanges.compactMap { entry in entry.answer.error.map { "\(file):\(entry.position): note: \($0.description)" } }
        return ([line] + notes).joined(separator: "\n")
    }
}

// MARK: - JSON

extension VCRReport {
    /// The report for tools.
    ///
    /// - Parameter isNamed: whether the file is told, for reports on several files.
    public func json(isNamed: Bool) -> JSONValue {
        let list = JSONValue.array(exchanges.enumerated().map { index, entry in Self.json(entry, index) })
        return .object((isNamed ? [.init("file", .string(file))] : []) + [.init("exchanges", list)])
    }

    private static func json(_ entry: Entry, _ index: Int) -> JSONValue {
        [
            "index": .int(index), "provider": .string(entry.provider), "kind": .string(entry.kind.rawValue),
            "method": .string(entry.method), "url": .string(entry.url), "status": .int(entry.status),
            "streamed": .bool(entry.isStreamed), "model": optional(entry.answer.model),
            "outputs": .array(entry.answer.outputs.map(json)), "usage": entry.answer.usage.map(json) ?? .null,
            "error": optional(entry.answer.error?.description),
        ]
    }

    private static func json(_ output: ModelAnswer.Output) -> JSONValue {
        let calls = output.toolCalls.map { call -> JSONValue in
            ["id": optional(call.id), "name": .string(call.name), "arguments": .string(call.arguments)]
        }
        return ["text": .string(output.text), "finish": optional(output.finish), "toolCalls": .array(calls)]
    }

    private static func json(_ usage: ModelUsage) -> JSONValue {
        [
            "input": optional(usage.input), "output": optional(usage.output), "cacheRead": optional(usage.cacheRead),
            "cacheCreation": optional(usage.cacheCreation), "reasoning": optional(usage.reasoning),
        ]
    }

    private static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    private static func optional(_ number: Int?) -> JSONValue { number.map { .int($0) } ?? .null }
}

// MARK: - Schema

extension VCRReport {
    /// The whole report, for the schema.
    public static let shape = ObjectShape(
        "VCRReport", "What recordings of HTTP hold, as `rung import vcr --format json` prints it: one object for each file.",
        [
            .optional("file", .text, "The file, where several are reported on."),
            .required("exchanges", .array(.object(exchange), atLeast: 0), "In the order of the file."),
        ])

    private static let exchange = ObjectShape(
        "Exchange", "One request and what was answered.",
        [
            .required("index", .count, "Its place in the file, from 0."),
            .required("provider", .text, "Who answered, such as openai; other for an unknown one."),
            .required("kind", .oneOf(WireKind.allCases.map(\.rawValue)), "The protocol; other for HTTP that asks no model."),
            .required("method", .text, "Upper case."),
            .required("url", .text, "Without secrets."),
            .required("status", .integer(100...599), "The status of HTTP."),
            .required("streamed", .bool, "Whether the answer came in parts."),
            .optional("model", .text, "The model as the answer names it, of a stream its first chunk; null where it names none."),
            .required("outputs", .array(.object(output), atLeast: 0), "One for each choice."),
            .optional("usage", .object(usage), "Tokens; null where the answer tells none."),
            .optional("error", .text, "Why this is not a whole answer, without anything of the prompt; null for one that is."),
        ])

    private static let output = ObjectShape(
        "Output", "One choice.",
        [
            .required("text", .freeText, "What was said."),
            .optional("finish", .freeText, "Why the model stopped, in the provider's word; the status of a response of OpenAI's."),
            .required("toolCalls", .array(.object(call), atLeast: 0), "In their order."),
        ])

    private static let call = ObjectShape(
        "ToolCall", "What the model wanted of a tool.",
        [
            .optional("id", .freeText, "Null where the protocol has none."),
            .required("name", .freeText, "The tool."),
            .required("arguments", .freeText, "The text as the model wrote it, mostly JSON."),
        ])

    private static let usage = ObjectShape(
        "Usage", "Tokens, each number as the provider reports it; null where it does not.",
        [
            .optional("input", .count, "Of Anthropic and Bedrock without the cached ones."),
            .optional("output", .count, "Of Google without those of reasoning."),
            .optional("cacheRead", .count, "Read from a cache."),
            .optional("cacheCreation", .count, "Written to a cache."),
            .optional("reasoning", .count, "Spent on thinking."),
        ])
}
