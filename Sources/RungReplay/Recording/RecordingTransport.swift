public import RungCore
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
            let settings = recorder.settings
            cassette.tools = RecordedCalls(secrets: SecretTexts(settings.redactor, words: settings.keys)).calls(of: transcript)
            cassette.toolset = offered.withLock { $0 }
        }
        return Outcome(transcript: outcome, report: report, cassette: cassette)
    }

    private static let settlingTime = Duration.seconds(5)

    /// Closes the agent.
    public func close() async { await agent.close() }
}
