public import RungCore
import RungRedaction
import RungText

/// Lets an agent run against the world and keeps what crossed the wire: one cassette for the trial.
public struct RecordingTransport: Sendable {
    private let agent: any AgentTransport
    private let keys: [String: String]

    /// - Parameters:
    ///   - agent: what carries the trials.
    ///   - keys: variables with the keys of providers, for the agent alone.
    public init(_ agent: any AgentTransport, keys: [String: String]) {
        self.agent = agent
        self.keys = keys
    }

    /// What became of a recorded trial.
    public struct Outcome: Sendable {
        /// What the agent said and did, or why there is nothing.
        public var transcript: Result<Transcript, TrialFault>
        public var report: ReplayReport
        public var cassette: Cassette
    }

    /// Performs one trial on `server`, which `recorder` listens at.
    public func perform(_ request: TrialRequest, _ server: ReplayServer, _ recorder: Recorder) async -> Outcome {
        let address = server.open(recorder)
        var recorded = request
        recorded.environment.merge(keys) { _, own in own }
        for (name, value) in ReplayEnvironment.recording(address, upstreams: recorder.settings.upstreams) {
            recorded.environment[name] = value
        }
        let outcome: Result<Transcript, TrialFault>
        do throws(TrialFault) {
            outcome = .success(try await agent.perform(recorded))
        } catch {
            outcome = .failure(error)
        }
        let report = server.close(address)
        await recorder.stop()
        var cassette = recorder.cassette
        if cassette.tools.isEmpty, cassette.toolset.isEmpty, case .success(let transcript) = outcome {
            cassette.tools = tools(of: transcript, recorder.settings.redactor)
        }
        return Outcome(transcript: outcome, report: report, cassette: cassette)
    }

    /// The calls that the agent told of, each with the answer that it told of, without secrets; calls without an answer are left out.
    private func tools(of transcript: Transcript, _ redactor: Redactor) -> [ToolExchange] {
        let rules = MatchRules([], redactor: redactor)
        func redacted(_ value: JSONValue) -> JSONValue {
            // A text alone is no JSON body; in an array it is one.
            guard let bytes = rules.redacted(Array(JSONText.compact(.array([value])).utf8)), let node = try? JSONReader.read(bytes),
                let first = node.array?.first
            else { return value }
            return first.json
        }
        let calls = transcript.toolCalls
        return transcript.events.compactMap { event in
            guard case .toolResult(let result) = event, let index = result.call, calls.indices.contains(index) else { return nil }
            return ToolExchange(
                name: calls[index].name, arguments: redacted(calls[index].arguments), result: redacted(result.content),
                isError: result.isError)
        }
    }

    /// Closes the agent.
    public func close() async { await agent.close() }
}
