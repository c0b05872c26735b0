public import RungCore
import RungHTTP
import RungText
import RungWire

/// A prompt and a model without a program around them: renders the prompt, calls the model, answers its calls of tools until it
/// has nothing more to ask.
public struct ModelTransport: AgentTransport {
    private let agent: Agent
    private let settings: ModelTransportSettings
    private let dialect: any ModelDialect
    private let surroundings: TransportSurroundings
    private let client: ServiceClient

    public init(agent: Agent, settings: ModelTransportSettings, surroundings: TransportSurroundings) {
        self.agent = agent
        self.settings = settings
        self.surroundings = surroundings
        dialect = settings.dialect.dialect
        client = surroundings.client()
    }

    /// Talks to the model. Latency is the time of models and tools; what was waited for a busy provider is left out.
    public func perform(_ request: TrialRequest) async throws(TrialFault) -> Transcript {
        guard !Task.isCancelled else { throw .cancelled }
        var time = TrialTime(timeoutMs: request.timeoutMs)
        let talk = try ModelTalk(request, parameters: agent.configuration)
        let headers = try headers(request)
        var tools = try await ToolBox.open(settings, allowed: agent.tools, request, surroundings.tools(client), &time)
        let outcome: Result<Transcript, TrialFault>
        do throws(TrialFault) {
            outcome = .success(try await converse(talk, headers, &tools, request, &time))
        } catch {
            outcome = .failure(error)
        }
        await tools.close()
        return try outcome.get()
    }

    /// Closes the connections.
    public func close() async { await client.stop() }

    // MARK: - The conversation

    private func converse(
        _ start: ModelTalk, _ headers: [HTTPHeader], _ tools: inout ToolBox, _ request: TrialRequest, _ time: inout TrialTime
    ) async throws(TrialFault) -> Transcript {
        var talk = start
        talk.tools = tools.definitions
        var transcript = Transcript(usage: Usage(inputTokens: 0, outputTokens: 0, cost: 0))
        for _ in 0..<settings.rounds {
            let (output, raw) = try await answer(talk, headers, request, &transcript.usage, &time)
            talk.turns.append(.answer(output, raw: raw))
            let said = output.refusal ?? output.text
            if !said.isEmpty { transcript.events.append(.message(Message(role: .assistant, content: said))) }
            if let finish = output.finish, Self.isUnfinished(finish) || Self.isCut(finish) && !output.toolCalls.isEmpty {
                throw TrialFault(.reported, "the model stopped before it had said all: \(finish)")
            }
            // It will go on when it is asked again.
            if output.finish == "pause_turn" { continue }
            guard !output.toolCalls.isEmpty else {
                transcript.output = .string(said)
                let cut = output.finish.flatMap { Self.isCut($0) ? "the model stopped at its limit: \($0)" : nil }
                transcript.explanation = [output.reasoning, cut].compactMap { $0 }.joined(separator: "\n")
                if transcript.explanation?.isEmpty == true { transcript.explanation = nil }
                transcript.latencyMs = time.takenMs
                return transcript
            }
            var results: [(call: ModelAnswer.ToolCall, answer: ToolAnswer)] = []
            for call in output.toolCalls {
                let index = transcript.toolCalls.count
                let told = ToolCall(id: call.id, name: call.name, arguments: call.value)
                transcript.events.append(.toolCall(told))
                let answer = try await tools.answer(told, request, &time)
                transcript.events.append(
                    .toolResult(ToolResult(id: call.id, call: index, content: answer.content, isError: answer.isError)))
                results.append((call, answer))
            }
            talk.turns.append(.results(results))
        }
        throw TrialFault(.reported, "the model still called tools after \(settings.rounds) answers; rounds allows no more")
    }

    /// Whether the model was stopped by a limit: what it said is whole as text, and a call may lack its end.
    private static func isCut(_ finish: String) -> Bool { ["incomplete", "length", "max_tokens"].contains(finish) }

    /// Whether the answer is still being made.
    private static func isUnfinished(_ finish: String) -> Bool { ["in_progress", "queued"].contains(finish) }

    /// The next answer, and its bytes as JSON.
    private func answer(
        _ talk: ModelTalk, _ headers: [HTTPHeader], _ request: TrialRequest, _ usage: inout Usage, _ time: inout TrialTime
    ) async throws(TrialFault) -> (ModelAnswer.Output, JSONValue) {
        let url = address(request) + dialect.path
        let body = Array(JSONText.compact(dialect.body(talk)).utf8)
        let answered = try await client.ask(
            StreamClient.Request(method: "POST", url: url, headers: headers, body: body),
            concurrency: request.modelIsReplayed ? nil : settings.concurrency, jitter: request.jitter, &time)
        let asked = WireRequest(method: "POST", url: url, headers: WireHeaders(headers.map { ($0.name, $0.value) }), body: body)
        let (kind, _, answer) = AnswerReader.read(
            asked, status: answered.status, headers: WireHeaders(answered.headers.map { ($0.name, $0.value) }), body: answered.body)
        usage = usage.with(Usage(answer.usage, kind, models: [talk.model] + (answer.model.map { [$0] } ?? []), surroundings.prices))
        if let fault = TrialFault.status(answered, of: url, codes: answer.error?.codes ?? []) { throw fault }
        if let error = answer.error { throw TrialFault(.unavailable, "the model gave no answer: \(error.description)") }
        guard let output = answer.outputs.first else { throw TrialFault(.protocolViolation, "the model's answer has no choice in it") }
        return (output, (try? JSONReader.read(answered.body))?.json ?? .null)
    }

    // MARK: - Where and with what

    /// The address of the trial's own world, else of the agent, else of the machine, else the provider's.
    private func address(_ request: TrialRequest) -> String {
        let own = surroundings.variable(dialect.addressVariable).flatMap { $0.isEmpty ? nil : $0 }
        var url = request.environment[dialect.addressVariable] ?? settings.url ?? own ?? dialect.address
        while url.hasSuffix("/") { url.removeLast() }
        return url
    }

    private func headers(_ request: TrialRequest) throws(TrialFault) -> [HTTPHeader] {
        // A recording wants no secrets; where tools are live, they get theirs elsewhere.
        let isReplayed = request.modelIsReplayed
        let secret: @Sendable (String) -> String? = { [surroundings] name in
            isReplayed ? ReplayEnvironment.dummyKey : surroundings.variable(name)
        }
        let name = settings.key ?? dialect.keyVariable
        let key = (request.modelIsReplayed ? ReplayEnvironment.dummyKey : nil) ?? request.environment[name] ?? surroundings.variable(name)
        // A server of one's own may want no key; a provider says so itself.
        var headers = [HTTPHeader("content-type", "application/json")] + dialect.headers(key: key.flatMap { $0.isEmpty ? nil : $0 })
        for (name, value) in try ServiceSettings.headers(settings.headers, request, secret) {
            headers.removeAll { $0.isNamed(name) }
            headers.append(HTTPHeader(name, value))
        }
        return headers
    }
}

extension Usage {
    /// The sum with the next answer; what one answer does not tell is unknown of all: half a sum would keep limits that the whole breaks.
    fileprivate func with(_ next: Usage) -> Usage {
        var sum = self
        sum.add(next)
        if inputTokens == nil || next.inputTokens == nil { sum.inputTokens = nil }
        if outputTokens == nil || next.outputTokens == nil { sum.outputTokens = nil }
        if cost == nil || next.cost == nil { sum.cost = nil }
        return sum
    }
}
