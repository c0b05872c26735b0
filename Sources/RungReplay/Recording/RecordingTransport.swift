public import RungCore
import RungRedaction
import RungText
import Synchronization

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
        let offered = Mutex<[ToolDefinition]>([])
        recorded.noteTools = { tools in offered.withLock { $0 = tools } }
        let outcome: Result<Transcript, TrialFault>
        do throws(TrialFault) {
            outcome = .success(try await agent.perform(recorded))
        } catch {
            outcome = .failure(error)
        }
        // What the agent has asked for last may still be on its way to the recorder.
        await recorder.settle(within: Self.settlingTime)
        var report = server.close(address)
        let open = recorder.underWay
        if open > 0 { report.findings.append(.unrecorded("\(open) requests were under way when the agent had ended")) }
        await recorder.stop()
        var cassette = recorder.cassette
        if cassette.tools.isEmpty, cassette.toolset.isEmpty, case .success(let transcript) = outcome {
            cassette.tools = tools(of: transcript, recorder.settings)
            cassette.toolset = offered.withLock { $0 }
        }
        return Outcome(transcript: outcome, report: report, cassette: cassette)
    }

    private static let settlingTime = Duration.seconds(5)

    /// The calls that the agent told of, each with the answer that it told of, without secrets; calls without an answer are left out.
    private func tools(of transcript: Transcript, _ settings: Recorder.Settings) -> [ToolExchange] {
        let secrets = SecretTexts(settings.redactor, words: settings.keys)
        var counts: [String: Int] = [:]
        func redacted(_ value: JSONValue) -> JSONValue {
            // A text alone is no JSON body; in an array it is one.
            guard let text = secrets.redactedJSON(JSONText.compact(.array([value])), &counts),
                let first = try? JSONReader.read(Array(text.utf8)).array?.first
            else { return value }
            return first.json
        }
        let calls = transcript.toolCalls
        return transcript.events.compactMap { event in
            guard case .toolResult(let result) = event, let index = result.call, calls.indices.contains(index) else { return nil }
            return ToolExchange(
                name: secrets.redacted(calls[index].name, &counts) ?? calls[index].name, arguments: redacted(calls[index].arguments),
                result: redacted(result.content),
                isError: result.isError)
        }
    }

    /// Closes the agent.
    public func close() async { await agent.close() }
}
