public import RungCore
public import RungText

/// A scenario that an importer has made, on its way into a scenarios file.
public struct ScenarioDraft: Sendable {
    public var id: String
    public var title: String?
    public var input: JSONValue
    /// Graders as they stand in the file, `kind` first.
    public var graders: [JSONValue]
    /// Trials in order of their index.
    public var recorded: [Transcript]
    public var provenance: Scenario.Provenance

    public init(
        id: String, title: String? = nil, input: JSONValue, graders: [JSONValue] = [], recorded: [Transcript] = [],
        provenance: Scenario.Provenance
    ) {
        self.id = id
        self.title = title
        self.input = input
        self.graders = graders
        self.recorded = recorded
        self.provenance = provenance
    }

    /// Writes the scenario as one line of a scenarios file, without the line break; what is empty is left out.
    public func write(into text: inout JSONText) {
        text.beginObject()
        text.member("id", id)
        if let title { text.member("title", title) }
        text.key("input")
        text.value(input)
        if !graders.isEmpty {
            text.key("graders")
            text.value(.array(graders))
        }
        if !recorded.isEmpty {
            text.key("recorded")
            text.beginArray()
            for transcript in recorded { write(transcript, into: &text) }
            text.endArray()
        }
        text.key("provenance")
        text.beginObject()
        text.member("origin", provenance.origin.rawValue)
        if let time = provenance.recordedAt { text.member("recorded-at", time.description) }
        if let source = provenance.source { text.member("source", source) }
        text.endObject()
        text.endObject()
    }

    private func write(_ transcript: Transcript, into text: inout JSONText) {
        text.beginObject()
        text.key("events")
        text.beginArray()
        for event in transcript.events { write(event, into: &text) }
        text.endArray()
        if let output = transcript.output {
            text.key("output")
            text.value(output)
        }
        if let explanation = transcript.explanation { text.member("explanation", explanation) }
        if transcript.usage != Usage() { write(transcript.usage, into: &text) }
        if let latency = transcript.latencyMs { text.member("latency-ms", latency) }
        if let outcome = transcript.outcome {
            text.key("outcome")
            text.beginObject()
            if let reward = outcome.reward { text.member("reward", reward) }
            if let label = outcome.label { text.member("label", label) }
            text.endObject()
        }
        text.endObject()
    }

    private func write(_ usage: Usage, into text: inout JSONText) {
        text.key("usage")
        text.beginObject()
        if let tokens = usage.inputTokens { text.member("input-tokens", tokens) }
        if let tokens = usage.outputTokens { text.member("output-tokens", tokens) }
        if let cost = usage.cost { text.member("cost", cost) }
        text.endObject()
    }

    private func write(_ event: TranscriptEvent, into text: inout JSONText) {
        text.beginObject()
        switch event {
        case .message(let message):
            text.member("type", "message")
            text.member("role", message.role.rawValue)
            text.member("content", message.content)
        case .toolCall(let call):
            text.member("type", "tool-call")
            if let id = call.id { text.member("id", id) }
            text.member("name", call.name)
            text.key("arguments")
            text.value(call.arguments)
        case .toolResult(let result):
            text.member("type", "tool-result")
            if let id = result.id { text.member("id", id) }
            text.key("content")
            text.value(result.content)
            if result.isError {
                text.key("error")
                text.bool(true)
            }
        }
        text.endObject()
    }
}

extension JSONText {
    fileprivate mutating func member(_ key: StaticString, _ value: String) {
        self.key(key)
        string(value)
    }

    fileprivate mutating func member(_ key: StaticString, _ value: Int) {
        self.key(key)
        int(value)
    }

    fileprivate mutating func member(_ key: StaticString, _ value: Double) {
        self.key(key)
        double(value)
    }
}
